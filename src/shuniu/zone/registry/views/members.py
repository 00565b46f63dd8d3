"""Those who speak for an enterprise: its administrator looks after them, a clerk may help."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuniu.zone.accounts import services as accounts
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.once import keep_once, take_once
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.web import render_page
from shuniu.zone.registry import forms, policies, queries, services
from shuniu.zone.registry.models import Enterprise, Membership
from shuniu.zone.registry.services import NewColleague
from shuniu.zone.registry.views import shown
from shuniu.zone.registry.views.pages import Request

ADMIN_STEPS = ("promote", "release", "remove", "code")
CLERK_STEPS = ("code", "phone")


@require_safe
def member_list(request: Request) -> HttpResponse:
    """List the colleagues of an enterprise; a clerk searches those of all enterprises."""
    who = request.standing
    if policies.may_help_enterprise_people(who):
        words = request.GET.get("words", "").replace("\x00", "").strip()[:60]
        found = queries.found_members(who, words) if words else []
        context: dict[str, Any] = {"words": words, "found": found}
        return render_page(request, "registry/member_search.html", context)
    firm = chosen_enterprise(request)
    context = {
        "enterprise": firm,
        "enterprises": list(queries.own_enterprises(who)),
        "colleagues": queries.colleagues_of(firm, who),
    }
    return render_page(request, "registry/member_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member_new(request: Request) -> HttpResponse:
    """Let a colleague speak for the enterprise too."""
    firm = chosen_enterprise(request)
    is_sent = request.method == "POST"
    form = forms.ColleagueForm(request.POST if is_sent else None)
    if is_sent and form.is_valid():
        try:
            new = services.add_colleague(
                enterprise_id=firm.pk, **form.cleaned_data, actor=request.user, now=clock.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            _keep(request, new)
            return redirect("registry:member", new.membership.pk)
    context = {"form": form, "enterprise": firm}
    status = 422 if form.errors else 200
    return render_page(request, "registry/member_new.html", context, status=status)


@never_cache
@require_safe
def member(request: Request, pk: int) -> HttpResponse:
    """Show one colleague, a code that was just made, and what can be done."""
    membership = _membership(request, pk)
    return _page(request, membership, {}, code=take_once(request, _once(membership)))


@require_POST
def member_step(request: Request, pk: int, step: str) -> HttpResponse:
    """Change one thing about a colleague."""
    membership = _membership(request, pk)
    if step not in STEPS:
        raise Http404
    form = FORMS[step](request.POST) if step in FORMS else None
    if form is not None and not form.is_valid():
        return _page(request, membership, {step: form}, status=422)
    try:
        STEPS[step](request, membership, form)
    except Refusal as refusal:
        if form is None:
            raise
        form.add_error(None, str(refusal))
        return _page(request, membership, {step: form}, status=refusal.status)
    if step == "remove":
        url = reverse("registry:members")
        return redirect(f"{url}?enterprise={membership.enterprise_id}")
    return redirect("registry:member", membership.pk)


def chosen_enterprise(request: Request) -> Enterprise:
    """Return which of the own enterprises a page is about; a foreign one is not found."""
    who = request.standing
    if not policies.may_administer_enterprise(who):
        raise PermissionDenied
    own = queries.own_enterprises(who)
    wanted = request.GET.get("enterprise", "")
    if wanted:
        if not (wanted.isascii() and wanted.isdecimal() and len(wanted) < 18):
            raise Http404
        return get_object_or_404(own, pk=int(wanted))
    first = own.first()
    if first is None:
        raise PermissionDenied
    return first


def _promote(request: Request, membership: Membership, _form: Any) -> None:
    _set_rank(request, membership, is_admin=True)
    messages.success(request, _("%(name)s administers the enterprise now, with two-step"
        " verification from the next sign-in on.") % {"name": membership.user.name})  # fmt: skip


def _release(request: Request, membership: Membership, _form: Any) -> None:
    _set_rank(request, membership, is_admin=False)
    sentence = _("%(name)s is an ordinary colleague again.")
    messages.success(request, sentence % {"name": membership.user.name})


def _set_rank(request: Request, membership: Membership, *, is_admin: bool) -> None:
    services.set_colleague_rank(
        membership_id=membership.pk, is_admin=is_admin, actor=request.user, now=clock.now()
    )


def _remove(request: Request, membership: Membership, _form: Any) -> None:
    services.remove_colleague(membership_id=membership.pk, actor=request.user, now=clock.now())
    sentence = _("%(name)s speaks for the enterprise no more.")
    messages.success(request, sentence % {"name": membership.user.name})


def _code(request: Request, membership: Membership, form: Any) -> None:
    new = services.give_colleague_code(
        membership_id=membership.pk, **form.cleaned_data, actor=request.user, now=clock.now()
    )
    _keep(request, new)


def _phone(request: Request, membership: Membership, form: Any) -> None:
    if not policies.may_help_enterprise_people(request.standing):
        raise PermissionDenied
    accounts.set_phone(
        user_id=membership.user_id,
        number=form.cleaned_data["phone"],
        actor=request.user,
        now=clock.now(),
    )
    messages.success(request, _("The number is changed."))


STEPS: dict[str, Callable[[Request, Membership, Any], None]] = {
    "promote": _promote,
    "release": _release,
    "remove": _remove,
    "code": _code,
    "phone": _phone,
}
FORMS: dict[str, Any] = {"code": forms.CodeForm, "phone": forms.PhoneForm}


def _page(
    request: Request,
    membership: Membership,
    filled: dict[str, Any],
    *,
    code: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        "colleague": queries.colleague(membership, request.standing),
        "is_clerk": policies.may_help_enterprise_people(request.standing),
        "forms": {"code": forms.CodeForm(), "phone": forms.PhoneForm()} | filled,
        "code": shown.code_of(membership.user, code),
    }
    return render_page(request, "registry/member.html", context, status=status)


def _membership(request: Request, pk: int) -> Membership:
    who = request.standing
    if not (policies.may_help_enterprise_people(who) or policies.may_administer_enterprise(who)):
        raise PermissionDenied
    return get_object_or_404(queries.members_visible_to(who), pk=pk)


def _keep(request: Request, new: NewColleague) -> None:
    until = clock.now() + shown.CODE_LASTS
    keep_once(request, _once(new.membership), (new.code, until.isoformat()))


def _once(membership: Membership) -> str:
    return f"code-of-member-{membership.pk}"
