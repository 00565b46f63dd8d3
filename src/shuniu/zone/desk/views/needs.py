"""Writing a need: the enterprise itself on a phone, or a clerk for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from shuniu.zone.desk import forms, policies, queries, services
from shuniu.zone.desk.choices import Channel
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.queries import CaseFilter
from shuniu.zone.desk.views import mine
from shuniu.zone.desk.views.request import Request
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.web import render_page
from shuniu.zone.registry import queries as registry

RECENT = 20
LONGEST_BEGINNING = 300
SENT_AGAIN_WITHIN = timedelta(minutes=10)


@require_http_methods(["GET", "HEAD", "POST"])
def need(request: Request) -> HttpResponse:
    """The enterprise's home: one box, and what became of earlier needs."""
    who = request.standing
    if not who.enterprise_ids:
        raise PermissionDenied
    limits = registry.profile_in_force().profile.attachments
    form = forms.NeedForm(
        request.POST or None, request.FILES or None, user=request.user, initial=_begun(request)
    )
    if request.method == "POST" and form.is_valid() and not _just_sent(request, form):
        given = form.cleaned_data | {"channel": Channel.WECHAT_ACCOUNT}
        if case := _opened(request, form, given):
            return _sent(request, case)
    waiting = queries.filtered_cases(who, CaseFilter(turn="mine"))
    moving = queries.filtered_cases(who, CaseFilter(turn="open"))
    moving = moving.exclude(pk__in=waiting.order_by().values("pk"))
    context = {
        "form": form,
        "limits": {
            "max_bytes": limits.max_bytes,
            "max_count": limits.max_count,
            "max_mb": limits.max_bytes // 1_000_000,
        },
        "waiting": mine.cards_of(waiting[:RECENT], request.LANGUAGE_CODE),
        "recent": mine.cards_of(moving[:RECENT], request.LANGUAGE_CODE),
        "counts": queries.counts_of(
            who, {"open": CaseFilter(turn="open"), "over": CaseFilter(turn="over")}
        ),
    }
    status = 422 if form.errors else 200
    return render_page(request, "desk/need.html", context, part="form", status=status)


def _begun(request: Request) -> dict[str, str]:
    """Return the words that an address begins the need with; the person goes on and sends."""
    begun = request.GET.get("begin", "").replace("\x00", "")[:LONGEST_BEGINNING]
    return {"text": begun} if begun else {}


def _just_sent(request: Request, form: forms.NeedForm) -> bool:
    """Tell somebody who went back and sent again that the same words are already there."""
    since = clock.now() - SENT_AGAIN_WITHIN
    words = form.cleaned_data["text"]
    same = queries.same_just_sent(words, user_id=request.user.pk, since=since)
    if same is not None:
        sentence = _(
            "You have just sent these very words: %(number)s. If it is another matter,"
            " please say what is different."
        )
        form.add_error("text", sentence % {"number": same.number})
    return same is not None


@require_http_methods(["GET", "HEAD", "POST"])
def need_for_enterprise(request: Request) -> HttpResponse:
    """A clerk writes down what an enterprise said."""
    who = request.standing
    if not policies.may_open_for(who, 0):
        raise PermissionDenied
    form = forms.NeedForEnterpriseForm(
        request.POST or None, request.FILES or None, who=who, initial=_begun(request)
    )
    if request.method == "POST" and form.is_valid():
        channel = Channel(form.cleaned_data["channel"])
        given = form.cleaned_data | {"channel": channel, "is_restricted": False}
        if case := _opened(request, form, given):
            return _sent(request, case)
    context = {"form": form}
    return render_page(
        request, "desk/need_for_enterprise.html", context, status=422 if form.errors else 200
    )


def _opened(request: Request, form: Form, given: dict[str, Any]) -> Case | None:
    """Open the case; what is refused is told in the form, where the words stay."""
    try:
        return services.open_case(actor=request.user, now=clock.now(), **given)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


def _sent(request: Request, case: Case) -> HttpResponse:
    messages.success(request, _("Received. The number is %(number)s.") % {"number": case.number})
    page = reverse("desk:case-page", args=[case.pk])
    return HttpResponseClientRedirect(page) if request.htmx else redirect(page)
