"""What the pages of the hangs show, in the words of the person who looks at them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuniu.zone.hangs import problems
from shuniu.zone.hangs.choices import AgeClass, HangState, SourceKind, Step
from shuniu.zone.hangs.models import EvidenceFile, Hang
from shuniu.zone.hangs.queries import Entry, HangFilter, Holder
from shuniu.zone.kernel.clock import ZONE
from shuniu.zone.kernel.templatetags import part_data
from shuniu.zone.kernel.templatetags.part_data import Tone

ICONS: dict[str, tuple[str, Tone]] = {
    "opened": ("checklist", "active"),
    "promise_moved": ("calendar-event", "refused"),
    "review_set": ("calendar-event", "neutral"),
    "evidence_added": ("edit", "active"),
    "strike_asked": ("send", "waiting"),
    "called_back": ("phone", "active"),
    "struck": ("circle-check", "done"),
    "strike_refused": ("rotate-clockwise", "refused"),
    "reminded": ("clock", "neutral"),
}
HINTS: dict[Step, Promise] = {
    Step.ADD: _("Everybody who sees this item reads it. The promised day stays."),
    Step.ASK: _("Somebody outside your unit then calls back; a supervisor strikes it off."),
    Step.CALL_BACK: _("Ask those it was promised to. Only “solved” leads on to striking off."),
    Step.STRIKE: _("The unit asked, and the call-back says solved. This ends the item."),
    Step.REFUSE: _("The unit reads the reason, and the item is open again."),
    Step.MOVE: _("The first promise and the number of moves stay on the page."),
    Step.REVIEW: _("You are reminded on that day."),
}
CHIP_LABELS: dict[str, Promise] = {
    "state": pgettext_lazy("hang", "State"),
    "unit": pgettext_lazy("hang", "Owner unit"),
    "source": pgettext_lazy("hang", "Source"),
    "age": _("Age in working days"),
}
FLAG_CHIPS: dict[str, Promise] = {
    "review": _("due for review"),
    "moved": _("promised day moved"),
    "in_time": _("struck off in time"),
}
DAY_CHIPS: dict[str, Promise] = {
    "opened_on": _("opened on %(day)s"),
    "struck_on": _("struck off on %(day)s"),
    "open_on": _("hanging at the end of %(day)s"),
    "since_on": _("counted from %(day)s"),
}
NOON = time(12)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    hang: Hang
    standing: problems.Standing
    unit: str
    tone: Tone
    state: str
    source: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the address of the list without it."""

    label: str
    url: str


def rows_of(hangs: Sequence[Hang], today: date, language: str) -> list[Row]:
    """Return the lines of a list."""
    standings = problems.standings_of(hangs, today)
    return [
        Row(
            hang=hang,
            standing=standings[hang.pk],
            unit=unit_name(hang, language),
            tone=tone_of(hang),
            state=str(HangState(hang.state).label),
            source=str(SourceKind(hang.source_kind).label),
        )
        for hang in hangs
    ]


def tone_of(hang: Hang) -> Tone:
    """Return how a state is drawn."""
    if hang.is_over:
        return "done"
    return "active" if hang.state == HangState.OPEN else "waiting"


def unit_name(hang: Hang, language: str) -> str:
    """Return the unit that owes what was promised."""
    return hang.unit.zh if language.startswith("zh") else hang.unit.en


def list_url(wanted: HangFilter) -> str:
    """Return the address of the list of a filter."""
    return f"{reverse('hangs:list')}?{wanted.query}"


def chips_of(wanted: HangFilter, units: Iterable[tuple[str, str]]) -> list[Chip]:
    """Return the filters that are on, beside the tab: each can be taken off alone."""
    labels: dict[str, dict[str, Any]] = {
        "state": dict(HangState.choices),
        "unit": dict(units),
        "source": dict(SourceKind.choices),
        "age": dict(AgeClass.choices),
    }
    chips = []
    for name, label in CHIP_LABELS.items():
        value = getattr(wanted, name)
        if value:
            words = _("%(label)s: %(value)s") % {
                "label": label,
                "value": labels[name].get(value, value),
            }
            chips.append(_chip(wanted, name, words, ""))
    chips += [
        _chip(wanted, name, label, "")
        for name, label in FLAG_CHIPS.items()
        if getattr(wanted, name)
    ]
    for name, label in DAY_CHIPS.items():
        day: date | None = getattr(wanted, name)
        if day is not None:
            chips.append(_chip(wanted, name, label % {"day": day.isoformat()}, None))
    return chips


def _chip(wanted: HangFilter, name: str, label: object, nothing: str | None) -> Chip:
    without: dict[str, Any] = {name: nothing}
    return Chip(str(label), list_url(replace(wanted, **without)))


def ball_of(holder: Holder | None) -> part_data.Ball | None:
    """Return who has the ball as the ribbon shows it; a day is due at its noon."""
    if holder is None:
        return None
    return part_data.Ball(
        unit=holder.unit,
        person=holder.person,
        since_at=holder.since,
        next_at=datetime.combine(holder.next_on, NOON, ZONE),
        next_step=holder.next_step,
    )


def timeline_of(entries: Sequence[Entry]) -> list[part_data.Entry]:
    """Return a history as the page draws it, the newest first."""
    return [
        part_data.Entry(entry.at, entry.title, entry.who, entry.text, *_look(entry.kind))
        for entry in reversed(entries)
    ]


def _look(kind: str) -> tuple[str, Tone]:
    return ICONS.get(kind, ("", "neutral"))


def files_of(entries: Iterable[Entry]) -> list[part_data.Attachment]:
    """Return every file of a history; pictures with themselves as a preview."""
    return [_file(file) for entry in entries for file in entry.files]


def _file(file: EvidenceFile) -> part_data.Attachment:
    url = reverse("hangs:file", args=[file.pk])
    return part_data.Attachment(file.name, url, file.size_bytes, url if file.is_picture else "")
