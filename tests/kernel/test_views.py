"""Health, error pages, choices of the person, and the headers around everything."""

from __future__ import annotations

import json
import re

import pytest
from django.conf import settings

from tests.clients import Client
from tests.factories import UserFactory, clerk

pytestmark = [pytest.mark.urls("tests.kernel.pages"), pytest.mark.usefixtures("zone")]
TELLTALES = re.compile(
    r"Traceback|RuntimeError|on fire|\.py\b|/srv/|site-packages|Django/|Python/|\b\d+\.\d+\.\d+\b"
)


def directives(policy: str) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())


def test_health_says_that_the_database_answers(client: Client) -> None:
    answer = client.get("/health/")

    assert (answer.status_code, json.loads(answer.content)) == (200, {"status": "ok"})


def test_an_address_that_does_not_exist_is_a_404_in_the_language_of_the_zone(
    client: Client,
) -> None:
    page = client.get("/nothing/")

    assert page.status_code == 404
    assert re.findall(r"<h1>\s*(.*?)\s*</h1>", page.text) == ["没有找到"]
    assert not TELLTALES.search(page.text)


def test_a_page_that_is_somebody_elses_is_a_403(client: Client) -> None:
    client.force_login(UserFactory.create())

    page = client.get("/system/")

    assert (page.status_code, TELLTALES.search(page.text)) == (403, None)


def test_a_form_without_its_token_is_a_403_that_says_what_to_do() -> None:
    client = Client(enforce_csrf_checks=True)

    page = client.post("/sign-in/", {"name": "a", "password": "b"})

    assert (page.status_code, TELLTALES.search(page.text)) == (403, None)
    assert 'lang="zh-hans"' in page.text


def test_a_request_that_makes_no_sense_is_a_400(client: Client) -> None:
    page = client.post("/sign-in/", {f"field{n}": "x" for n in range(201)})

    assert (page.status_code, TELLTALES.search(page.text)) == (400, None)


def test_a_fault_shows_neither_trace_nor_version_nor_path(client: Client) -> None:
    client.raise_request_exception = False

    page = client.get("/broken/")

    assert (page.status_code, TELLTALES.search(page.text)) == (500, None)
    assert TELLTALES.search(str(page.headers)) is None


def test_an_unknown_host_is_a_400(client: Client) -> None:
    page = client.get("/health/", headers={"host": "evil.example"})

    assert (page.status_code, TELLTALES.search(page.text)) == (400, None)


@pytest.mark.parametrize("page", ["/language/", "/theme/"])
@pytest.mark.parametrize(
    ("referer", "goes_to"),
    [
        ("http://testserver/cases/?turn=mine", "/cases/?turn=mine"),
        ("http://testserver//evil.example/a", "/evil.example/a"),
        ("http://testserver/\\evil.example", "/%5Cevil.example"),
        ("https://evil.example/cases/", "/"),
        ("http://testserver.evil.example/cases/", "/"),
        ("http://testserver@evil.example/cases/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
        ("http://[", "/"),
    ],
)
def test_a_choice_leads_back_to_a_page_of_this_site_only(
    client: Client, page: str, referer: str, goes_to: str
) -> None:
    answer = client.post(page, {"language": "en", "theme": "dark"}, headers={"referer": referer})

    assert (answer.status_code, answer["Location"]) == (302, goes_to)


def test_a_theme_is_remembered_for_a_year(client: Client) -> None:
    answer = client.post("/theme/", {"theme": "dark"})

    cookie = answer.cookies["theme"]
    assert (cookie.value, cookie["max-age"], cookie["samesite"]) == ("dark", 31_536_000, "Lax")


@pytest.mark.parametrize("theme", ["", "pink", "dark;x=1"])
def test_a_theme_that_is_not_offered_is_not_remembered(client: Client, theme: str) -> None:
    assert "theme" not in client.post("/theme/", {"theme": theme}).cookies


@pytest.mark.parametrize("url", ["/health/", "/nothing/", "/speak/"])
def test_every_answer_has_the_policy_of_the_settings(client: Client, url: str) -> None:
    policy = directives(client.get(url)["Content-Security-Policy"])

    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "style-src-attr": "'unsafe-inline'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "manifest-src": "'self'",
    }
    assert sorted(policy) == sorted(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])


@pytest.mark.parametrize("url", ["/health/", "/nothing/", "/speak/", "/broken/"])
def test_every_answer_forbids_framing_and_guessing_of_types(client: Client, url: str) -> None:
    client.raise_request_exception = False

    answer = client.get(url)

    assert (
        answer["X-Content-Type-Options"],
        answer["X-Frame-Options"],
        answer["Referrer-Policy"],
        answer["Cross-Origin-Opener-Policy"],
    ) == ("nosniff", "DENY", "same-origin", "same-origin")


@pytest.mark.parametrize("url", ["/speak/", "/nothing/", "/system/", "/styles/"])
def test_pages_of_a_signed_in_person_are_kept_in_no_cache(client: Client, url: str) -> None:
    client.force_login(clerk())

    assert client.get(url)["Cache-Control"] == "private, no-store"
