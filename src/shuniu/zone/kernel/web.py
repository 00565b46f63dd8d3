"""How a browser is answered: pages and parts, language, and forms that may be sent twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel import clock, refusals, services
from shuniu.zone.kernel.facts import RequestRefused
from shuniu.zone.kernel.models import KeptAnswer
from shuniu.zone.kernel.rfc9457 import is_for_programs

LANGUAGE_COOKIE = "language"
THEME_COOKIE = "theme"
THEMES = ("auto", "light", "dark")
KEPT_HEADERS = (
    "Content-Type",
    "Location",
    "HX-Redirect",
    "HX-Retarget",
    "HX-Reswap",
    "HX-Trigger",
    "ETag",
)
NOT_CONTENT = {"csrfmiddlewaretoken", "idempotency_key"}
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
UNNAMED_REFUSALS = {403: "kernel.forbidden", 404: "kernel.not_found", 429: "kernel.too_often"}
BITS_OF_A_ROW = 64
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")

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


class KeyMissingInProgram(KeyMissing):
    status = 400
    sentence = _(
        "A request that changes something needs the header Idempotency-Key with 8 to 64 characters,"
        " new for each change."
    )


class LanguageMiddleware:
    """Speak the language that the person chose, otherwise that of the zone."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(LANGUAGE_COOKIE, "")
        if is_for_programs(request) and "Accept-Language" in request.headers:
            chosen = translation.get_language_from_request(request)
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


class RefusalTraceMiddleware:
    """Record each "no" that a signed-in person is told, once.

    It stands outside of the transaction that a refusal undoes. What counts is every Refusal, every
    answer of 403 or 429, and 404 of an address that exists: a row that is not theirs to see. A form
    that is shown again with its errors is no refusal.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        code = getattr(response, "refusal_code", UNNAMED_REFUSALS.get(response.status_code))
        if code is None or not isinstance(request.user, AbstractBaseUser):
            return response
        match = _match(request)
        if match is not None:
            services.note_refusal(
                refused=RequestRefused(
                    address=match.view_name,
                    row=" ".join(_numbers(match.kwargs)),
                    method=request.method if request.method in METHODS else "OTHER",
                    status=response.status_code,
                    code=code,
                ),
                actor=request.user,
                now=clock.now(),
            )
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
        if _takes_no_key(request):
            return self.get_response(request)
        key = request.headers.get("Idempotency-Key") or request.POST.get("idempotency_key", "")
        if not 8 <= len(key) <= 64:
            is_program = is_for_programs(request)
            return refusals.answer(request, KeyMissingInProgram() if is_program else KeyMissing())
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
                return _again(request, kept)
            response = self.get_response(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
                return response
            headers = {h: response.headers[h] for h in KEPT_HEADERS if h in response.headers}
            services.keep_answer(
                kept, status=response.status_code, headers=headers, body=response.text
            )
            return response


def _again(request: HttpRequest, kept: KeptAnswer) -> HttpResponse:
    """Return the answer of the first; a program is told that it is not the first."""
    answer = HttpResponse(kept.body, status=kept.status, headers=kept.headers)
    if is_for_programs(request):
        answer.headers["Idempotency-Replayed"] = "true"
    return answer


def _takes_no_key(request: HttpRequest) -> bool:
    match = _match(request)
    return match is None or hasattr(match.func, "takes_no_key")


def _match(request: HttpRequest) -> ResolverMatch | None:
    """Return which view the address leads to; nothing if there is none."""
    try:
        return request.resolver_match or resolve(request.path_info)
    except Resolver404:
        return None


def _numbers(places: Mapping[str, object]) -> Iterator[str]:
    """Yield the places of an address that are numbers: words in it may tell of a person."""
    for name, value in places.items():
        is_number = isinstance(value, int) and value.bit_length() < BITS_OF_A_ROW
        if is_number or isinstance(value, UUID):
            yield f"{name}={value}"


def _digest(request: HttpRequest) -> str:
    """Return a keyed digest of what was sent: address, fields, names and sizes of files."""
    fields: list[Any] = [request.path_info]
    fields += sorted(
        (name, values) for name, values in request.POST.lists() if name not in NOT_CONTENT
    )
    fields += [
        (name, upload.name, upload.size)
        for name, uploads in sorted(request.FILES.lists())
        for upload in uploads
    ]
    if request.content_type not in FORM_TYPES:
        fields.append(hashlib.sha256(request.body).hexdigest())
    return salted_hmac("kernel.form", repr(fields), algorithm="sha256").hexdigest()
