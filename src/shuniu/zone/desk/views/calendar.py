"""The working calendar: shown by the year, and changed after a look at what moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuniu.zone.desk import forms, policies, queries, services
from shuniu.zone.desk.models import ClockReset
from shuniu.zone.desk.services import MovedCase
from shuniu.zone.desk.views.calendar_shown import (
    WEEKDAYS,
    by_words,
    shown_changes,
    shown_spans,
    shown_year,
    span_words,
)
from shuniu.zone.desk.views.request import Request
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.web import render_page, without_key
from shuniu.zone.registry import queries as registry
from shuniu.zone.registry import services as registry_services
from shuniu.zone.registry.choices import HolidaySource
from shuniu.zone.registry.queries import CalendarEdit, DayChange

YEARS = range(2000, 2100)
CLOCKS: dict[str, Promise] = {
    "done": gettext_lazy("Answer by"),
    "plan": gettext_lazy("Plan by"),
    "contact": gettext_lazy("First contact by"),
}


@dataclass(frozen=True, slots=True)
class ShownEdit:
    """A change of the calendar, with how far the cases have followed it."""

    edit: CalendarEdit
    span: str
    days: int
    reset: ClockReset | None
    is_taken_back: bool


@dataclass(frozen=True, slots=True)
class ShownMove:
    """A case that would move: each open deadline with what it is called, and by how much."""

    moved: MovedCase
    unit: str
    clocks: tuple[tuple[str, object, object, str], ...]


@require_safe
def calendar(request: Request) -> HttpResponse:
    """Show a year, what is special in it, and the last changes."""
    if not registry.may_see_calendar(request.standing):
        raise PermissionDenied
    form = forms.DaysForm(initial=_asked(request))
    return _page(request, form, _year(request.GET.get("year", "")))


def _year(asked: str) -> int:
    wanted = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else 0
    return wanted if wanted in YEARS else clock.today().year


def _asked(request: Request) -> dict[str, object]:
    """Return what the form begins with: the day that was chosen in the grid."""
    year, day = _year(request.GET.get("year", "")), request.GET.get("day", "")
    try:
        chosen = date.fromisoformat(day) if len(day) == 10 else None
    except ValueError:
        chosen = None
    return {"year": year, "first_on": chosen if chosen and chosen.year == year else None}


def _page(request: Request, form: forms.DaysForm, year: int, *, problem: str = "") -> HttpResponse:
    is_faulty = bool(problem or form.errors)
    today = clock.today()
    loaded = registry.loaded_years()
    edits = list(registry.last_edits())
    resets = queries.resets_of([edit.pk for edit in edits])
    context = {
        "form": form,
        "problem": problem,
        "shown": shown_year(year, today),
        "weekdays": WEEKDAYS,
        "spans": shown_spans(registry.rules_of_year(year)),
        "edits": [_edit(edit, resets.get(edit.pk)) for edit in edits],
        "missing": [one for one in (today.year, today.year + 1) if one not in loaded],
        "before": year - 1 if year - 1 in YEARS else None,
        "after": year + 1 if year + 1 in YEARS else None,
        "may_edit": registry.may_edit_calendar(request.standing),
        "may_weigh": policies.may_weigh_calendar(request.standing),
    }
    status = 422 if is_faulty else 200
    return render_page(request, "desk/calendar.html", context, status=status)


def _edit(edit: CalendarEdit, reset: ClockReset | None) -> ShownEdit:
    changes = registry.days_changed(edit)
    return ShownEdit(
        edit=edit,
        span=span_words(changes),
        days=len(changes),
        reset=reset,
        is_taken_back=hasattr(edit, "undone_by"),
    )


@without_key
@require_POST
def calendar_look(request: Request) -> HttpResponse:
    """Show which deadlines would move; nothing is written."""
    if not policies.may_weigh_calendar(request.standing):
        raise PermissionDenied
    form = forms.DaysForm(request.POST)
    year = _year(request.POST.get("year", ""))
    if not form.is_valid():
        return _page(request, form, year)
    source = HolidaySource.TABLE if form.is_table else HolidaySource.DAY
    try:
        rows = form.rows()
        changes = registry_services.changes_asked(rows, source)
    except Refusal as refusal:
        return _page(request, form, year, problem=str(refusal))
    asked = {
        "rows": "\n".join(row.csv for row in rows),
        "source": source.value,
        "seen": "-".join(map(str, registry.holiday_stamp())),
        "url": reverse("desk:calendar-save"),
    }
    return _look(request, changes, asked)


def _look(request: Request, changes: Sequence[DayChange], asked: dict[str, str]) -> HttpResponse:
    moves = services.what_moves(changes=changes, who=request.standing, now=clock.now())
    context = {
        "changes": list(shown_changes(changes)),
        "moves": moves,
        "rows": [_move(one, request.LANGUAGE_CODE) for one in moves.shown],
        "more": moves.count - len(moves.shown),
        "asked": asked,
        "year": changes[0].day.year,
        "may_edit": registry.may_edit_calendar(request.standing),
    }
    return render_page(request, "desk/calendar_look.html", context)


def _move(moved: MovedCase, language: str) -> ShownMove:
    unit = moved.case.lead_unit
    name = "" if unit is None else unit.zh if language.startswith("zh") else unit.en
    clocks = tuple(
        (str(CLOCKS[one.clock]), one.old_at, one.new_at, by_words(one.by)) for one in moved.clocks
    )
    return ShownMove(moved, name, clocks)


@require_POST
def calendar_save(request: Request) -> HttpResponse:
    """Save what was looked at."""
    if not registry.may_edit_calendar(request.standing):
        raise PermissionDenied
    form = forms.SaveDaysForm(request.POST)
    if not form.is_valid():
        return redirect("desk:calendar")
    year = clock.today().year
    edit = registry_services.edit_calendar(
        rows=registry_services.read_table(form.cleaned_data["rows"], year=year),
        source=HolidaySource(form.cleaned_data["source"]),
        seen=form.stamp(),
        actor=request.user,
        now=clock.now(),
    )
    return _saved(request, edit)


def _saved(request: Request, edit: CalendarEdit) -> HttpResponse:
    messages.success(request, _("Saved. The deadlines of open cases follow within moments."))
    year = registry.days_changed(edit)[0].day.year
    return redirect(f"{reverse('desk:calendar')}?year={year}")


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_undo(request: Request, edit_id: int) -> HttpResponse:
    """Show what taking a change back would move, and take it back."""
    if not registry.may_edit_calendar(request.standing):
        raise PermissionDenied
    edit = get_object_or_404(registry.calendar_edits(), pk=edit_id)
    if request.method == "POST":
        undone = registry_services.undo_calendar_edit(
            edit_id=edit.pk, actor=request.user, now=clock.now()
        )
        return _saved(request, undone)
    changes = registry_services.changes_back(edit)
    return _look(request, changes, {"url": reverse("desk:calendar-undo", args=[edit.pk])})
