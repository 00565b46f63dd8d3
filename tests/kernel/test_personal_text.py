"""Personal data cannot be read from the database without the key."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import connection
from pytest_django import Settings

from shuniu.zone.kernel import fields
from shuniu.zone.registry.models import Contact
from tests.factories import ContactFactory

PHONE = "15400099887"


def raw(contact: Contact, column: str) -> bytes:
    """Return the bytes of a column as the database has them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM registry_contact WHERE id = %s", [contact.pk])  # noqa: S608  # our own word
        return bytes(cursor.fetchone()[0])


def put_raw(contact: Contact, column: str, value: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE registry_contact SET {column} = %s WHERE id = %s",  # noqa: S608  # our own word
            [value, contact.pk],
        )


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["沈样例", "Ål 👩‍🔧\n\x00", "x" * 10_000, " "])
def test_what_was_written_is_read(name: str) -> None:
    contact = ContactFactory.create(name=name)

    assert Contact.objects.get(pk=contact.pk).name == name


@pytest.mark.django_db
def test_an_empty_text_is_kept_as_no_bytes() -> None:
    contact = ContactFactory.create(phone="")

    assert (Contact.objects.get(pk=contact.pk).phone, raw(contact, "phone")) == ("", b"")


@pytest.mark.django_db
def test_the_column_holds_a_nonce_the_sealed_text_and_a_tag() -> None:
    contact = ContactFactory.create(phone=PHONE)

    assert len(raw(contact, "phone")) == 12 + len(PHONE) + 16
    assert PHONE.encode() not in raw(contact, "phone")


@pytest.mark.django_db
def test_the_same_text_is_sealed_differently_each_time() -> None:
    one, other = ContactFactory.create(phone=PHONE), ContactFactory.create(phone=PHONE)

    assert raw(one, "phone") != raw(other, "phone")


@pytest.mark.usefixtures("shared_database")
def test_whoever_has_the_database_alone_does_not_find_the_text(tmp_path: Path) -> None:
    ContactFactory.create(name="钱读不到", phone=PHONE, title="在表里的职务")

    stored = everything_stored(tmp_path)

    found = {
        text: text.encode() in stored or text.encode().hex().encode() in stored
        for text in ("在表里的职务", "钱读不到", PHONE)
    }
    assert found == {"在表里的职务": True, "钱读不到": False, PHONE: False}


def everything_stored(folder: Path) -> bytes:
    """Return the files of SQLite, or the rows of PostgreSQL as it writes them out."""
    if connection.vendor == "sqlite":
        return b"".join(path.read_bytes() for path in folder.glob("shared.sqlite3*"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(c::text, '') FROM registry_contact c")
        return str(cursor.fetchone()[0]).encode()


@pytest.mark.django_db
def test_a_value_moved_to_another_column_cannot_be_opened() -> None:
    contact = ContactFactory.create()
    put_raw(contact, "name", raw(contact, "phone"))

    with pytest.raises(ValidationError, match=r"registry_contact\.name cannot be opened"):
        contact.refresh_from_db()


@pytest.mark.django_db
@pytest.mark.parametrize("value", [b"\x00", b"\x00" * 28, b"15400099887"])
def test_bytes_that_were_never_sealed_cannot_be_opened(value: bytes) -> None:
    contact = ContactFactory.create()
    put_raw(contact, "phone", value)

    with pytest.raises(ValidationError, match=r"registry_contact\.phone cannot be opened"):
        contact.refresh_from_db()


@pytest.mark.django_db
def test_another_key_opens_nothing(settings: Settings) -> None:
    contact = ContactFactory.create()
    settings.PERSONAL_DATA_KEY = bytes(32)

    with pytest.raises(ValidationError):
        contact.refresh_from_db()


@pytest.mark.django_db
def test_it_cannot_be_searched() -> None:
    ContactFactory.create(phone=PHONE)

    assert not Contact.objects.filter(phone=PHONE).exists()


@pytest.mark.django_db
def test_it_is_not_serialized() -> None:
    with pytest.raises(TypeError, match=r"Personal data is not serialized\."):
        serializers.serialize("json", [ContactFactory.create()])


def test_migrations_name_the_field_as_it_is() -> None:
    name, path, args, options = fields.PersonalTextField().deconstruct()

    assert (path, args, options) == ("shuniu.zone.kernel.fields.PersonalTextField", [], {})
    assert name is None
