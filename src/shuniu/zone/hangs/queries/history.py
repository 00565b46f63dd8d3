"""The history of one hang as a person reads it, and who has the ball."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuniu.zone.hangs import facts
from shuniu.zone.hangs.choices import HangState, Solved
from shuniu.zone.hangs.models import Evidence, EvidenceFile, Hang
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry.models import Office

TITLES: dict[str, Promise] = {
    facts.HangOpened.kind: _("Hung up; promised by %(promised_on)s"),
    facts.PromiseMoved.kind: _("Promised day moved from %(promised_from)s to %(promised_on)s"),
    facts.ReviewSet.kind: _("Next review on %(review_on)s"),
    facts.EvidenceAdded.kind: pgettext_lazy("hang", "Progress"),
    facts.StrikeAsked.kind: _("The unit asked to strike it off"),
    facts.CalledBack.kind: _("Called back: %(solved)s"),
    facts.HangStruck.kind: pgettext_lazy("hang", "Struck off"),
    facts.StrikeRefused.kind: _("Not struck off, open again"),
    facts.HangReminded.kind: _("Reminded by the system"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a hang's history. ``who`` is empty when the system did it."""

    at: datetime
    kind: str
    title: str
    who: str
    text: str
    files: tuple[EvidenceFile, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the ball, since when, and what is due next by which day."""

    unit: str
    person: str
    since: datetime
    next_on: date
    next_step: str


def facts_of(hang: Hang) -> list[Fact]:
    """Return what happened to a hang, the oldest first."""
    told = Fact.objects.filter(subject=f"hangs.hang:{hang.pk}")
    return list(told.select_related("actor").order_by("pk"))


def history_of(hang: Hang) -> list[Entry]:
    """Return the history of a hang, the oldest first."""
    words = dict(Evidence.objects.filter(hang=hang).values_list("pk", "text"))
    files: dict[int, list[EvidenceFile]] = defaultdict(list)
    kept = EvidenceFile.objects.filter(evidence__hang=hang).exclude(path="")
    for file in kept.order_by("pk"):
        files[file.evidence_id].append(file)
    return [_entry(fact, words, files) for fact in facts_of(hang)]


def _entry(fact: Fact, words: dict[int, str], files: dict[int, list[EvidenceFile]]) -> Entry:
    places = dict(fact.data)
    if "solved" in places:
        places["solved"] = Solved(places["solved"]).label
    evidence_id = places.get("evidence_id") or 0
    return Entry(
        at=fact.happened_at,
        kind=fact.kind.rsplit(".", 1)[-1],
        title=str(TITLES.get(fact.kind, fact.kind)) % places,
        who=str(fact.actor) if fact.actor else "",
        text=words.get(evidence_id, ""),
        files=tuple(files.get(evidence_id, ())),
    )


def holder_of(hang: Hang, *, center: str, language: str) -> Holder | None:
    """Return who has the ball; nobody when it is struck off."""
    if hang.is_over:
        return None
    unit, person, step = (
        _name(hang.unit, language),
        hang.responsible.name,
        _("do what was promised"),
    )
    if hang.state == HangState.STRIKE_ASKED:
        unit, person, step = center, "", _("call back whether it is solved")
    elif hang.state == HangState.CALLED_BACK:
        unit, person, step = center, hang.supervisor.name, _("strike off or refuse")
    return Holder(unit, person, hang.state_since, hang.promised_on, str(step))


def _name(office: Office, language: str) -> str:
    return office.zh if language.startswith("zh") else office.en
