"""The working calendar for programs: a year, what a change would move, changing, taking back."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from shuniu.zone.desk import policies, services
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.api import Body, Key, Part, Request, area, found, to_be
from shuniu.zone.registry import queries as registry
from shuniu.zone.registry import services as registry_services
from shuniu.zone.registry.choices import HolidayKind, HolidaySource
from shuniu.zone.registry.queries import CalendarEdit, DayChange, DayRule

calendar = area("Calendar")


class SpecialDay(Part):
    """A day that differs from its weekday; kind is empty where the weekday decides again."""

    day: date
    kind: HolidayKind | None
    name: str
    source: HolidaySource | None


class YearPart(Part):
    """What is stored of a year; a year that is not loaded counts Monday to Friday."""

    year: int
    is_loaded: bool
    days: list[SpecialDay]


class Table(Body):
    """Days in lines: first day, last day, and what they are; as in the notice, or as CSV."""

    text: str = Field(min_length=1, max_length=registry_services.MOST_CHARACTERS)
    year: int = Field(ge=2000, le=2099, description="Of days that are written without a year")
    is_published: bool = Field(
        default=True, description="An official table: its years count as loaded"
    )


class MovedPart(Part):
    """A deadline of an open case that would move; clock is contact, plan or done."""

    case: Key
    number: str
    clock: str
    old_at: datetime
    new_at: datetime


class MovesPart(Part):
    """How many open cases would get another deadline, and those that move most."""

    count: int
    becoming_certain: int
    becoming_assumed: int
    deadlines: list[MovedPart]


class EditPart(Part):
    """Days of the calendar that were changed together, as they are since."""

    id: Key
    edited_at: datetime
    undoes: Key | None
    days: list[SpecialDay]


@calendar.get(
    "/calendar/{int:year}",
    url_name="calendar",
    operation_id="calendar_read",
    response=YearPart,
)
def calendar_read(request: Request, year: int) -> YearPart:
    """Read the special days of a year."""
    to_be(registry.may_see_calendar(request.standing))
    rules = registry.rules_of_year(year) if 2000 <= year < 2100 else {}
    days = [_day(day, rule) for day, rule in rules.items()]
    return YearPart(year=year, is_loaded=year in registry.loaded_years(), days=days)


@calendar.post(
    "/calendar/look",
    url_name="calendar-look",
    operation_id="calendar_look",
    response=MovesPart,
)
def calendar_look(request: Request, body: Table) -> MovesPart:
    """Say which deadlines of open cases a change would move; nothing is written."""
    to_be(policies.may_weigh_calendar(request.standing))
    rows = registry_services.read_table(body.text, year=body.year)
    changes = registry_services.changes_asked(rows, _source(body))
    moves = services.what_moves(changes=changes, who=request.standing, now=clock.now())
    return MovesPart(
        count=moves.count,
        becoming_certain=moves.certain,
        becoming_assumed=moves.assumed,
        deadlines=[
            MovedPart(
                case=one.case.pk,
                number=one.case.number,
                clock=moved.clock,
                old_at=moved.old_at,
                new_at=moved.new_at,
            )
            for one in moves.shown
            for moved in one.clocks
        ],
    )


@calendar.post(
    "/calendar/save",
    url_name="calendar-save",
    operation_id="calendar_save",
    response=EditPart,
)
def calendar_save(request: Request, body: Table) -> EditPart:
    """Change days of the calendar; the deadlines of open cases follow."""
    to_be(registry.may_edit_calendar(request.standing))
    edit = registry_services.edit_calendar(
        rows=registry_services.read_table(body.text, year=body.year),
        source=_source(body),
        seen=registry.holiday_stamp(),
        actor=request.user,
        now=clock.now(),
    )
    return _edit(edit)


@calendar.post(
    "/calendar/edits/{int:edit_id}/undo",
    url_name="calendar-undo",
    operation_id="calendar_undo",
    response=EditPart,
)
def calendar_undo(request: Request, edit_id: int) -> EditPart:
    """Take back a change as a whole."""
    to_be(registry.may_edit_calendar(request.standing))
    edit = found(registry.calendar_edits(), edit_id)
    undone = registry_services.undo_calendar_edit(
        edit_id=edit.pk, actor=request.user, now=clock.now()
    )
    return _edit(undone)


def _source(body: Table) -> HolidaySource:
    return HolidaySource.TABLE if body.is_published else HolidaySource.DAY


def _edit(edit: CalendarEdit) -> EditPart:
    return EditPart(
        id=edit.pk,
        edited_at=edit.edited_at,
        undoes=edit.undoes_id,
        days=[_after(change) for change in registry.days_changed(edit)],
    )


def _after(change: DayChange) -> SpecialDay:
    if change.after is None:
        return SpecialDay(day=change.day, kind=None, name="", source=None)
    return _day(change.day, change.after)


def _day(day: date, rule: DayRule) -> SpecialDay:
    return SpecialDay(day=day, kind=rule.kind, name=rule.name, source=rule.source)
