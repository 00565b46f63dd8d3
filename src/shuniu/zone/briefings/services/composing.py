"""Composing the briefing of a day: every app is asked for its figures, nobody sends any."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from shuniu.engines.worktime.calendar import Calendar
from shuniu.profiles.schema import Profile
from shuniu.zone.briefings.channels import (
    Briefing,
    CategoryLine,
    CommonLine,
    FigureLine,
    Item,
    Number,
)
from shuniu.zone.briefings.services import sections
from shuniu.zone.desk import queries as desk
from shuniu.zone.desk.choices import Urgency
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.queries import CaseFilter, CategoryRow, Days, DaySummary
from shuniu.zone.registry.queries import profile_in_force
from shuniu.zone.registry.services import office_calendar

LABELS: dict[str, Promise] = {
    "opened": gettext_lazy("New needs"),
    "replied": gettext_lazy("Answered"),
    "closed": gettext_lazy("Confirmed and closed"),
    "open": gettext_lazy("Open at the end of the day"),
    "late": gettext_lazy("Overdue at the end of the day"),
}
LONGEST_EXCERPT = 90
LONGEST_REST_DAYS = 30


def compose(day: date, *, language: str, now: datetime) -> Briefing:
    """Return the briefing of ``day`` in the words of ``language``; a quiet day gives zeros.

    A working day tells of the days off before it, too. ``now`` is when the figures were counted.
    """
    in_force = profile_in_force()
    calendar = office_calendar(in_force.version_id)
    days = span_of(day, calendar)
    before = span_of(days.first - timedelta(days=1), calendar)
    found = desk.day_summary(days.last, first=days.first, before=before)
    with translation.override(language):
        written = _written(found, days, in_force.profile, language=language, now=now)
    return replace(written, is_assumed=calendar.is_assumed(day))


def compose_period(days: Days, before: Days, *, language: str, now: datetime) -> Briefing:
    """Return the briefing of the days of a week or month, compared with those ``before``."""
    in_force = profile_in_force()
    calendar = office_calendar(in_force.version_id)
    found = desk.day_summary(days.last, first=days.first, before=before)
    with translation.override(language):
        written = _written(found, days, in_force.profile, language=language, now=now)
        summary = _summary_of_period(found, written.summary)
    return replace(written, summary=summary, is_assumed=calendar.is_assumed(days.last))


def span_of(day: date, calendar: Calendar) -> Days:
    """Return the days that the briefing of ``day`` tells of: a day off stands for itself."""
    first = day
    if calendar.is_working_day(day):
        for _back in range(LONGEST_REST_DAYS):
            before = first - timedelta(days=1)
            if calendar.is_working_day(before):
                break
            first = before
    return Days(first, day)


def _written(
    found: DaySummary, days: Days, profile: Profile, *, language: str, now: datetime
) -> Briefing:
    head = profile.briefing
    is_zh = language.startswith("zh")
    names: dict[str, str] = {c.code: c.label(language) for c in profile.categories}
    figures = {figure.name: figure for figure in found.figures}
    told = tuple(
        replace(_item(case, names, language), rank=at)
        for at, case in enumerate((*found.notable, *found.more_notable))
    )
    return Briefing(
        day=days.last,
        first_day=days.first,
        language=language,
        composed_at=now,
        masthead=head.masthead_zh if is_zh else head.masthead_en,
        issuer=head.issuer_zh if is_zh else head.issuer_en,
        distribution=head.distribution,
        summary=_summary(found, names),
        figures=tuple(
            FigureLine(
                name=figure.name,
                label=str(LABELS[figure.name]),
                value=_number(figure.value, figure.rows),
                day_before=figure.day_before,
                week=figure.week,
            )
            for figure in found.figures
        ),
        categories=(*(_category_line(row, names) for row in found.by_category), *_total(found)),
        late=tuple(_item(case, names, language) for case in found.late),
        late_total=figures["late"].value,
        notable=told[: len(found.notable)],
        more_notable=told[len(found.notable) :],
        common=_common_lines(found, profile, language),
        week=found.week,
        hangs=sections.hang_sheet(days, language=language),
        operations=sections.operations(days),
        instructions=sections.instructions(days, language=language),
        practices=tuple(_item(case, names, language) for case in found.praised),
    )


def _number(value: int, rows: CaseFilter) -> Number:
    return Number(value, rows.query)


def _summary(found: DaySummary, names: dict[str, str]) -> str:
    """Return the day in one sentence."""
    counts = {figure.name: figure.value for figure in found.figures}
    if not any(counts.values()):
        return _("No new needs, nothing open: a report of zeros.")
    sentence = _(
        "%(opened)s new, %(replied)s answered, %(closed)s confirmed and closed; %(open)s open at"
        " the end of the day, of which %(late)s overdue."
    ) % {name: counts[name] for name in ("opened", "replied", "closed", "open", "late")}
    sorted_rows = (row for row in found.by_category if row.category)
    busiest = max(sorted_rows, key=lambda row: row.opened, default=None)
    if busiest is not None and busiest.opened:
        sentence += ngettext(
            " Most were about %(category)s (%(count)s case).",
            " Most were about %(category)s (%(count)s cases).",
            busiest.opened,
        ) % {"category": names.get(busiest.category, busiest.category), "count": busiest.opened}
    return sentence


def _summary_of_period(found: DaySummary, otherwise: str) -> str:
    """Return a week or a month in one sentence; a report of zeros says the same for all."""
    counts = {figure.name: figure.value for figure in found.figures}
    if not any(counts.values()):
        return otherwise
    return _(
        "In this time %(opened)s new needs, %(replied)s answered, %(closed)s confirmed and closed;"
        " %(open)s open at the end, of which %(late)s overdue."
    ) % {name: counts[name] for name in ("opened", "replied", "closed", "open", "late")}


def _category_line(row: CategoryRow, names: dict[str, str]) -> CategoryLine:
    return CategoryLine(
        label=names.get(row.category, row.category) or _("not sorted yet"),
        opened=_number(row.opened, row.opened_rows),
        closed=_number(row.closed, row.closed_rows),
        open=_number(row.open, row.open_rows),
        late=_number(row.late, row.late_rows),
    )


def _total(found: DaySummary) -> tuple[CategoryLine, ...]:
    """Return the sum of the table: the day's own figures, none on a day without a row."""
    if not found.by_category:
        return ()
    sums = {figure.name: _number(figure.value, figure.rows) for figure in found.figures}
    return (
        CategoryLine(
            label=_("Total"),
            opened=sums["opened"],
            closed=sums["closed"],
            open=sums["open"],
            late=sums["late"],
        ),
    )


def _common_lines(found: DaySummary, profile: Profile, language: str) -> tuple[CommonLine, ...]:
    labels: dict[tuple[str, str], str] = {
        (c.code, second.code): f"{c.label(language)} / {second.label(language)}"
        for c in profile.categories
        for second in c.subcategories
    }
    return tuple(
        CommonLine(
            label=labels.get((need.category, need.subcategory), need.subcategory),
            enterprises=need.enterprises,
            cases=_number(need.cases, need.rows),
        )
        for need in found.common
    )


def _item(case: Case, names: dict[str, str], language: str) -> Item:
    """Return a case as the briefing shows it: without name and words where it must not be told."""
    unit = case.lead_unit
    unit_name = (unit.zh if language.startswith("zh") else unit.en) if unit else _("not given out")
    is_named = desk.may_be_named(case)
    text = " ".join(case.text.split()) if is_named else _("The words are kept confidential.")
    return Item(
        case_id=case.pk,
        number=case.number,
        enterprise=case.enterprise.name if is_named else _("an enterprise"),
        text=text[:LONGEST_EXCERPT] + ("…" if len(text) > LONGEST_EXCERPT else ""),
        category=names.get(case.category, ""),
        unit=unit_name,
        urgency=str(Urgency(case.urgency).label),
        due_at=case.done_due_at,
        light=case.light,
        is_named=is_named,
    )
