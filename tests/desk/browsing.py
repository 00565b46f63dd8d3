"""Going through the desk's pages as a signed-in person."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shuniu.zone.accounts.models import User
from shuniu.zone.desk.models import Case
from tests.clients import Client

KEY = "page-0001"
HTMX = {"HX-Request": "true"}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
FRESH = r'"X-CSRFToken": "[^"]*"|name="(csrfmiddlewaretoken|idempotency_key)" value="[^"]*"'


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_url(case: Case) -> str:
    return reverse("desk:case-page", args=[case.pk])


def step_url(case: Case, step: str) -> str:
    return reverse("desk:case-step", args=[case.pk, step])


def queries_of(client: Client, url: str) -> int:
    """Return how many queries a page costs when everything that is kept in memory is there."""
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def text_of(response: Any) -> str:
    """Return what a person reads: no tags, spaces joined."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.text))).strip()


def without_keys(body: str) -> str:
    """Return a page without what is fresh in each."""
    return re.sub(FRESH, "", body)
