"""How a browser is answered: pages and parts, language, and forms that may be sent twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel import clock, refusals, services

LANGUAGE_COOKIE = "language"
THEME_COOKIE = "theme"
THEMES = ("auto", "light", "dark")
KEPT_HEADERS = ("Content-Type", "Location", "HX-Redirect", "HX-Retarget", "HX-Reswap", "HX-Trigger")
NOT_CONTENT = {"csrfmiddlewaretoken", "idempotency_key"}

GetResponse = Callable[[HttpRequest], HttpResponse]
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class KeyMissing(refusals.Refusal):
    code = "kernel.key_missing"
    status = 422
    sentence = _("This page is out of date. Please open it again and send the form once more.")


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    *,
    part: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render ``template``, or only its partial ``part`` for an HTMX request.

    Boosted links and history restores get the page, because they replace the body.
    """
    htmx = getattr(request, "htmx", None)
    wants_part = part and htmx and not htmx.boosted and not htmx.history_restore_request
    chosen = f"{template}#{part}" if wants_part else template
    response = render(request, chosen, {"now": clock.now(), **context}, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def without_key(view: View) -> View:
    """Mark a view whose POST may be repeated freely (signing out, choosing a language)."""
    view.takes_no_key = True  # type: ignore[attr-defined]
    return view


class LanguageMiddleware:
    """Speak the language that the person chose, otherwise that of the zone."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(LANGUAGE_COOKIE, "")
        if chosen not in dict(settings.LANGUAGES):
            chosen = import_string(settings.ZONE_LANGUAGE)()
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        return response


class NoStoreMiddleware:
    """Keep the pages of a signed-in person out of every cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class IdempotencyMiddleware:
    """Let a form that is sent twice change things once.

    The key, the change and the answer are written in one transaction; the second sender gets the
    answer of the first. An answer of 400 or more undoes everything and leaves the key unused.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = request.user
        if request.method != "POST" or not isinstance(actor, AbstractBaseUser):
            return self.get_response(request)
        if _takes_no_key(request.path_info):
            return self.get_response(request)
        key = request.headers.get("Idempotency-Key") or request.POST.get("idempotency_key", "")
        if not 8 <= len(key) <= 64:
            return refusals.answer(request, KeyMissing())
        try:
            return self._once(request, actor, key)
        except services.KeyUsedForSomethingElse as refusal:
            return refusals.answer(request, refusal)

    def _once(self, request: HttpRequest, actor: AbstractBaseUser, key: str) -> HttpResponse:
        with transaction.atomic():
            kept, is_new = services.claim_key(
                actor=actor, key=key, digest=_digest(request), now=clock.now()
            )
            if not is_new:
                return HttpResponse(kept.body, status=kept.status, headers=kept.headers)
            response = self.get_response(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
                return response
            headers = {h: response.headers[h] for h in KEPT_HEADERS if h in response.headers}
            services.keep_answer(
                kept, status=response.status_code, headers=headers, body=response.text
            )
            return response


def _takes_no_key(path: str) -> bool:
    try:
        return hasattr(resolve(path).func, "takes_no_key")
    except Resolver404:
        return True


def _digest(request: HttpRequest) -> str:
    """Return a digest of what was sent: address, fields, names and sizes of files."""
    fields: list[Any] = [request.path_info]
    fields += sorted(
        (name, values) for name, values in request.POST.lists() if name not in NOT_CONTENT
    )
    fields += [
        (name, upload.name, upload.size)
        for name, uploads in sorted(request.FILES.lists())
        for upload in uploads
    ]
    return hashlib.sha256(repr(fields).encode()).hexdigest()
