"""Where to go afterwards: a page of this site that can be opened, never another place."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme


def wanted_page(request: HttpRequest) -> str:
    """Return the page asked for in ``next`` if it is ours and opens by a link; else nothing."""
    wanted = request.GET.get("next", "")
    is_own = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    if not is_own:
        return ""
    parts = urlsplit(wanted)
    try:
        view = resolve(parts.path).func
    except Resolver404:
        return ""
    if "GET" not in methods_of(view):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def go_on(request: HttpRequest, otherwise: str) -> HttpResponse:
    """Lead to the page asked for in ``next``, or to ``otherwise``."""
    return redirect(wanted_page(request) or resolve_url(otherwise))


def by_way_of(name: str, then: str) -> HttpResponse:
    """Lead to the address called ``name``, and from there on to ``then``."""
    return redirect(f"{reverse(name)}?{urlencode({'next': then})}" if then else reverse(name))


def methods_of(view: Callable[..., object]) -> tuple[str, ...]:
    """Return the methods that a view lets in; Django's decorator keeps them for itself."""
    while True:
        methods = inspect.getclosurevars(view).nonlocals.get("request_method_list")
        if methods is not None:
            return tuple(methods)
        if not hasattr(view, "__wrapped__"):
            return ()
        view = view.__wrapped__
