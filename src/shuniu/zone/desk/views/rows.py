"""The lines of the list of cases, ready to be drawn: little is left to the template."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from shuniu.profiles.schema import Profile
from shuniu.zone.desk.choices import OVER, PAUSED, WITH_ENTERPRISE, CaseState
from shuniu.zone.kernel.templatetags import parts, wording
from shuniu.zone.kernel.templatetags.markup import filled
from shuniu.zone.kernel.templatetags.part_data import Tone

LONGEST_TEXT = 64
# What a line of the list shows: a case with all that belongs to it has eighty columns, and four
# objects for each line cost as much again as reading it.
COLUMNS = (
    "pk", "number", "text", "category", "state", "light", "is_due_assumed", "done_due_at",
    "replied_at", "closed_at", "withdrawn_at", "rejected_at", "split_at", "updated_at",
    "enterprise__name",
    "lead_unit__zh", "lead_unit__en", "handler_id", "handler__name", "urged_until",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list; ``mark`` changes when what a person must know of it does."""

    pk: str
    url: str
    number: str
    text: str
    enterprise: str
    category: str
    unit: SafeString
    light: SafeString | str
    state: SafeString
    due: SafeString
    mark: str


def rows_of(
    cases: Iterable[Any], profile: Profile, language: str, now: datetime, *, for_staff: bool
) -> list[Row]:
    """Return the lines of a list; ``cases`` are named tuples of ``COLUMNS``.

    Lights and states are drawn once for all lines.
    """
    names: dict[str, str] = {c.code: c.label(language) for c in profile.categories}
    lights = {name: parts.light(name) for name in wording.every_light()}
    urged = filled(' <span class="urged">{}</span>', _("urged"))
    states = {
        state.value: parts.state(state, str(state.label), tone_of(state)) for state in CaseState
    }
    home = reverse("desk:case-list")
    answered, unsorted = _("answered"), _("not sorted yet")
    nobody = filled('<span class="muted">{}</span>', _("not given out"))
    is_zh = language.startswith("zh")
    return [
        Row(
            pk=str(case.pk),
            url=f"{home}{case.pk}/",
            number=case.number,
            text=_short(case.text),
            enterprise=case.enterprise__name,
            category=names.get(case.category, "") or unsorted,
            unit=_unit(case.lead_unit__zh if is_zh else case.lead_unit__en, case) or nobody,
            light="" if case.state in OVER else lights[case.light],
            state=states[case.state] + urged
            if for_staff and case.urged_until
            else states[case.state],
            due=_due(case, now, answered),
            mark=" ".join(map(str, _mark(case, for_staff=for_staff))),
        )
        for case in cases
    ]


def _mark(case: Any, *, for_staff: bool) -> tuple[object, ...]:
    is_urged = for_staff and case.urged_until is not None
    return case.light, case.state, case.handler_id or 0, is_urged


def tone_of(state: CaseState) -> Tone:
    """Return how a state is drawn for those who work on it."""
    if state in OVER:
        return "done"
    return "waiting" if state in WITH_ENTERPRISE else "active"


def _short(text: str) -> str:
    """Return the beginning of a text; marks above letters do not count as characters."""
    head = text[: LONGEST_TEXT + 1]
    if any(map(unicodedata.combining, head)):
        return Truncator(text).chars(LONGEST_TEXT)
    return text if len(head) <= LONGEST_TEXT else f"{head[: LONGEST_TEXT - 1]}…"


def _unit(unit: str | None, case: Any) -> SafeString | None:
    """Draw the unit that leads a case above who handles it; nothing before it is given out."""
    if not unit:
        return None
    return filled(
        '<span>{}<span class="rows__note">{}</span></span>', unit, case.handler__name or ""
    )


def _due(case: Any, now: datetime, answered: str) -> SafeString:
    """Draw until when an answer is due, or since when it is there."""
    if case.state in OVER:
        at = case.closed_at or case.withdrawn_at or case.rejected_at or case.split_at
        at = at or case.updated_at
        return filled('<span class="muted">{}</span>', _moment(at, now))
    if case.state in PAUSED:
        return filled('<span class="muted">{}</span>', _("stands still"))
    if case.state == CaseState.REPLIED and case.replied_at is not None:
        words = _moment(case.replied_at, now)
        return filled(
            '<span class="muted">{} <span class="due__words">{}</span></span>', words, answered
        )
    look = wording.due_look(case.done_due_at, now)
    assumed: SafeString | str = ""
    if case.is_due_assumed:
        note = wording.assumed_words(case.done_due_at)
        assumed = filled(' <small class="due__note">{}</small>', note)
    return filled(
        '<span class="due due--{}">{} <span class="due__words">{}</span>{}</span>',
        look.state,
        _moment(case.done_due_at, now),
        look.words,
        assumed,
    )


def _moment(at: datetime, now: datetime) -> SafeString:
    return parts.moment({"now": now}, at)  # type: ignore[arg-type,return-value]  # a mapping is enough
