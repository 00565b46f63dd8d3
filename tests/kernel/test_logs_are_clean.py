"""Whatever people write into forms, addresses and headers: nothing of it stands in the logs."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from importlib import import_module
from inspect import getmembers, isclass
from io import StringIO
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from shuniu.config.logs import LOGGING
from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import User
from tests.architecture.sources import ZONE
from tests.clients import Client
from tests.factories import CaseFactory, EnterpriseFactory, person

PHONE, ID_NUMBER, PASSWORD, NAME = (
    "15412349876",
    "320684199003074419",
    "Kanarienvogel-7319",
    "沈金丝雀",
)
SECRETS = (PHONE, ID_NUMBER, PASSWORD, NAME)
FORGED = '{"event": "forged", "level": "info"}'
CANARY = f"{NAME} {PHONE} {ID_NUMBER} {PASSWORD}\r\n{FORGED}\n\x1b[31m\x00\u2028{FORGED}"
IN_HEADER = f"{PHONE} {ID_NUMBER} {PASSWORD}"
VALUES = (CANARY, PHONE)
PLACES = ("2026-11-19", "7e57da7a-0000-4000-8000-000000000001", "reply", "word")
PEOPLE: dict[str, tuple[Role, ...]] = {
    "nobody": (),
    "enterprise": (Role.ENTERPRISE_USER, Role.ENTERPRISE_ADMIN),
    "staff": (
        Role.CENTER_CLERK,
        Role.SERVICE_OFFICER,
        Role.UNIT_HANDLER,
        Role.SUPERVISOR,
        Role.LEADER,
        Role.SYSTEM_ADMIN,
    ),
    "security": (Role.SECURITY_ADMIN,),
    "audit": (Role.AUDIT_ADMIN,),
}
GEOREPORT = {"ending": "json", "number": "QS-20261119-0001"}
OF_DJANGO = {"csrfmiddlewaretoken", "idempotency_key"}


def every_field() -> set[str]:
    """Return the name of every field of every form of the product."""
    names: set[str] = set()
    for source in ZONE:
        if source.module != "forms":
            continue
        module = import_module(source.name.removesuffix(".__init__"))
        for _name, thing in getmembers(module, isclass):
            if issubclass(thing, forms.BaseForm):
                names |= set(getattr(thing, "base_fields", {}))
    return names


def every_address(number: int) -> list[str]:
    """Return every address of the product, about the rows of this number."""

    def walk(patterns: list[Any], space: str) -> Iterator[tuple[str, URLPattern]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, f"{pattern.namespace}:")
            else:
                yield f"{space}{pattern.name}", pattern

    found = []
    for name, pattern in walk(get_resolver().url_patterns, ""):
        if name == "kernel:live":
            continue  # an open stream takes no form
        places = {key: _place(kind, number) for key, kind in pattern.pattern.converters.items()}
        groups = pattern.pattern.regex.groupindex.keys() - places.keys()
        places |= {group: GEOREPORT[group] for group in groups}
        found.append(reverse(name, kwargs=places))
    return found


def _place(converter: Any, number: int) -> object:
    """Return something that fits a place of an address; of listed words the first."""
    candidates = (str(number), *PLACES, converter.regex.split("|")[0])
    fitting = (text for text in candidates if re.fullmatch(converter.regex, text))
    return converter.to_python(next(fitting))


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """Return what the product logs, as it would stand in the file."""
    stream = StringIO()
    formatter = LOGGING["formatters"]["json"]
    handler = logging.StreamHandler(stream)
    kind = formatter["()"]
    handler.setFormatter(kind(**{name: formatter[name] for name in formatter if name != "()"}))
    names = [name for name, logger in LOGGING["loggers"].items() if logger.get("handlers") != []]
    monkeypatch.setattr(logging.getLogger(), "handlers", [handler])
    for name in names:
        monkeypatch.setattr(logging.getLogger(name), "handlers", [handler])
        monkeypatch.setattr(logging.getLogger(name), "propagate", False)
    return stream


def form_of(value: str, number: int) -> dict[str, object]:
    """Return every field of the product filled with ``value``, and a file of that name."""
    fields: dict[str, object] = dict.fromkeys(sorted(every_field()), value)
    file = SimpleUploadedFile(f"{PHONE}.pdf", CANARY.encode())
    return fields | {"uploads": file, "file": file, "idempotency_key": f"canary-{number:04d}"}


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("who", PEOPLE)
def test_nothing_that_was_sent_stands_in_the_log_and_each_event_is_one_line(
    who: str, logged: StringIO
) -> None:
    enterprise = EnterpriseFactory.create()
    case = CaseFactory.create(enterprise=enterprise)
    firm = enterprise if who == "enterprise" else None
    office = "service_center" if who == "staff" else ""
    user = person(*PEOPLE[who], enterprise=firm, office=office) if PEOPLE[who] else None
    headers = {"User-Agent": IN_HEADER, "X-Forwarded-For": PHONE, "Referer": f"http://x/{PHONE}"}
    searched = {"words": CANARY, "name": CANARY, "next": CANARY, "subject": CANARY}

    for number, url in enumerate(every_address(case.pk)):
        client = browser_of(user)
        for turn, value in enumerate(VALUES):
            client.post(url, form_of(value, 10 * number + turn), headers=headers)
        browser_of(user).get(url, searched, headers=headers)
    client.get(f"/{PHONE}%0D%0A{ID_NUMBER}/{PASSWORD}/", headers=headers)

    text = logged.getvalue()
    assert [secret for secret in SECRETS if secret in text or _escaped(secret) in text] == []
    lines = [json.loads(line) for line in text.splitlines()]
    assert lines != []
    assert [line for line in lines if line["event"] == "forged"] == []
    assert [line["exception"] for line in lines if line["event"] == "request_failed"] == []


def browser_of(user: User | None) -> Client:
    """Return a browser in which ``user`` is signed in."""
    client = Client(raise_request_exception=False)
    client.cookies["canary"] = PHONE
    if user is not None:
        client.force_login(user)
    return client


def _escaped(text: str) -> str:
    return json.dumps(text).strip('"')


def test_there_are_forms_and_addresses_to_try() -> None:
    assert {"text", "password", "name"} <= every_field() - OF_DJANGO
    assert reverse("accounts:sign-in") in every_address(1)
