"""A personal text is found by its blind index: exactly, and by who has the key alone."""

from __future__ import annotations

import ast
import hmac

import pytest
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from shuniu.zone.kernel.fields import BlindIndexField, PersonalTextField, index_of, plain_form
from shuniu.zone.kernel.keyring import personal_fields
from shuniu.zone.registry.models import Contact, Enterprise
from tests.architecture.sources import ZONE, line_of
from tests.factories import ContactFactory, EnterpriseFactory
from tests.kernel.test_personal_text import model_of

PHONE = "15400099887"


def found_by(phone: str) -> list[str]:
    rows = Contact.objects.filter(phone_index=index_of(Contact, "phone", phone))
    return [contact.name for contact in rows]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        "15400099887",
        "154 0009 9887",
        "154-0009-9887",
        "１５４０００９９８８７",
        "154‐0009‑9887\u200b",
    ],
)
def test_a_number_is_found_however_it_is_typed(typed: str) -> None:
    ContactFactory.create(name="沈样例", phone="154 0009-9887")
    ContactFactory.create(name="钱样例", phone="15400099888")

    assert found_by(typed) == ["沈样例"]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["1540009988", "5400099887", "154000998870", "%", ""])
def test_a_part_of_a_number_finds_nothing(typed: str) -> None:
    ContactFactory.create(phone=PHONE)
    ContactFactory.create(phone="")

    assert found_by(typed) == []


@pytest.mark.django_db
def test_the_index_follows_the_text_in_every_way_of_writing() -> None:
    one = ContactFactory.create(name="沈样例", phone=PHONE)
    firm = EnterpriseFactory.create()
    Contact.objects.bulk_create([Contact(enterprise=firm, name="钱样例", phone=PHONE)])
    assert sorted(found_by(PHONE)) == ["沈样例", "钱样例"]

    one.phone = "15400000001"
    one.save(update_fields=["phone", "phone_index"])
    again = Contact.objects.get(pk=one.pk)
    again.title = "主任"
    again.save()

    assert (found_by(PHONE), found_by("15400000001")) == (["钱样例"], ["沈样例"])


@pytest.mark.django_db
def test_an_empty_text_has_no_index() -> None:
    contact = ContactFactory.create(phone=" - ")

    contact.refresh_from_db()
    assert (contact.phone_index, index_of(Contact, "phone", " - ")) == (None, "")


def test_the_index_is_64_hexadecimal_digits_and_changes_with_the_key(settings: Settings) -> None:
    with_own_key = index_of(Contact, "phone", PHONE)
    settings.INDEX_KEY = bytes(32)

    message = f"registry_contact.phone_index\0{PHONE}".encode()
    assert index_of(Contact, "phone", PHONE) == hmac.digest(bytes(32), message, "sha256").hex()
    assert with_own_key != index_of(Contact, "phone", PHONE)


@isolate_apps("tests.kernel")
def test_an_index_is_bound_to_its_table_and_column() -> None:
    other = model_of(
        "Other",
        phone=PersonalTextField(),
        phone_index=BlindIndexField(of="phone", unique=True),
        desk=PersonalTextField(),
        desk_index=BlindIndexField(of="desk"),
    )

    indexes = {
        index_of(Contact, "phone", PHONE),
        index_of(other, "phone", PHONE),
        index_of(other, "desk", PHONE),
    }
    assert len(indexes) == 3


def test_a_field_without_index_cannot_be_asked_for() -> None:
    with pytest.raises(LookupError, match=r"Enterprise\.name has no blind index\."):
        index_of(Enterprise, "name", "x")


def test_migrations_name_the_field_as_it_is() -> None:
    _name, path, args, options = BlindIndexField(of="phone", unique=True).deconstruct()

    assert (path, args) == ("shuniu.zone.kernel.fields.BlindIndexField", [])
    assert options == {"of": "phone", "unique": True}


@given(
    st.text("0123456789", min_size=1), st.lists(st.sampled_from(" -\u3000‑–\u200b\t"), min_size=1)
)
def test_spaces_and_hyphens_do_not_change_the_plain_form(number: str, marks: list[str]) -> None:
    typed = "".join(digit + marks[at % len(marks)] for at, digit in enumerate(number))

    assert plain_form(typed) == number


def test_who_saves_an_indexed_text_by_name_saves_its_index_too() -> None:
    pairs = {
        (field.of, field.attname)
        for model, _fields in personal_fields()
        for field in model._meta.concrete_fields
        if isinstance(field, BlindIndexField)
    }
    lists = [
        (keyword.value, source)
        for source in ZONE
        for call in source.calls()
        for keyword in call.keywords
        if keyword.arg == "update_fields" and isinstance(keyword.value, ast.List)
    ]
    forgotten = [
        line_of(names, source)
        for names, source in lists
        for written in [{name.value for name in names.elts if isinstance(name, ast.Constant)}]
        for of, index in pairs
        if of in written and index not in written
    ]

    assert forgotten == []
