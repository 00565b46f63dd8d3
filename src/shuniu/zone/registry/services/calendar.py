"""Commands on the working calendar: days are changed together, and taken back together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry import facts, policies, queries
from shuniu.zone.registry.choices import HolidaySource
from shuniu.zone.registry.models import CalendarEdit, Holiday, ProfileVersion
from shuniu.zone.registry.queries import DayChange, DayRule
from shuniu.zone.registry.services.asking import NotForYou, standing_or_system
from shuniu.zone.registry.services.day_table import TableRow


class CalendarUnchanged(Refusal):
    code = "registry.calendar_unchanged"
    status = 409
    sentence = _("The calendar says this already; nothing was changed.")


class CalendarMoved(Refusal):
    code = "registry.calendar_moved"
    status = 409
    sentence = _(
        "The calendar was changed by somebody else meanwhile. Nothing was saved; please look again"
        " at what would move."
    )


class EditTakenBack(Refusal):
    code = "registry.edit_taken_back"
    status = 409
    sentence = _("This change was taken back already; nothing was changed.")


class DayChangedSince(Refusal):
    code = "registry.day_changed_since"
    status = 409
    sentence = _(
        "%(day)s was changed again after that. Please take back the later change first; nothing"
        " was changed."
    )


def changes_asked(rows: Sequence[TableRow], source: HolidaySource) -> tuple[DayChange, ...]:
    """Return what rows of a table change, in the order of days; days that stay are left out.

    Raises
    ------
    CalendarUnchanged
        If nothing would change.
    """
    wanted: dict[object, DayRule | None] = {}
    days = [(day, row) for row in rows for day in row.days]
    for day, row in days:
        wanted[day] = DayRule(row.kind, row.name, source) if row.kind else None
    stored = queries.rules_on(day for day, _row in days)
    changes = [
        DayChange(day, stored.get(day), wanted[day])
        for day in sorted({day for day, _row in days})
        if not _is_same(stored.get(day), wanted[day])
    ]
    if not changes:
        raise CalendarUnchanged
    return tuple(changes)


def _is_same(stored: DayRule | None, wanted: DayRule | None) -> bool:
    """A table leaves a day alone that says the same; a person sets it above the profile."""
    if stored is None or wanted is None or wanted.source == HolidaySource.DAY:
        return stored == wanted
    return (stored.kind, stored.name) == (wanted.kind, wanted.name)


def changes_back(edit: CalendarEdit) -> tuple[DayChange, ...]:
    """Return what taking an edit back changes.

    Raises
    ------
    EditTakenBack
        If somebody did so before.
    DayChangedSince
        If a later change touched one of its days.
    """
    if CalendarEdit.objects.filter(undoes=edit).exists():
        raise EditTakenBack
    changes = queries.days_changed(edit)
    stored = queries.rules_on(change.day for change in changes)
    for change in changes:
        if stored.get(change.day) != change.after:
            raise DayChangedSince(day=change.day.isoformat())
    return tuple(DayChange(change.day, change.after, change.before) for change in changes)


@transaction.atomic
def edit_calendar(
    *,
    rows: Sequence[TableRow],
    source: HolidaySource,
    seen: tuple[int, int, int],
    actor: User | None,
    now: datetime,
) -> CalendarEdit:
    """Change days of the calendar. Deadlines of open cases follow, those of closed ones stay.

    ``seen`` is the stamp of the calendar that the person looked at when deciding.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    CalendarMoved
        If the calendar is another one now.
    CalendarUnchanged
        If nothing would change.
    """
    _fetch(actor)
    if queries.holiday_stamp() != seen:
        raise CalendarMoved
    return _write(changes_asked(rows, source), undoes=None, actor=actor, now=now)


@transaction.atomic
def undo_calendar_edit(*, edit_id: int, actor: User | None, now: datetime) -> CalendarEdit:
    """Take back an edit as a whole.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    EditTakenBack, DayChangedSince
        As ``changes_back``.
    """
    _fetch(actor)
    edit = CalendarEdit.objects.get(pk=edit_id)
    return _write(changes_back(edit), undoes=edit, actor=actor, now=now)


def _fetch(actor: User | None) -> None:
    """Let one person at a time change the calendar."""
    if not policies.may_edit_calendar(standing_or_system(actor)):
        raise NotForYou
    hold_calendar()


def hold_calendar() -> None:
    """Lock the calendar until the transaction ends: keys of days then grow in the order seen."""
    ProfileVersion.objects.select_for_update(no_key=True).order_by("pk").first()


def _write(
    changes: Sequence[DayChange],
    *,
    undoes: CalendarEdit | None,
    actor: User | None,
    now: datetime,
) -> CalendarEdit:
    Holiday.objects.filter(day__in=[change.day for change in changes]).delete()
    Holiday.objects.bulk_create(
        Holiday(day=c.day, kind=c.after.kind, name=c.after.name, source=c.after.source)
        for c in changes
        if c.after is not None
    )
    edit = keep_edit(changes, undoes=undoes, actor=actor, now=now)
    told = facts.CalendarEdited(
        edit_id=edit.pk,
        first_on=changes[0].day,
        last_on=changes[-1].day,
        days=len(changes),
        undoes_id=undoes.pk if undoes else None,
    )
    record_fact(told, actor=actor, at=now)
    return edit


def keep_edit(
    changes: Iterable[DayChange],
    *,
    undoes: CalendarEdit | None,
    actor: User | None,
    now: datetime,
) -> CalendarEdit:
    """Keep what was changed, so that the calendar of an earlier moment stays known."""
    return CalendarEdit.objects.create(
        edited_by=actor,
        edited_at=now,
        undoes=undoes,
        changes=[
            {"day": c.day.isoformat(), "before": _kept(c.before), "after": _kept(c.after)}
            for c in changes
        ],
    )


def _kept(rule: DayRule | None) -> list[str] | None:
    return None if rule is None else [rule.kind, rule.name, rule.source]
