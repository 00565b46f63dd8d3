"""Whom to reach in an enterprise is shown in part; in full for a reason, which is recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.models import Fact, FactWords, KeptAnswer
from shuniu.zone.registry import policies, services
from shuniu.zone.registry.choices import RevealReason
from shuniu.zone.registry.models import Contact
from tests.clients import Client
from tests.factories import (
    THURSDAY_10,
    ContactFactory,
    UserFactory,
    administrator,
    clerk,
    handler,
    leader,
    member_of,
    service_officer,
    supervisor,
)

pytestmark = pytest.mark.usefixtures("zone")
NAME, PHONE = "沈样例", "15400012345"
KEY = "0123456789"


def reveal(contact: Contact, actor: User, reason: RevealReason, note: str = "") -> Contact:
    return services.reveal_contact(
        contact_id=contact.pk, reason=reason, note=note, actor=actor, now=THURSDAY_10
    )


def revealed() -> list[Fact]:
    return list(Fact.objects.filter(kind="registry.contact.revealed"))


@pytest.mark.parametrize("who", [clerk, handler, supervisor, service_officer])
def test_showing_a_contact_in_full_is_recorded_once(who: Callable[[], User]) -> None:
    contact = ContactFactory.create()
    actor = who()

    shown = reveal(contact, actor, RevealReason.VISIT, "不会记下来")

    assert (shown.name, shown.phone) == (NAME, PHONE)
    (fact,) = revealed()
    assert (fact.subject, fact.actor, fact.happened_at) == (
        f"registry.contact:{contact.pk}", actor, THURSDAY_10,
    )  # fmt: skip
    assert fact.data == {
        "contact_id": str(contact.pk),
        "enterprise_id": contact.enterprise_id,
        "reason": "VISIT",
    }
    assert FactWords.objects.count() == 0


def test_another_reason_is_recorded_in_words() -> None:
    reveal(ContactFactory.create(), clerk(), RevealReason.OTHER, " 核对来信署名 ")

    (fact,) = revealed()
    assert (fact.data["reason"], fact.words.text) == ("OTHER", "核对来信署名")
    assert "核对来信署名" not in str(fact.data)


@pytest.mark.parametrize(
    "note", ["", "核对", "字" * 61, "回拨15400012345", "回拨 154-0001-2345", "回拨１５４００ ０１"]
)
def test_another_reason_needs_words_without_a_number(note: str) -> None:
    with pytest.raises(services.ReasonMissing):
        reveal(ContactFactory.create(), clerk(), RevealReason.OTHER, note)

    assert revealed() == []


@given(st.text("0123456789 -", max_size=60))
def test_words_with_seven_digits_are_no_reason(digits: str) -> None:
    count = sum(character.isdigit() for character in digits)

    assert policies.is_reason_in_words(digits) == (count < 7 and len(digits) >= 4)


@pytest.mark.parametrize("who", [leader, administrator, UserFactory.create])
def test_leaders_and_the_administrator_do_not_get_contacts(who: Callable[[], User]) -> None:
    contact = ContactFactory.create()

    with pytest.raises(services.NotForYou):
        reveal(contact, who(), RevealReason.CALL)

    assert revealed() == []


def test_an_enterprise_does_not_get_contacts_not_even_its_own() -> None:
    contact = ContactFactory.create()

    with pytest.raises(services.NotForYou):
        reveal(contact, member_of(contact.enterprise), RevealReason.CALL)


def url(contact: Contact) -> str:
    return f"/contacts/{contact.pk}/reveal/"


def send(client: Client, contact: Contact, **fields: str) -> Any:
    return client.post(url(contact), {"idempotency_key": KEY, **fields})


def test_asking_shows_the_contact_in_part_and_records_nothing(client: Client) -> None:
    contact = ContactFactory.create()
    client.force_login(clerk())

    page = client.get(url(contact))

    assert page.status_code == 200
    assert ("沈*例" in page.text, "154****2345" in page.text) == (True, True)
    assert (NAME in page.text, PHONE in page.text, revealed()) == (False, False, [])


def test_a_reason_shows_the_contact_as_a_page_and_as_a_part(client: Client) -> None:
    contact = ContactFactory.create()
    client.force_login(clerk())

    page = send(client, contact, reason="CALL")
    part = client.post(
        url(contact),
        {"idempotency_key": KEY[::-1], "reason": "CALL"},
        headers={"HX-Request": "true"},
    )

    shown = [(it.status_code, NAME in it.text, PHONE in it.text) for it in (page, part)]
    assert shown == [(200, True, True), (200, True, True)]
    assert ("<html" in page.text, "<html" in part.text) == (True, False)
    assert len(revealed()) == 2


def test_a_form_that_was_sent_twice_is_recorded_once_and_kept_sealed(client: Client) -> None:
    contact = ContactFactory.create()
    client.force_login(clerk())

    pages = [send(client, contact, reason="CALL") for _time in range(2)]

    assert [PHONE in page.text for page in pages] == [True, True]
    assert len(revealed()) == 1
    (kept,) = KeptAnswer.objects.values_list("body", flat=True)
    assert str(kept) == "•••"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"reason": "FUN"},
        {"reason": "OTHER"},
        {"reason": "OTHER", "note": "查"},
        {"reason": "OTHER", "note": "回拨15400012345"},
    ],
)
def test_without_a_reason_the_contact_stays_hidden(client: Client, fields: dict[str, str]) -> None:
    contact = ContactFactory.create()
    client.force_login(clerk())

    answer = send(client, contact, **fields)

    assert (answer.status_code, NAME in answer.text, revealed()) == (422, False, [])
    assert answer.context["reveal_form"].errors != {}


def test_no_address_of_a_contact_says_who_it_is() -> None:
    contact = ContactFactory.create()

    assert (NAME in url(contact), PHONE in url(contact)) == (False, False)
