"""Lists of cases as tables that leave the product."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from shuniu.profiles.schema import Profile
from shuniu.zone.desk.models import Case
from shuniu.zone.kernel.channels import Table
from shuniu.zone.kernel.clock import local


def table_of_cases(cases: Iterable[Case], profile: Profile, language: str) -> Table:
    """Return cases as a table, with what stands in their list and when each step was due."""
    heads = (
        _("Number"), _("Enterprise"), _("Need"), _("Category"), _("Second level"), _("Channel"),
        _("Urgency"), _("State"), _("Light"), _("Unit"), _("Handler"), _("Sent in"),
        _("First contact by"), _("Plan by"), _("Answer by"), _("Answered"), _("Closed"),
        _("Withdrawn"), _("Result"), _("Rating"), _("Closed by silence"),
    )  # fmt: skip
    return Table(_("Cases"), heads, _cells(cases, profile, language))


def _cells(
    cases: Iterable[Case], profile: Profile, language: str
) -> Iterator[tuple[str | int, ...]]:
    seconds: dict[tuple[str, str], str] = {
        (category.code, second.code): second.label(language)
        for category in profile.categories
        for second in category.subcategories
    }
    names: dict[str, Any] = {c.code: c.label(language) for c in profile.categories}
    yes = _("yes")
    for case in cases:
        yield (
            case.number, case.enterprise.name, case.text, names.get(case.category, ""),
            seconds.get((case.category, case.subcategory), ""), case.get_channel_display(),
            case.get_urgency_display(), case.get_state_display(),
            "" if case.is_over else case.get_light_display(),
            unit_of(case, language), case.handler.name if case.handler else "",
            *map(_at, (case.submitted_at, case.contact_due_at, case.plan_due_at,
                       case.done_due_at, case.replied_at, case.closed_at, case.withdrawn_at)),
            case.get_solved_display(), case.grade_words,
            yes if case.is_confirmed_by_silence else "",
        )  # fmt: skip


def _at(moment: Any) -> str:
    return f"{local(moment):%Y-%m-%d %H:%M}" if moment else ""


def unit_of(case: Case, language: str) -> str:
    """Return the unit that leads a case; nothing before it is given out."""
    if case.lead_unit is None:
        return ""
    return case.lead_unit.zh if language.startswith("zh") else case.lead_unit.en
