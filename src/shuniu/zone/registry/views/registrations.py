"""Asking to be let in for an enterprise, for everybody; and the center's word on it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuniu.zone.accounts.models import User
from shuniu.zone.accounts.services import PasswordRefused
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.origin import origin
from shuniu.zone.kernel.templatetags.part_data import Tab
from shuniu.zone.kernel.web import KeyMissing, render_page, without_key
from shuniu.zone.registry import forms, policies, queries, services
from shuniu.zone.registry.choices import RegistrationState
from shuniu.zone.registry.credit_code import LENGTH, normal_code
from shuniu.zone.registry.models import Registration
from shuniu.zone.registry.queries import RegistrationFilter
from shuniu.zone.registry.views.pages import Request

PAGE_SIZE = 50
SENT = "registration-sent"


@login_not_required
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Take in a registration. It is answered the same whatever is known already."""
    is_sent = request.method == "POST"
    form = forms.RegistrationForm(request.POST if is_sent else None)
    if is_sent and form.is_valid() and (row := _taken_in(request, form)):
        request.session[SENT] = row.reference
        return redirect("registry:registered")
    context = {"form": form}
    status = 422 if form.errors else 200
    return render_page(request, "registry/register.html", context, status=status)


def _taken_in(request: HttpRequest, form: forms.RegistrationForm) -> Registration | None:
    """Take in what was sent; a password that cannot be taken is told in the form."""
    key = request.POST.get("idempotency_key", "")
    if not 8 <= len(key) <= 64 or "\x00" in key:
        raise KeyMissing
    actor = request.user if isinstance(request.user, User) else None
    try:
        return services.send_registration(
            new=form.new(), form_key=key, address=origin(), actor=actor, now=clock.now()
        )
    except PasswordRefused as refused:
        for sentence in refused.messages:
            form.add_error("password", str(sentence))
        return None


@login_not_required
@without_key
@require_POST
def register_check(request: HttpRequest) -> HttpResponse:
    """Say of a credit code that is being typed what is wrong with it."""
    code = normal_code(request.POST.get("credit_code", "")[:60])
    context = {
        "problem": forms.problem_while_typing(code),
        "is_right": not forms.credit_code_problem(code),
        "typed": len(code),
        "length": LENGTH,
    }
    return render_page(request, "registry/register_check.html", context)


@login_not_required
@never_cache
@require_safe
def registered(request: HttpRequest) -> HttpResponse:
    """Say what happens next, by what number to ask, and until when there is an answer."""
    row = queries.registration_of_reference(request.session.get(SENT, ""))
    if row is None:
        return redirect("registry:register-state")
    return render_page(request, "registry/registered.html", {"registration": row})


@login_not_required
@without_key
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register_state(request: HttpRequest) -> HttpResponse:
    """Tell an applicant who knows reference and phone number how the registration stands."""
    is_sent = request.method == "POST"
    form = forms.StateForm(request.POST if is_sent else None)
    found = None
    if is_sent and form.is_valid():
        found = queries.registration_answered_to(**form.cleaned_data)
        if found is None:
            form.add_error(None, _("No registration has this reference and this number."))
    context = {"form": form, "registration": found}
    status = 422 if form.errors else 200
    return render_page(request, "registry/register_state.html", context, status=status)


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept about a person, why, for how long, and whom to ask."""
    profile = queries.profile_in_force().profile
    context = {
        "retention": profile.retention,
        "zone_name": profile.zone.label(get_language() or ""),
    }
    return render_page(request, "registry/privacy.html", {**context})


@require_safe
def registration_list(request: Request) -> HttpResponse:
    """List who asks to be let in, the longest waiting first."""
    who = request.standing
    if not policies.may_decide_registrations(who):
        raise PermissionDenied
    wanted = _wanted(request)
    found = queries.filtered_registrations(who, wanted)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    now = clock.now()
    context = {
        "page": page,
        "rows": [(row, "red" if queries.is_late(row, now) else "green") for row in page],
        "wanted": wanted,
        "tabs": _tabs(wanted, queries.counts_of_registrations(who, wanted)),
    }
    return render_page(request, "registry/registration_list.html", context, part="rows")


@never_cache
@require_safe
def registration_page(request: Request, pk: UUID) -> HttpResponse:
    """Show one registration with what is known already, and what a clerk can do."""
    return _page(request, _row(request, pk), {})


@never_cache
@without_key
@require_POST
def registration_reveal(request: Request, pk: UUID) -> HttpResponse:
    """Show the phone number of an applicant in full, which is recorded each time."""
    row = _row(request, pk)
    services.reveal_registration(registration_id=row.pk, actor=request.user, now=clock.now())
    return _page(request, row, {}, is_revealed=True)


@require_POST
def registration_decide(request: Request, pk: UUID, step: str) -> HttpResponse:
    """Approve, reject, or take up again."""
    row = _row(request, pk)
    if step == "approve":
        return _approve(request, row)
    if step == "reject":
        return _reject(request, row)
    if step != "again":
        raise Http404
    services.take_up_again(registration_id=row.pk, actor=request.user, now=clock.now())
    messages.success(request, _("The registration waits again."))
    return redirect("registry:registration", row.pk)


def _approve(request: Request, row: Registration) -> HttpResponse:
    form = forms.ApproveForm(request.POST)
    if not form.is_valid():
        return _page(request, row, {"approve": form}, status=422)
    try:
        done = services.approve_registration(
            registration_id=row.pk,
            joins=form.cleaned_data["joins"],
            as_admin=form.cleaned_data["rank"] == forms.ADMIN,
            actor=request.user,
            now=clock.now(),
        )
    except (services.EnterpriseNameTaken, services.PhoneOfStaff) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, row, {"approve": form}, status=refusal.status)
    sentence = _("%(name)s can sign in now, with the mobile number. Please call and say so.")
    messages.success(request, sentence % {"name": done.name})
    return redirect("registry:registration", row.pk)


def _reject(request: Request, row: Registration) -> HttpResponse:
    form = forms.RejectForm(request.POST)
    if not form.is_valid():
        return _page(request, row, {"reject": form}, status=422)
    services.reject_registration(
        registration_id=row.pk,
        reason=form.cleaned_data["reason"],
        actor=request.user,
        now=clock.now(),
    )
    messages.success(request, _("Not approved. The applicant reads the reason when asking."))
    return redirect("registry:registrations")


def _page(
    request: Request,
    row: Registration,
    filled: dict[str, Any],
    *,
    is_revealed: bool = False,
    status: int = 200,
) -> HttpResponse:
    check = queries.check_of(row)
    known = check.enterprise
    made = {
        "approve": forms.ApproveForm(initial={"joins": known.pk if known else None}),
        "reject": forms.RejectForm(),
    }
    context = {
        "registration": row,
        "light": "red" if queries.is_late(row, clock.now()) else "green",
        "check": check,
        "forms": made | filled,
        "is_revealed": is_revealed,
    }
    return render_page(request, "registry/registration.html", context, status=status)


def _row(request: Request, pk: UUID) -> Registration:
    if not policies.may_decide_registrations(request.standing):
        raise PermissionDenied
    return get_object_or_404(queries.registrations_visible_to(request.standing), pk=pk)


def _wanted(request: Request) -> RegistrationFilter:
    state = request.GET.get("state", RegistrationState.WAITING)
    return RegistrationFilter(
        words=request.GET.get("words", "").replace("\x00", "").strip()[:60],
        state=state if state in RegistrationState.values else "",
    )


def _tabs(wanted: RegistrationFilter, counts: dict[str, int]) -> list[Tab]:
    labels = {
        RegistrationState.WAITING.value: _("Waiting"),
        RegistrationState.APPROVED.value: _("Approved"),
        RegistrationState.REJECTED.value: _("Not approved"),
        "": _("All"),
    }
    base = reverse("registry:registrations")
    return [
        Tab(
            label=label,
            url=f"{base}?{urlencode({'state': state, **_words(wanted)})}",
            is_current=state == wanted.state,
            count=counts[state],
        )
        for state, label in labels.items()
    ]


def _words(wanted: RegistrationFilter) -> dict[str, str]:
    return {"words": wanted.words} if wanted.words else {}
