"""Keys for programs: made here alone, shown once, revoked."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from shuniu.zone.accounts import queries, services
from shuniu.zone.accounts.forms import TokenForm
from shuniu.zone.accounts.models import AccessToken
from shuniu.zone.accounts.views.request import Request, ask_again, is_confirmed
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.once import keep_once, take_once
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.web import render_page

KEY = "access-token"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def token_list(request: Request) -> HttpResponse:
    """List the own keys, make one, and show the one just made: once, and never again."""
    now = clock.now()
    form = TokenForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if not is_confirmed(request):
            return ask_again(reverse("accounts:tokens"))
        status = 422
        if form.is_valid():
            try:
                new = services.make_token(**form.cleaned_data, actor=request.user, now=now)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                keep_once(request, KEY, (new.key, new.token.name))
                return redirect("accounts:tokens")
    context = {
        "tokens": queries.tokens_of(request.user, now),
        "form": form,
        "new": take_once(request, KEY),
        "is_confirmed": is_confirmed(request),
        "confirm_url": ask_again(reverse("accounts:tokens")).headers["Location"],
        "address": request.build_absolute_uri("/api/v1/me"),
    }
    return render_page(request, "accounts/token_list.html", context, status=status)


@require_POST
def token_end(request: Request, token_id: int) -> HttpResponse:
    """Revoke one of the own keys."""
    try:
        services.revoke_token(token_id=token_id, actor=request.user, now=clock.now())
    except AccessToken.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("The key is revoked. It opens nothing any more."))
    return redirect("accounts:tokens")
