from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from shuniu.zone.accounts import services
from shuniu.zone.accounts.forms import SignInForm
from shuniu.zone.accounts.models import User
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.web import render_page, without_key


@login_not_required
@without_key
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    after = _after(request)
    if request.user.is_authenticated:
        return redirect(after)
    form = SignInForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid() and form.user is not None:
        login(request, form.user)
        services.note_sign_in(user=form.user, actor=form.user, now=clock.now())
        return redirect(after)
    context = {"form": form, "next": request.GET.get("next", "")}
    return render_page(
        request, "accounts/sign_in.html", context, status=422 if form.errors else 200
    )


@login_not_required  # whoever is out already goes where signing out leads
@without_key
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if isinstance(request.user, User):
        services.note_sign_out(user=request.user, actor=request.user, now=clock.now())
    logout(request)
    response = redirect("accounts:sign-in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _after(request: HttpRequest) -> str:
    """Return where to go after signing in: an address of this site, or home."""
    wanted = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL)
