"""One's own account: who one is here, the password, and giving it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from shuniu.zone.accounts import queries, services
from shuniu.zone.accounts.forms import ConfirmForm, PasswordForm
from shuniu.zone.accounts.views import wording
from shuniu.zone.accounts.views.request import Request
from shuniu.zone.accounts.views.sessions import running_sessions
from shuniu.zone.accounts.views.ways import go_on, wanted_page
from shuniu.zone.accounts.views.wording import RoleWords
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.web import render_page, without_key


@dataclass(frozen=True, slots=True)
class About:
    """What a person sees of the own account.

    Attributes
    ----------
    needs_a_place
        Whether some role is worth something only in an office or for an enterprise.
    recovery_codes_left
        0 without a second factor.
    """

    sign_in_name: str
    phone: str
    roles: tuple[RoleWords, ...]
    needs_a_place: bool
    password_changed_at: datetime | None
    has_second_factor: bool
    recovery_codes_left: int
    sessions: int


@require_safe
def account(request: Request) -> HttpResponse:
    """Show who one is here, and the ways to everything that one may change."""
    user = request.user
    has_second_factor = queries.second_factor_of(user) is not None
    about = About(
        sign_in_name=user.sign_in_name,
        phone=queries.phone_of(user),
        roles=wording.role_words(request.stay.roles),
        needs_a_place=wording.needs_a_place(request.stay.roles),
        password_changed_at=user.password_changed_at,
        has_second_factor=has_second_factor,
        recovery_codes_left=queries.recovery_codes_left(user) if has_second_factor else 0,
        sessions=len(running_sessions(request)),
    )
    return render_page(request, "accounts/account.html", {"about": about})


@without_key  # a wrong password has to be counted, and a key undoes what a refusal leaves
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: Request) -> HttpResponse:
    """Change the password; the other sessions end, this one goes on."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _change_password(request, form):
        messages.success(request, _("The password is changed. All other devices were signed out."))
        return go_on(request, "accounts:account")
    context = {
        "form": form,
        "rules": wording.rule_words(request.stay.roles),
        "is_old": queries.password_is_old(request.user, clock.now()),
        "next": wanted_page(request),
    }
    return render_page(
        request, "accounts/password.html", context, status=422 if form.errors else 200
    )


def _change_password(request: Request, form: PasswordForm) -> bool:
    try:
        services.change_password(
            old=form.cleaned_data["old"],
            new=form.cleaned_data["new"],
            session_key=request.session.session_key,
            actor=request.user,
            now=clock.now(),
        )
    except services.PasswordRefused as refusal:
        form.add_error("new", [str(message) for message in refusal.messages])
        return False
    except (services.WrongPassword, services.TooManyGuesses, services.TooBusy) as refusal:
        form.add_error("old", str(refusal))
        return False
    request.session[HASH_SESSION_KEY] = request.user.get_session_auth_hash()
    return True


@without_key  # as above
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: Request) -> HttpResponse:
    """Ask for the password again before something that matters, and go on to it."""
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.confirm_again(
                session_key=request.session.session_key,
                password=form.cleaned_data["password"],
                actor=request.user,
                now=clock.now(),
            )
            return go_on(request, "accounts:account")
        except (services.WrongPassword, services.TooManyGuesses, services.TooBusy) as refusal:
            form.add_error("password", str(refusal))
    context = {"form": form, "next": wanted_page(request)}
    return render_page(
        request, "accounts/confirm.html", context, status=422 if form.errors else 200
    )
