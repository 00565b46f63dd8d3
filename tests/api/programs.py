"""Programs that ask the API with a key of a person."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from django.test import Client

from shuniu.zone.accounts.models import SecondFactor, User
from shuniu.zone.accounts.services import make_token
from shuniu.zone.kernel import clock

API = "/api/v1"


def key_of(person: User, *, may_write: bool = True, days: int = 30) -> str:
    """Return a new key of somebody, whose second factor is set up."""
    now = clock.now()
    SecondFactor.objects.get_or_create(
        user=person, defaults={"secret": "JBSWY3DPEHPK3PXP", "made_at": now, "confirmed_at": now}
    )
    SecondFactor.objects.filter(user=person).update(confirmed_at=now)
    return make_token(name="a program", may_write=may_write, days=days, actor=person, now=now).key


class Program:
    """A client with a key; every POST has a new idempotency key unless one is given."""

    def __init__(self, key: str, *, language: str = "en") -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {key}", "Accept-Language": language}

    def get(self, address: str, **headers: str) -> Any:
        return self.client.get(_whole(address), headers=self.headers | headers)

    def post(self, address: str, body: object = None, *, once: str = "", **headers: str) -> Any:
        given = self.headers | {"Idempotency-Key": once or uuid4().hex} | headers
        if body is None:
            return self.client.post(_whole(address), headers=given)
        return self.client.post(
            _whole(address), json.dumps(body), content_type="application/json", headers=given
        )


def program_of(person: User, *, may_write: bool = True, language: str = "en") -> Program:
    """Return a program that asks for somebody."""
    return Program(key_of(person, may_write=may_write), language=language)


def _whole(address: str) -> str:
    return address if address.startswith("/api/") else f"{API}{address}"
