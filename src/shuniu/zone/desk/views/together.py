"""What is done with many cases at once: given to one unit, taken back, taken out as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuniu.profiles.schema import Profile
from shuniu.zone.desk import forms, policies, queries, services
from shuniu.zone.desk.channels import table_of_cases
from shuniu.zone.desk.choices import TRANSITIONS, CaseState, Step
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.queries import CaseFilter
from shuniu.zone.desk.views.request import Request
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.channels import CSV_TYPE, XLSX_TYPE, Table, csv_file, xlsx_file
from shuniu.zone.kernel.clock import local
from shuniu.zone.kernel.web import render_page
from shuniu.zone.registry import queries as registry
from shuniu.zone.registry.queries import Standing

NOT_YOURS = gettext_lazy("This one is for a supervisor to give out.")
NOT_ACCEPTED = gettext_lazy("Not accepted yet: please accept it first.")
NOT_NOW = gettext_lazy("Is “%(state)s” now, so it cannot be given out.")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A case that was chosen: who would get it, or why nobody (``why_not``)."""

    case: Case
    unit: str
    suggested: str
    why_not: str
    is_other: bool


@require_http_methods(["GET", "HEAD", "POST"])
def dispatch(request: Request) -> HttpResponse:
    """Show who would get the chosen cases, and give them out."""
    who = request.standing
    if not policies.may_dispatch_together(who):
        raise PermissionDenied
    given = request.POST if request.method == "POST" else request.GET
    keys = _keys(given.getlist("case"))
    cases = list(queries.cases_visible_to(who).filter(pk__in=keys).order_by("done_due_at", "pk"))
    profile = registry.profile_in_force().profile
    suggested = {case.pk: suggested_unit(case, profile) for case in cases if not why_not(who, case)}
    data = given if "unit" in given else None
    form = forms.TogetherForm(data, language=request.LANGUAGE_CODE, codes=list(suggested.values()))
    if request.method == "POST" and form.is_valid() and keys:
        batch = services.dispatch_cases(
            case_ids=keys, unit=form.cleaned_data["unit"], actor=request.user, now=clock.now()
        )
        return redirect("desk:batch", batch.pk)
    code = form.unit_code()
    names = {o.code: o.label(request.LANGUAGE_CODE) for o in profile.offices}
    rows = [_chosen(who, case, code, suggested.get(case.pk, ""), names) for case in cases]
    context = {
        "form": form,
        "rows": sorted(rows, key=lambda row: bool(row.why_not)),
        "count": len(suggested),
        "unit": names.get(code, ""),
        "most": services.MOST_TOGETHER,
    }
    return render_page(
        request, "desk/dispatch.html", context, part="rows", status=422 if form.errors else 200
    )


def _keys(given: Iterable[str]) -> list[int]:
    return sorted({int(k) for k in given if k.isascii() and k.isdecimal() and len(k) <= 18})[:200]


def why_not(who: Standing, case: Case) -> str:
    """Return why a person cannot give out a case now; nothing if they can."""
    if case.state == CaseState.SUBMITTED:
        return str(NOT_ACCEPTED)
    if case.state not in TRANSITIONS[Step.DISPATCH][0]:
        return str(NOT_NOW) % {"state": case.get_state_display()}
    return "" if policies.may_dispatch(who, case) else str(NOT_YOURS)


def suggested_unit(case: Case, profile: Profile) -> str:
    """Return the code of the unit that fits: that of a return, else that of the category."""
    code = str(case.suggestion.get("returned_for", ""))
    if not code and case.category == case.suggestion.get("category"):
        code = str(case.suggestion.get("unit_code", ""))
    known: dict[str, str] = {category.code: category.unit for category in profile.categories}
    return code or known.get(case.category, "")


def _chosen(who: Standing, case: Case, code: str, suggested: str, names: dict[str, str]) -> Chosen:
    return Chosen(
        case=case,
        unit=names.get(code, ""),
        suggested=names.get(suggested, ""),
        why_not=why_not(who, case),
        is_other=bool(code and suggested and code != suggested),
    )


@require_safe
def batch(request: Request, batch_id: int) -> HttpResponse:
    """Show what was given out together, what stayed and why, and for a minute the way back."""
    who = request.standing
    if not policies.may_dispatch_together(who):
        raise PermissionDenied
    fact = queries.batch_of(request.user.pk, batch_id)
    if fact is None:
        raise Http404
    now = clock.now()
    language = request.LANGUAGE_CODE
    keys = [*fact.data["case_ids"], *fact.data["refused_ids"]]
    cases = {case.pk: case for case in queries.cases_visible_to(who).filter(pk__in=keys)}
    stayed = [cases[key] for key in fact.data["refused_ids"] if key in cases]
    profile = registry.profile_in_force().profile
    names = {office.code: office.label(language) for office in profile.offices}
    left_s = int((fact.happened_at + services.TAKEN_BACK_WITHIN - now).total_seconds())
    is_taken_back = queries.is_taken_back(batch_id)
    context = {
        "batch_id": batch_id,
        "unit": names.get(fact.data["unit"], fact.data["unit"]),
        "given": [cases[key] for key in fact.data["case_ids"] if key in cases],
        "stayed": [(case, why_not(who, case) or str(NOT_YOURS)) for case in stayed],
        "is_taken_back": is_taken_back,
        "left_s": left_s if left_s > 0 and not is_taken_back and fact.data["case_ids"] else 0,
    }
    return render_page(request, "desk/batch.html", context)


@require_POST
def batch_back(request: Request, batch_id: int) -> HttpResponse:
    """Take back what was given out together."""
    taken = services.take_back_dispatches(batch_id=batch_id, actor=request.user, now=clock.now())
    said = ngettext(
        "Taken back: %(count)s case is with the center again.",
        "Taken back: %(count)s cases are with the center again.",
        len(taken),
    )
    messages.success(request, said % {"count": len(taken)})
    return redirect("desk:batch", batch_id)


@require_safe
def case_xlsx(request: Request) -> HttpResponse:
    """Send the list as a workbook."""
    return _file(request, "xlsx", XLSX_TYPE, xlsx_file)


@require_safe
def case_csv(request: Request) -> HttpResponse:
    """Send the list as CSV."""
    return _file(request, "csv", CSV_TYPE, csv_file)


def _file(
    request: Request, ending: str, content_type: str, write: Callable[[Table], bytes]
) -> HttpResponse:
    now = clock.now()
    wanted = CaseFilter.read(request.GET)
    cases = services.export_cases(wanted=wanted, actor=request.user, now=now)
    profile = registry.profile_in_force().profile
    content = write(table_of_cases(cases, profile, request.LANGUAGE_CODE))
    name = f"cases-{local(now):%Y-%m-%d}.{ending}"
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
