"""The inbox and the page of one case."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from shuniu.profiles.schema import Profile
from shuniu.zone.accounts.choices import Role
from shuniu.zone.desk import forms, policies, queries, services
from shuniu.zone.desk.choices import CaseState, Light, Step, Urgency
from shuniu.zone.desk.models import Case, SavedView
from shuniu.zone.desk.queries import CaseFilter
from shuniu.zone.desk.views import mine, shown
from shuniu.zone.desk.views.beside import suggestions_of
from shuniu.zone.desk.views.request import Request
from shuniu.zone.desk.views.rows import COLUMNS, rows_of
from shuniu.zone.desk.views.suggested import suggestion_of
from shuniu.zone.desk.views.views import filter_of, removed_just_now, shown_views
from shuniu.zone.hangs.queries import may_open_hang
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.channels import LONG_LIST
from shuniu.zone.kernel.web import render_page
from shuniu.zone.registry import queries as registry
from shuniu.zone.registry.queries import Standing

PAGE_SIZE = 50
STAFF_TABS = (
    ("mine", _("My turn"), CaseFilter(turn="mine")),
    ("late", _("Overdue"), CaseFilter(turn="open", late="yes")),
    ("unit", _("With units"), CaseFilter(turn="unit")),
    ("enterprise", _("Waiting for the enterprise"), CaseFilter(turn="enterprise")),
    ("urged", _("Urged"), CaseFilter(turn="urged")),
    ("supervisor", _("Opened again"), CaseFilter(turn="supervisor")),
    ("district", _("With the district"), CaseFilter(turn="district")),
    ("asked", _("Units ask"), CaseFilter(turn="asked")),
    ("open", _("All open"), CaseFilter(turn="open")),
    ("over", _("Closed"), CaseFilter(turn="over")),
    ("all", _("All"), CaseFilter(turn="all")),
)
# What is over waits for nobody: to count it in a large zone would cost more than the page.
UNCOUNTED = ("over", "all")
ENTERPRISE_TABS = (
    ("all", _("All"), CaseFilter(turn="all")),
    ("mine", _("Waiting for your word"), CaseFilter(turn="mine")),
    ("open", _("Open"), CaseFilter(turn="open")),
    ("over", _("Closed"), CaseFilter(turn="over")),
)

WITH_SUGGESTION = {Step.ACCEPT, Step.DISPATCH}


class StepConverter:
    """The name of a step in an address."""

    regex = "|".join(Step)

    def to_python(self, value: str) -> Step:
        return Step(value)

    def to_url(self, value: Step) -> str:
        return str(value)


@require_safe
def case_list(request: Request) -> HttpResponse:
    """Show the cases of a filter, with tabs whose numbers equal their lists."""
    who = request.standing
    if not policies.may_list_cases(who):
        raise PermissionDenied
    saved = list(queries.views_of(request.user.pk)) if who.is_staff else []
    removed = removed_just_now(request)
    wanted = _wanted(request, saved)
    rows = queries.filtered_cases(who, wanted).values_list(*COLUMNS, named=True)
    paginator = Paginator(rows, PAGE_SIZE)
    paginator.count = queries.count_of(who, wanted)
    page = paginator.get_page(request.GET.get("page"))
    tabs = STAFF_TABS if who.is_staff else ENTERPRISE_TABS
    uncounted = UNCOUNTED if who.is_staff else ()
    lists = {name: rows for name, _label, rows in tabs if name not in uncounted}
    lists |= {f"view_{view.pk}": filter_of(view) for view in saved}
    counts = queries.counts_of(who, lists)
    now = clock.now()
    profile = registry.profile_in_force().profile
    choices = _choices(profile, request.LANGUAGE_CODE) if who.is_staff else {}
    choices["enterprise"] = registry.enterprise_choice(who, wanted.enterprise)
    context = {
        "page": page,
        "now": now,
        "rows": rows_of(
            page.object_list, profile, request.LANGUAGE_CODE, now, for_staff=who.is_staff
        ),
        "wanted": wanted,
        "url": f"{reverse('desk:case-list')}?{shown.page_query(wanted, page.number)}",
        "chips": shown.chips_of(wanted, choices),
        "clear_url": shown.list_url(CaseFilter(turn=wanted.turn or "all", late=wanted.late)),
        "kept": shown.kept_of(wanted),
        "is_staff": who.is_staff,
        "tabs": [
            {
                "label": label,
                "count": counts.get(name),
                "url": shown.list_url(rows),
                "is_current": (rows.turn, rows.late) == (wanted.turn, wanted.late),
            }
            for name, label, rows in tabs
        ],
        "views": shown_views(saved, counts, wanted),
        "removed": removed,
        "query": wanted.query,
        "is_all": wanted == CaseFilter(turn="all"),
        "is_long": paginator.count > LONG_LIST,
        "is_saved": any(filter_of(view) == wanted for view in saved),
        "choices": choices,
        "may_dispatch": who.is_staff and policies.may_dispatch_together(who),
        "may_write_for": policies.may_open_for(who, 0),
    }
    return render_page(request, "desk/case_list.html", context, part="rows")


def _wanted(request: Request, saved: list[SavedView]) -> CaseFilter:
    """Return the list that is asked for; without words the person's default, else their turn."""
    asked = CaseFilter.read(request.GET)
    if request.GET.keys() - {"removed"}:
        return asked
    preferred = next((view for view in saved if view.is_default), None)
    if preferred is not None:
        return filter_of(preferred)
    return CaseFilter(turn=_first_turn(request.standing))


def _first_turn(who: Standing) -> str:
    """Return the tab that a person finds open: those who take no step see what is open."""
    if not who.is_staff:
        return "all"
    return "open" if who.roles == {Role.LEADER} else "mine"


def _choices(profile: Profile, language: str) -> dict[str, Any]:
    """Return what the filters of the list offer to staff."""
    return {
        "category": [(c.code, c.label(language)) for c in profile.categories],
        "subcategory": [
            (second.code, second.label(language))
            for c in profile.categories
            for second in c.subcategories
        ],
        "unit": [
            (queries.UNSORTED, _("not given out")),
            *((o.code, o.label(language)) for o in profile.offices),
        ],
        "urgency": Urgency.choices,
        "state": CaseState.choices,
        "light": [(value, label) for value, label in Light.choices if value != Light.NONE],
    }


@require_safe
def case_page(request: Request, case_id: int) -> HttpResponse:
    """Show one case: text, who has the ball, clocks, history, and what this person can do now."""
    who = request.standing
    case = get_object_or_404(queries.cases_visible_to(who), pk=case_id)
    return _page(request, who, case)


@require_POST
def case_step(request: Request, case_id: int, step: Step) -> HttpResponse:
    """Take a step of a case."""
    who = request.standing
    seen = get_object_or_404(queries.cases_visible_to(who), pk=case_id)
    form = _form(request, seen, step, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, who, seen, filled={step: form}, status=422)
    command = services.COMMANDS[step]
    case = command(case_id=seen.pk, actor=request.user, now=clock.now(), **form.arguments())
    visible = queries.cases_visible_to(who).filter(pk=case.pk).first()
    if visible is None:
        gone = reverse("desk:case-list")
        return HttpResponseClientRedirect(gone) if request.htmx else redirect(gone)
    if not request.htmx:
        return redirect("desk:case-page", case.pk)
    return _page(request, who, visible, taken=step)


def _page(
    request: Request,
    who: Standing,
    case: Case,
    *,
    filled: dict[Step, forms.StepForm] | None = None,
    taken: Step | None = None,
    status: int = 200,
) -> HttpResponse:
    language = request.LANGUAGE_CODE
    profile = registry.profile_of(case.profile_id)
    possible = policies.steps_open_to(who, case)
    steps = shown.by_need(case, [step for step in possible if step != Step.MERGE])
    made = {step: _form(request, case, step) for step in steps} | (filled or {})
    hangs = list(queries.hangs_of(who, case)) if who.is_staff else []
    center = profile.office(profile.handling.fallback_unit).label(language)
    holder = queries.holder_of(case, center=center, language=language)
    entries = queries.history_of(case, language=language, for_staff=who.is_staff)
    attachments = case.attachments.exclude(path="").order_by("pk")
    seen_steps = " ".join(made)
    offers = {step.value: _offer(step, form) for step, form in made.items()}
    context = {
        "case": case,
        "is_staff": who.is_staff,
        "category": shown.category_of(case, profile, language),
        "holder": holder,
        "ball": shown.ball_of(holder),
        "clocks": shown.clocks_of(case),
        "paused": shown.paused_words(case, now=clock.now()),
        "entries": entries,
        "history": shown.history_of(entries),
        "answer": mine.answer_of(entries),
        "rejection": mine.rejection_of(entries) if case.rejected_at else None,
        "question": mine.question_of(entries) if case.is_asked else None,
        "steps": list(offers.values()),
        "offers": offers,
        "taken": taken,
        "is_answer": request.method == "POST",
        "seen_steps": seen_steps,
        "has_other_steps": request.GET.get("seen", seen_steps) != seen_steps,
        "contacts": registry.contacts_visible_to(who).filter(enterprise_id=case.enterprise_id)
        if who.is_staff
        else [],
        "attachments": attachments,
        "files": shown.files_of(attachments),
        "urgings": queries.urgings_of(case) if who.is_staff else [],
        "may_reveal": registry.may_reveal_contact(who),
        "may_attach": policies.may_attach(who, case),
        "attach_form": forms.AttachForm(),
        "suggestion": suggestion_of(case, profile, language, made)
        if made.keys() & WITH_SUGGESTION
        else None,
        "hangs": hangs,
        "may_hang": may_open_hang(who)
        and not case.is_restricted
        and all(hang.is_over for hang in hangs),
        **(_others(who, case, is_alike=Step.MERGE in possible) if who.is_staff else {}),
        "own_parts": list(queries.parts_of_case(case)) if case.split_at else [],
        "is_being_read": case.state == CaseState.SUBMITTED and "category" not in case.suggestion,
    }
    template = "desk/case_page.html" if who.is_staff else "desk/case_mine.html"
    return render_page(request, template, context, part="case", status=status)


def _offer(step: Step, form: forms.StepForm) -> dict[str, Any]:
    """Return a step with its form as the page shows it."""
    return {
        "step": step,
        "label": step.label,
        "hint": shown.HINTS.get(step, ""),
        "form": form,
        "is_open": bool(form.errors),
    }


def _others(who: Standing, case: Case, *, is_alike: bool) -> dict[str, Any]:
    """Return the cases that have to do with this one, and those that may be the same."""
    return {
        "followers": list(queries.followers_of(case)),
        "parts": list(queries.parts_of_case(case)) if case.split_at else [],
        "related": list(queries.related_cases(who, case)),
        "alike": suggestions_of(who, case) if is_alike else [],
        "may_compare": policies.may_link(who, case),
    }


def _form(
    request: Request, case: Case, step: Step, data: Any = None, files: Any = None
) -> forms.StepForm:
    return forms.FORMS[step](
        data,
        files,
        prefix=None,
        auto_id=f"id_{step}_%s",
        case=case,
        profile=registry.profile_of(case.profile_id),
        language=request.LANGUAGE_CODE,
    )
