"""The door: name and password, the second step, the one-time code, and the way out."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuniu.zone.accounts import queries, services
from shuniu.zone.accounts.forms import CodeForm, EnterForm, RecoveryForm, SignInForm
from shuniu.zone.accounts.models import User
from shuniu.zone.accounts.views import wording
from shuniu.zone.accounts.views.door import half_known, knock_of, know_by_half, let_in
from shuniu.zone.accounts.views.ways import by_way_of, go_on, wanted_page
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.web import render_page, without_key


@login_not_required
@without_key
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; with a second factor, its code comes on the next page."""
    if request.user.is_authenticated:
        return go_on(request, settings.LOGIN_REDIRECT_URL)
    form = SignInForm(request.POST or None)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            return _after_password(request, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
    context = {
        "form": form,
        "next": wanted_page(request),
        "why": wording.WHY.get(request.GET.get("why", "").upper(), ""),
        "is_blocked": status == services.TooManyGuesses.status or "code" in request.POST,
    }
    return render_page(request, "accounts/sign_in.html", context, status=status)


def _after_password(request: HttpRequest, form: SignInForm) -> HttpResponse:
    user, used = services.try_password(
        tried=services.Tried(**form.cleaned_data),
        knock=knock_of(request),
        actor=None,
        now=clock.now(),
    )
    return let_in(request, user, used) if used else _first_step_done(request, user)


def _first_step_done(request: HttpRequest, user: User) -> HttpResponse:
    """Let somebody in whose password is all there is; ask the others for their code."""
    if queries.second_factor_of(user) is None:
        return let_in(request, user, None)
    know_by_half(request, user, clock.now())
    return by_way_of("accounts:sign-in-code", wanted_page(request))


@login_not_required
@without_key
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the second factor, for ten minutes after the password."""
    if request.user.is_authenticated:
        return go_on(request, settings.LOGIN_REDIRECT_URL)
    user = half_known(request, clock.now())
    if user is None:
        messages.warning(request, _("Please begin again: the password holds for ten minutes."))
        return by_way_of("accounts:sign-in", wanted_page(request))
    with_recovery = "recovery_code" in request.POST
    app_form = CodeForm(None if with_recovery else request.POST or None)
    recovery_form = RecoveryForm(request.POST if with_recovery else None)
    form = recovery_form if with_recovery else app_form
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        (code,) = form.cleaned_data.values()
        try:
            used = services.try_second_factor(user=user, code=code, actor=None, now=clock.now())
            return let_in(request, user, used)
        except Refusal as refusal:
            form.add_error(next(iter(form.fields)), str(refusal))
            status = refusal.status
    context = {
        "form": app_form,
        "recovery_form": recovery_form,
        "next": wanted_page(request),
        "with_recovery": with_recovery,
    }
    return render_page(request, "accounts/sign_in_code.html", context, status=status)


@login_not_required
@require_safe
def sign_in_help(request: HttpRequest) -> HttpResponse:
    """Say for each way of being locked out the one step to take."""
    return render_page(request, "accounts/sign_in_help.html", {})


@login_not_required
@without_key
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Let somebody choose a password with a one-time code, and go on as after the password."""
    if request.user.is_authenticated:
        return go_on(request, settings.LOGIN_REDIRECT_URL)
    form = EnterForm(request.POST or None)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            user = services.enter_with_code(
                name=form.cleaned_data["name"],
                code=form.cleaned_data["code"],
                password=form.cleaned_data["password"],
                knock=knock_of(request),
                actor=None,
                now=clock.now(),
            )
            return _first_step_done(request, user)
        except services.PasswordRefused as refusal:
            form.add_error("password", [str(message) for message in refusal.messages])
            status = refusal.status
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
    context = {"form": form, "rules": wording.rule_words(None)}
    return render_page(request, "accounts/enter.html", context, status=status)


@login_not_required  # whoever is out already goes where signing out leads
@without_key
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave, and take what the browser kept of these pages along."""
    if isinstance(request.user, User):
        services.sign_out(
            session_key=request.session.session_key, actor=request.user, now=clock.now()
        )
    logout(request)
    response = redirect("accounts:sign-in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
