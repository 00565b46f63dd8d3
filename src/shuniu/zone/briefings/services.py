"""Composing the briefing of a day: every app is asked for its figures, nobody sends any."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.dateformat import time_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from shuniu.zone.accounts.models import User
from shuniu.zone.briefings import channels, facts, policies
from shuniu.zone.briefings.channels import Briefing, CategoryLine, FigureLine, Item, Number
from shuniu.zone.desk import queries as desk
from shuniu.zone.desk.choices import Urgency
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.queries import CaseFilter, CategoryRow, DaySummary
from shuniu.zone.kernel.clock import day_of, local
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry.queries import profile_in_force, standing_of
from shuniu.zone.registry.services import NotForYou

LABELS: dict[str, Promise] = {
    "opened": gettext_lazy("New needs"),
    "replied": gettext_lazy("Answered"),
    "closed": gettext_lazy("Confirmed and closed"),
    "open": gettext_lazy("Open at the end of the day"),
    "late": gettext_lazy("Overdue at the end of the day"),
}
LONGEST_EXCERPT = 90


def compose(day: date, *, language: str) -> Briefing:
    """Return the briefing of ``day`` in the words of ``language``; a quiet day gives zeros."""
    profile = profile_in_force().profile
    head = profile.briefing
    is_zh = language.startswith("zh")
    found = desk.day_summary(day)
    names: dict[str, str] = {c.code: c.label(language) for c in profile.categories}
    return Briefing(
        day=day,
        masthead=head.masthead_zh if is_zh else head.masthead_en,
        issuer=head.issuer_zh if is_zh else head.issuer_en,
        distribution=head.distribution,
        summary=_summary(found, names),
        figures=tuple(
            FigureLine(
                label=str(LABELS[figure.name]),
                value=Number(figure.value, figure.rows),
                day_before=figure.day_before,
            )
            for figure in found.figures
        ),
        categories=(*(_category_line(row, names) for row in found.by_category), *_total(found)),
        late=tuple(_item(case, names, language) for case in found.late),
        notable=tuple(_item(case, names, language) for case in found.notable),
        week=found.week,
    )


def word_file(day: date, *, language: str, base_url: str, now: datetime | None = None) -> bytes:
    """Return the briefing of ``day`` as a Word file whose numbers lead to ``base_url``.

    With ``now``, a file of the running day says until when it counts.
    """
    briefing = compose(day, language=language)
    if now is not None and day_of(now) == day:
        until = _("As of %(time)s.") % {"time": time_format(local(now), "H:i")}
        briefing = replace(briefing, summary=f"{briefing.summary} {until}")
    return channels.word_file(briefing, base_url=base_url)


def export_word(
    *, day: date, language: str, base_url: str, actor: User | None, now: datetime
) -> bytes:
    """Return the briefing of ``day`` as a Word file, and record that it went out.

    Raises
    ------
    NotForYou
        If ``actor`` may not read it.
    """
    if actor is not None and not policies.may_read(standing_of(actor)):
        raise NotForYou
    content = word_file(day, language=language, base_url=base_url, now=now)
    with transaction.atomic():
        record_fact(facts.BriefingExported(day=day), actor=actor, at=now)
    return content


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


def _category_line(row: CategoryRow, names: dict[str, str]) -> CategoryLine:
    return CategoryLine(
        label=names.get(row.category, row.category) or _("not sorted yet"),
        opened=Number(row.opened, row.opened_rows),
        closed=Number(row.closed, row.closed_rows),
        open=Number(row.open, row.open_rows),
        late=Number(row.late, row.late_rows),
    )


def _total(found: DaySummary) -> tuple[CategoryLine, ...]:
    """Return the sum of the table: the day's own figures, none on a day without a row."""
    if not found.by_category:
        return ()
    sums = {figure.name: Number(figure.value, figure.rows) for figure in found.figures}
    return (
        CategoryLine(
            label=_("Total"),
            opened=sums["opened"],
            closed=sums["closed"],
            open=sums["open"],
            late=sums["late"],
        ),
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
    )


__all__ = ["Briefing", "CaseFilter", "compose", "export_word", "word_file"]
