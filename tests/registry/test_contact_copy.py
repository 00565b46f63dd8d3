"""Contacts of an older installation are carried over: another key, another seal, same people."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from shuniu.config.keys import load_keys
from shuniu.zone.kernel.fields import index_of
from shuniu.zone.registry.models import Contact
from tests.factories import THURSDAY_10

OLDER = [("registry", "0001_initial")]
PEOPLE = [("沈样例", "15400000001"), ("", "0513-8210 0001"), ("钱样例", "")]


def migrate(targets: list[tuple[str, str]]) -> Any:
    """Bring the database to these migrations; return its models of then."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


@pytest.fixture
def older(transactional_db: None) -> Iterator[Any]:  # noqa: ARG001  # the fixture opens the database
    """The models before contacts were sealed to their rows."""
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield migrate(OLDER)
    migrate(newest)


def older_seal(text: str, column: str) -> bytes:
    if not text:
        return b""
    key, nonce = load_keys(settings.ENVIRONMENT.home).data[1], os.urandom(12)
    place = f"registry_contact.{column}".encode()
    return nonce + AESGCM(key).encrypt(nonce, text.encode(), place)


def older_text(stored: bytes, column: str) -> str:
    if not stored:
        return ""
    key = load_keys(settings.ENVIRONMENT.home).data[1]
    place = f"registry_contact.{column}".encode()
    return AESGCM(key).decrypt(stored[:12], stored[12:], place).decode()


def run_sql(statement: str, *values: str | int | bytes) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def test_every_contact_is_carried_over_and_back(older: Any) -> None:
    firm = older.get_model("registry", "Enterprise").objects.create(
        name="海门样例有限公司", credit_code="91320614000000001X", registered_at=THURSDAY_10
    )
    rows = older.get_model("registry", "Contact").objects
    for name, phone in PEOPLE:
        pk = rows.create(enterprise=firm, title="经理", verified_at=THURSDAY_10).pk
        run_sql(
            "UPDATE registry_contact SET name = %s, phone = %s WHERE id = %s",
            older_seal(name, "name"), older_seal(phone, "phone"), pk,
        )  # fmt: skip

    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
    new = list(Contact.objects.all())

    assert sorted((c.name, c.phone) for c in new) == sorted(PEOPLE)
    assert {(c.enterprise_id, c.title, c.verified_at) for c in new} == {
        (firm.pk, "经理", THURSDAY_10)
    }
    assert all((c.phone_index or "") == index_of(Contact, "phone", c.phone) for c in new)

    migrate(OLDER)
    stored = run_sql("SELECT name, phone, title FROM registry_contact")

    back = [(older_text(bytes(n), "name"), older_text(bytes(p), "phone")) for n, p, _ in stored]
    assert (sorted(back), {title for *_, title in stored}) == (sorted(PEOPLE), {"经理"})
