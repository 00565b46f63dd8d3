"""Facts say where the request came from, and believe only our own proxies about it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from shuniu.zone.kernel.origin import OriginMiddleware, client_address, origin, origin_is

HERE = "127.0.0.1"


def address(remote: str, forwarded: str | None, *proxies: str) -> str:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)
    return client_address(request, proxies)


def test_nobody_said_where_it_came_from() -> None:
    assert origin() == ""


def test_what_is_said_holds_inside_the_block_only() -> None:
    with origin_is("worker"):
        with origin_is("192.0.2.7"):
            assert origin() == "192.0.2.7"
        assert origin() == "worker"

    assert origin() == ""


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "expected"),
    [
        ("192.0.2.7", None, (), "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", (), "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", (HERE,), "192.0.2.7"),
        (HERE, "198.51.100.1", (HERE,), "198.51.100.1"),
        (HERE, "10.9.9.9, 198.51.100.1", (HERE,), "198.51.100.1"),
        (HERE, "10.9.9.9, 198.51.100.1, 10.0.0.5", (HERE, "10.0.0.5"), "198.51.100.1"),
        (HERE, "10.0.0.5", (HERE, "10.0.0.5"), "10.0.0.5"),
        (HERE, None, (HERE,), HERE),
        (HERE, "nonsense", (HERE,), HERE),
        (HERE, "198.51.100.1, <script>", (HERE,), HERE),
        (HERE, "198.51.100.1:4711", (HERE,), "198.51.100.1"),
        (HERE, "[2001:DB8::1]:4711", (HERE,), "2001:db8::1"),
        ("::ffff:127.0.0.1", "198.51.100.1", (HERE,), "198.51.100.1"),
        ("::1", "2001:db8::1", ("::1",), "2001:db8::1"),
        ("fe80::1%eth0", None, (), "fe80::1"),
        ("", "198.51.100.1", (HERE,), ""),
        (HERE, ",".join(["1.1.1.1"] * 9_000), (HERE,), "1.1.1.1"),
    ],
)
def test_the_nearest_address_that_is_no_proxy_of_ours_is_the_client(
    remote: str, forwarded: str | None, proxies: tuple[str, ...], expected: str
) -> None:
    assert address(remote, forwarded, *proxies) == expected


def test_a_request_has_its_address_until_it_is_answered(settings: Settings) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, proxies=(HERE,))
    seen = []

    def view(_request: HttpRequest) -> HttpResponse:
        seen.append(origin())
        return HttpResponse()

    request = RequestFactory().get("/", headers={"X-Forwarded-For": "198.51.100.1"})
    OriginMiddleware(view)(request)

    assert (seen, origin()) == (["198.51.100.1"], "")


def test_the_address_is_known_before_anything_else_looks_at_the_request(
    settings: Settings,
) -> None:
    assert settings.MIDDLEWARE[1] == "shuniu.zone.kernel.origin.OriginMiddleware"
