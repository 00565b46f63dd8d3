"""The second factor: setting it up, its recovery codes, turning it off."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from shuniu.zone.accounts import policies, queries, services
from shuniu.zone.accounts.forms import SetUpForm
from shuniu.zone.accounts.models import SecondFactor
from shuniu.zone.accounts.views.request import Request, ask_again, is_confirmed
from shuniu.zone.accounts.views.ways import by_way_of, go_on, wanted_page
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.once import keep_once, take_once
from shuniu.zone.kernel.web import render_page

GROUP = 4
FEW_CODES = 3
RECOVERY_CODES = "recovery-codes"


@dataclass(frozen=True, slots=True)
class SetUp:
    """What an app is linked with: a picture, the same as a link, the same to be typed."""

    picture: str
    app_url: str
    secret: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The second factor as its page shows it.

    Attributes
    ----------
    since
        When it was turned on; None while it is off.
    set_up
        Only while it is being set up.
    is_first_step
        The person can do nothing else before it is on.
    """

    since: datetime | None
    codes_left: int
    has_few_codes: bool
    is_required: bool
    is_first_step: bool
    set_up: SetUp | None


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: Request) -> HttpResponse:
    """Explain it, set it up, confirm it with a first code, or show that it is on."""
    now, is_first_step = clock.now(), _is_first_step(request)
    if request.method == "POST" and "code" not in request.POST:
        if not is_first_step and not is_confirmed(request):
            return ask_again(reverse("accounts:second-factor"))
        services.begin_second_factor(actor=request.user, now=now)
        return by_way_of("accounts:second-factor", wanted_page(request))
    form = SetUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = services.confirm_second_factor(
                code=form.cleaned_data["code"],
                session_key=request.session.session_key,
                actor=request.user,
                now=now,
            )
            keep_once(request, RECOVERY_CODES, codes)
            return by_way_of("accounts:recovery-codes", wanted_page(request))
        except services.SecondFactorRefused as refusal:
            form.add_error("code", str(refusal))
    context = {"factor": _shown(request), "form": form, "next": wanted_page(request)}
    return render_page(
        request, "accounts/second_factor.html", context, status=422 if form.errors else 200
    )


@require_POST
def second_factor_off(request: Request) -> HttpResponse:
    """Turn it off, for those whose roles do not need it."""
    if not is_confirmed(request):
        return ask_again(reverse("accounts:second-factor"))
    services.drop_second_factor(actor=request.user, now=clock.now())
    messages.success(request, _("Two-step verification is off."))
    return redirect("accounts:second-factor")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: Request) -> HttpResponse:
    """Make ten new codes, or show those just made: once, and never again."""
    if request.method == "POST":
        if not is_confirmed(request):
            return ask_again(reverse("accounts:second-factor"))
        codes = services.renew_recovery_codes(actor=request.user, now=clock.now())
        keep_once(request, RECOVERY_CODES, codes)
        return redirect("accounts:recovery-codes")
    codes = take_once(request, RECOVERY_CODES) if request.method == "GET" else ()
    if not codes:
        return go_on(request, "accounts:second-factor")
    context = {
        "codes": codes,
        "file": _as_file(codes, request.user.sign_in_name),
        "next": wanted_page(request) or reverse("portal:home"),
    }
    return render_page(request, "accounts/recovery_codes.html", context)


def _is_first_step(request: Request) -> bool:
    needed = policies.needs_second_factor(request.stay.roles)
    return needed and not request.stay.has_second_factor


def _shown(request: Request) -> Shown:
    factor = queries.second_factor_begun_by(request.user)
    since = factor.confirmed_at if factor else None
    left = queries.recovery_codes_left(request.user) if since else 0
    return Shown(
        since=since,
        codes_left=left,
        has_few_codes=left < FEW_CODES,
        is_required=policies.needs_second_factor(request.stay.roles),
        is_first_step=_is_first_step(request),
        set_up=_set_up(factor, request.user.sign_in_name) if factor and not since else None,
    )


def _set_up(factor: SecondFactor, account: str) -> SetUp:
    app_url = services.provisioning_uri(factor, account, _("Shuniu"))
    picture = segno.make(app_url, error="m").svg_data_uri(scale=4, border=4, light="#fff")
    secret = factor.secret
    groups = tuple(secret[at : at + GROUP] for at in range(0, len(secret), GROUP))
    return SetUp(picture, app_url, groups)


def _as_file(codes: tuple[str, ...], account: str) -> str:
    """Return the codes as the address of a text file that holds itself."""
    head = _("Recovery codes of %(account)s. Each works once.") % {"account": account}
    text = "\r\n".join(("\ufeff" + head, "", *codes, ""))
    return f"data:text/plain;charset=utf-8;base64,{base64.b64encode(text.encode()).decode()}"
