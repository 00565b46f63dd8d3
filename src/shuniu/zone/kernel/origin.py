"""Where the work that is being done was asked for: an address, the worker, the command line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

WORKER = "worker"
COMMAND_LINE = "command line"
MOST_HOPS = 20

_origin: ContextVar[str] = ContextVar("origin", default="")


def origin() -> str:
    """Return where the present work was asked for; empty if nobody said."""
    return _origin.get()


@contextmanager
def origin_is(name: str) -> Iterator[None]:
    """Say where the work inside the block was asked for."""
    token = _origin.set(name)
    try:
        yield
    finally:
        _origin.reset(token)


def origin_was(name: str) -> None:
    """Say where all work from now on was asked for, in a process that does nothing else."""
    _origin.set(name)


class OriginMiddleware:
    """Say for each request which address it came from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with origin_is(client_address(request, settings.ENVIRONMENT.proxies)):
            return self.get_response(request)


def client_address(request: HttpRequest, proxies: Collection[str]) -> str:
    """Return the address of the client, of which only our own proxies are believed to tell.

    Each proxy adds to ``X-Forwarded-For`` whom it was asked by, so from the right the first address
    that is not a proxy of ours is the nearest that we know for certain. What stands left of it was
    written by the client and may be invented. Empty if the server itself does not know.
    """
    address = _address(request.META.get("REMOTE_ADDR", ""))
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-MOST_HOPS:]
    while address in proxies and told:
        hop = _address(told.pop())
        if not hop:
            break
        address = hop
    return address


def _address(text: str) -> str:
    """Return an address in its one form, without port and brackets; empty if it is none."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ip_address(bare.partition("%")[0])
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)
