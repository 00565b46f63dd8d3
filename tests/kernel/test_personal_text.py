"""Personal data cannot be read from the database without the key, nor moved to another place."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import pytest
from django.apps import apps
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection, models, transaction
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from shuniu.config.keys import DataKeyring, load_keys
from shuniu.zone.kernel.fields import (
    CannotBeOpened,
    PersonalTextField,
    Sealed,
    seal,
    unseal,
)
from shuniu.zone.registry.models import Contact
from tests.factories import ContactFactory, EnterpriseFactory

PHONE = "15400099887"


def raw(contact: Contact, column: str) -> bytes:
    """Return the bytes of a column as the database has them."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM registry_contact WHERE id = %s",  # noqa: S608  # our own word
            [row_key(contact)],
        )
        return bytes(cursor.fetchone()[0])


def put_raw(contact: Contact, column: str, value: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE registry_contact SET {column} = %s WHERE id = %s",  # noqa: S608  # our own word
            [value, row_key(contact)],
        )


def row_key(contact: Contact) -> str:
    return contact.pk.hex if connection.vendor == "sqlite" else str(contact.pk)


def read(contact: Contact) -> Contact:
    return Contact.objects.get(pk=contact.pk)


def model_of(name: str, /, **fields: models.Field[Any, Any]) -> type[models.Model]:
    """Return a model with these fields."""
    meta = type("Meta", (), {"app_label": "kernel"})
    return type(name, (models.Model,), {"__module__": __name__, "Meta": meta, **fields})


@pytest.fixture
def other_ring(tmp_path: Path) -> DataKeyring:
    load_keys(tmp_path)
    return DataKeyring(tmp_path)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["沈样例", "Ål 👩‍🔧\n\x00", "x" * 10_000, " "])
def test_what_was_written_is_read(name: str) -> None:
    contact = ContactFactory.create(name=name)

    assert read(contact).name == name


@pytest.mark.django_db
def test_an_empty_text_is_kept_as_no_bytes() -> None:
    contact = ContactFactory.create(phone="")

    assert (read(contact).phone, raw(contact, "phone")) == ("", b"")


@pytest.mark.django_db
def test_the_column_holds_layout_number_nonce_the_sealed_text_and_a_tag() -> None:
    contact = ContactFactory.create(phone=PHONE)

    stored = raw(contact, "phone")
    assert (stored[:3], len(stored)) == (b"\x01\x00\x01", 1 + 2 + 12 + len(PHONE) + 16)
    assert PHONE.encode() not in stored


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

    with pytest.raises(CannotBeOpened) as refused:
        _ = read(contact).name

    assert refused.value.place == f"registry_contact.name.{contact.pk}"
    assert str(refused.value) == f"registry_contact.name.{contact.pk} cannot be opened"


@pytest.mark.django_db
def test_values_of_two_rows_that_are_swapped_cannot_be_opened() -> None:
    one, other = ContactFactory.create(phone=PHONE), ContactFactory.create(phone="15400000001")
    stored = raw(one, "phone"), raw(other, "phone")
    put_raw(one, "phone", stored[1])
    put_raw(other, "phone", stored[0])

    refused = []
    for contact in (one, other):
        with pytest.raises(CannotBeOpened) as place:
            _ = read(contact).phone
        refused.append(place.value.place)

    assert refused == [f"registry_contact.phone.{row.pk}" for row in (one, other)]
    assert read(one).name == "沈样例"


def test_a_value_of_another_table_cannot_be_opened() -> None:
    sealed = seal(PHONE, "registry_contact.phone.1")

    with pytest.raises(CannotBeOpened):
        unseal(Sealed(sealed.stored, "accounts_phone.phone.1"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value", [b"\x00", b"\x00" * 28, b"15400099887", b"\x01\x00\x01", b"\x01\x00\x01" + b"0" * 12]
)
def test_bytes_that_were_never_sealed_cannot_be_opened(value: bytes) -> None:
    contact = ContactFactory.create()
    put_raw(contact, "phone", value)

    with pytest.raises(CannotBeOpened):
        _ = read(contact).phone


@given(st.text(min_size=1), st.integers(min_value=0), st.integers(1, 255))
def test_a_text_of_which_one_byte_was_changed_is_never_opened(
    text: str, position: int, change: int
) -> None:
    whole = seal(text.encode("utf-8", "replace").decode(), "a.b.c").stored
    at = position % len(whole)
    changed = whole[:at] + bytes([whole[at] ^ change]) + whole[at + 1 :]

    with pytest.raises(CannotBeOpened):
        unseal(Sealed(changed, "a.b.c"))


@pytest.mark.django_db
def test_another_key_opens_nothing(settings: Settings, other_ring: DataKeyring) -> None:
    contact = ContactFactory.create()
    settings.DATA_KEYRING = other_ring

    with pytest.raises(CannotBeOpened):
        _ = read(contact).phone


@pytest.mark.django_db
def test_texts_of_two_keys_are_read_until_the_older_is_taken_away(
    settings: Settings, other_ring: DataKeyring
) -> None:
    settings.DATA_KEYRING = other_ring
    older = ContactFactory.create(phone=PHONE)
    other_ring.begin_rotation()
    newer = ContactFactory.create(phone=PHONE)
    assert (read(older).phone, read(newer).phone) == (PHONE, PHONE)

    other_ring.end_rotation()

    assert read(newer).phone == PHONE
    with pytest.raises(CannotBeOpened):
        _ = read(older).phone


@pytest.mark.django_db
def test_rows_written_in_bulk_are_sealed_each_for_itself() -> None:
    firm = EnterpriseFactory.create()
    Contact.objects.bulk_create(Contact(enterprise=firm, name=f"沈{n}", phone="") for n in range(3))

    assert sorted(c.name for c in Contact.objects.all()) == ["沈0", "沈1", "沈2"]


@pytest.mark.django_db
def test_one_column_is_saved_alone() -> None:
    contact = ContactFactory.create(name="沈样例", phone=PHONE)
    name, phone = raw(contact, "name"), raw(contact, "phone")
    again = read(contact)
    again.name = "钱样例"
    again.save(update_fields=["name"])

    assert (read(contact).name, read(contact).phone) == ("钱样例", PHONE)
    assert (raw(contact, "name") == name, raw(contact, "phone") == phone) == (False, True)


@pytest.mark.django_db
def test_a_row_that_is_saved_unread_keeps_its_bytes() -> None:
    contact = ContactFactory.create()
    stored = raw(contact, "name"), raw(contact, "phone")
    again = read(contact)
    again.title = "主任"
    again.save(update_fields=["title", "name"])

    assert (raw(contact, "name"), raw(contact, "phone")) == stored


@pytest.mark.django_db
def test_a_row_read_again_has_what_is_stored() -> None:
    contact = ContactFactory.create(phone=PHONE)
    other = read(contact)
    other.phone = "15400000001"
    other.save()

    contact.refresh_from_db()

    assert contact.phone == "15400000001"


@pytest.mark.django_db
def test_a_text_is_read_through_a_join_and_when_it_was_left_out(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    contact = ContactFactory.create(name="沈样例", phone=PHONE)
    joined = Contact.objects.select_related("enterprise").get(pk=contact.pk)
    without = Contact.objects.only("title").get(pk=contact.pk)

    with django_assert_num_queries(1):  # the text that was left out
        read_texts = (joined.name, joined.phone, without.phone)

    assert read_texts == ("沈样例", PHONE, PHONE)


@pytest.mark.django_db
@pytest.mark.parametrize("is_read_before", [False, True])
def test_a_row_is_copied_and_packed_with_its_texts(
    is_read_before: bool,
) -> None:
    contact = read(ContactFactory.create(phone=PHONE))
    if is_read_before:
        assert contact.phone == PHONE

    copies = (copy.copy(contact), copy.deepcopy(contact), pickle.loads(pickle.dumps(contact)))  # noqa: S301  # our own

    assert [it.phone for it in copies] == [PHONE] * 3


@pytest.mark.django_db
def test_a_row_that_becomes_another_is_sealed_for_it() -> None:
    contact = read(ContactFactory.create(phone=PHONE))
    contact.pk = uuid4()
    contact._state.adding = True
    contact.save()

    assert sorted(it.phone for it in Contact.objects.all()) == [PHONE, PHONE]


@pytest.mark.django_db
def test_rows_as_values_do_not_show_their_texts() -> None:
    ContactFactory.create(phone=PHONE)

    (phone,) = Contact.objects.values_list("phone", flat=True)

    assert (str(phone), repr(phone), f"{phone}") == ("•••", "Sealed(•••)", "•••")
    with pytest.raises(TypeError):
        json.dumps(phone)


@pytest.mark.django_db
def test_a_text_is_not_updated_without_its_row() -> None:
    contact = ContactFactory.create(phone=PHONE)

    contact.phone = "15400000001"

    writes: tuple[Callable[[], int], ...] = (
        lambda: Contact.objects.update(phone="15400000001"),
        lambda: Contact.objects.bulk_update([contact], ["phone"]),
    )
    for write in writes:
        refused = pytest.raises(TypeError, match=r"phone: personal data are saved with their row")
        with refused, transaction.atomic():
            write()

    assert read(contact).phone == PHONE


@pytest.mark.django_db
def test_texts_are_emptied_without_their_rows() -> None:
    contact = ContactFactory.create(phone=PHONE)

    assert Contact.objects.update(phone="") == 1
    assert (read(contact).phone, raw(contact, "phone")) == ("", b"")


@pytest.mark.django_db
@pytest.mark.parametrize("lookup", ["phone__contains", "phone__in", "phone__gt", "phone__iexact"])
def test_it_cannot_be_searched(lookup: str) -> None:
    with pytest.raises(FieldError):
        Contact.objects.filter(**{lookup: [PHONE]})
    with pytest.raises(TypeError):
        Contact.objects.filter(phone=PHONE).exists()


@pytest.mark.django_db
def test_empty_texts_can_be_found() -> None:
    ContactFactory.create(phone=PHONE)
    without = ContactFactory.create(phone="")

    assert list(Contact.objects.filter(phone="")) == [without]


@pytest.mark.django_db
def test_it_is_not_serialized() -> None:
    with pytest.raises(TypeError, match=r"Personal data is not serialized\."):
        serializers.serialize("json", [ContactFactory.create()])


def test_migrations_name_the_field_as_it_is() -> None:
    name, path, args, options = PersonalTextField().deconstruct()

    assert (path, args, options) == ("shuniu.zone.kernel.fields.PersonalTextField", [], {})
    assert name is None


@isolate_apps("tests.kernel")
def test_a_model_whose_key_only_the_database_gives_is_told_of() -> None:
    numbered = model_of("Numbered", text=PersonalTextField())
    later = model_of("Later", id=models.UUIDField(primary_key=True), text=PersonalTextField())
    known = model_of(
        "Known", id=models.UUIDField(primary_key=True, default=uuid4), text=PersonalTextField()
    )
    user = models.OneToOneField(known, on_delete=models.CASCADE, primary_key=True)
    beside = model_of("Beside", user=user, text=PersonalTextField())

    told = [
        [message.id for message in model.check() if message.id == "kernel.E001"]
        for model in (numbered, later, known, beside)
    ]

    assert told == [["kernel.E001"], ["kernel.E001"], [], []]


@isolate_apps("tests.kernel")
def test_a_text_is_not_sealed_before_its_row_is_known() -> None:
    numbered = model_of("Numbered", text=PersonalTextField())
    field = cast("PersonalTextField", numbered._meta.get_field("text"))

    with pytest.raises(TypeError, match="known before insert"):
        field.pre_save(numbered(text="x"), add=True)


def test_every_model_of_the_zone_knows_its_key_in_time() -> None:
    told = [str(message) for model in apps.get_models() for message in model.check()]

    assert [line for line in told if "kernel.E001" in line] == []
