from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from shuniu.zone.kernel import web
from shuniu.zone.kernel.rfc9457 import is_for_programs, problem

YEAR_S = 365 * 24 * 3600


@login_not_required
@web.without_key
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    return _remember(request, web.LANGUAGE_COOKIE, "language", tuple(dict(settings.LANGUAGES)))


@login_not_required
@web.without_key
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    return _remember(request, web.THEME_COOKIE, "theme", web.THEMES)


@login_not_required
@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """Answer whether this process can reach its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    is_too_big = isinstance(exception, RequestDataTooBig)
    if is_for_programs(request):
        return problem(request, 413 if is_too_big else 400)
    if is_too_big:
        return render(request, "kernel/413.html", status=413)
    return render(request, "kernel/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature
    if is_for_programs(request):
        return problem(request, 403)
    return render(request, "kernel/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # Django's signature
    response = render(request, "kernel/csrf.html", status=403)
    response.refusal_code = "kernel.form_token_missing"  # type: ignore[attr-defined]  # read by RefusalTraceMiddleware
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature
    if is_for_programs(request):
        return problem(request, 404)
    return render(request, "kernel/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer without the request: what surrounds a page may be what is broken."""
    if is_for_programs(request):
        return problem(request, 500)
    return HttpResponse(render_to_string("500.html"), status=500)


def _remember(
    request: HttpRequest, cookie: str, field: str, allowed: tuple[str, ...]
) -> HttpResponse:
    """Store a choice for a year and go back to the page that it was made on."""
    response = redirect(_page_before(request))
    value = request.POST.get(field, "")
    if value in allowed:
        response.set_cookie(
            cookie, value, max_age=YEAR_S, samesite="Lax", secure=settings.CSRF_COOKIE_SECURE
        )
    return response


def _page_before(request: HttpRequest) -> str:
    """Return the path that the form was on: never another host."""
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return "/"
    if came_from.netloc != request.get_host() or not came_from.path.startswith("/"):
        return "/"
    path = "/" + came_from.path.lstrip("/")
    return f"{path}?{came_from.query}" if came_from.query else path
