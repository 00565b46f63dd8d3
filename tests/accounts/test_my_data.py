"""What the zone holds about a person: complete, to take along, to correct, to delete."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from shuniu.zone.accounts import services
from shuniu.zone.accounts.choices import RequestState
from shuniu.zone.accounts.models import (
    AccessToken,
    DataRequest,
    Device,
    Grant,
    OneTimeCode,
    Phone,
    RecoveryCode,
    SecondFactor,
    SignInSession,
    User,
)
from shuniu.zone.desk.choices import NoteKind
from shuniu.zone.desk.models import Attachment, Note, SavedView
from shuniu.zone.hangs.models import Evidence, EvidenceFile, Hang
from shuniu.zone.kernel.data_map import data_map, data_of
from shuniu.zone.kernel.models import Fact, PurgeCertificate
from shuniu.zone.kernel.services import write_words
from shuniu.zone.notices.models import Mailbox, Notice, Outgoing, Outlet
from shuniu.zone.registry.models import Contact, Membership, Post, Registration
from tests.clients import Client
from tests.factories import (
    THURSDAY_10,
    CaseFactory,
    EnterpriseFactory,
    clerk,
    member_of,
    office,
    security_admin,
)

pytestmark = pytest.mark.usefixtures("zone")
PHONE = "15400012345"
KEY = "a-key-for-this-form"


@pytest.fixture
def person() -> User:
    """Somebody about whom every table that can holds something."""
    enterprise = EnterpriseFactory.create()
    user = member_of(enterprise)
    services.set_phone(user_id=user.pk, number=PHONE, actor=user, now=THURSDAY_10)
    Post.objects.create(user=user, office=office(), title="科员")
    SecondFactor(user=user, secret="GEZDGNBV", made_at=THURSDAY_10).save(force_insert=True)
    RecoveryCode.objects.create(user=user, digest="r")
    OneTimeCode.objects.create(
        user=user, digest="o", made_at=THURSDAY_10, expires_at=THURSDAY_10 + timedelta(days=1)
    )
    AccessToken.objects.create(
        user=user, name="报表", digest="t", made_at=THURSDAY_10, expires_at=THURSDAY_10
    )
    Device.objects.create(user=user, digest="d", made_at=THURSDAY_10, used_at=THURSDAY_10)
    SignInSession.objects.create(
        user=user, key_digest="k", began_at=THURSDAY_10, seen_at=THURSDAY_10, address="203.0.113.9"
    )
    DataRequest.objects.create(user=user, state=RequestState.REFUSED, asked_at=THURSDAY_10)
    Contact(enterprise=enterprise, name="沈样例", phone=PHONE).save(force_insert=True)
    Registration(
        reference="R-1", credit_code="9132", enterprise_name="样例", name="沈样例", phone=PHONE,
        form_key="f", received_at=THURSDAY_10, due_at=THURSDAY_10,
    ).save(force_insert=True)  # fmt: skip
    case = CaseFactory.create(enterprise=enterprise, opened_by=user, text="路灯坏了")
    Note.objects.create(
        case=case, kind=NoteKind.ADDITION, text="还有一盏", author=user, written_at=THURSDAY_10
    )
    Attachment.objects.create(
        case=case, name="灯.jpg", content_type="image/jpeg", size_bytes=1, sha256="s",
        path="aa/b", added_by=user, added_at=THURSDAY_10,
    )  # fmt: skip
    Mailbox(user=user, address="shen@example.cn", language="zh-hans").save(force_insert=True)
    Notice.objects.create(
        recipient=user, kind="desk.replied", occasion="o", told_at=THURSDAY_10, values={}
    )
    Outgoing.objects.create(
        outlet=Outlet.objects.create(channel="MAIL", made_at=THURSDAY_10), recipient=user,
        kind="desk.replied", occasion="o", made_at=THURSDAY_10, waiting_since=THURSDAY_10,
        next_try_at=THURSDAY_10,
    )  # fmt: skip
    SavedView.objects.create(
        owner=user, name="在办", query="turn=open", made_at=THURSDAY_10, removed_at=THURSDAY_10
    )
    write_hang(user)
    write_words(fact=Fact.objects.filter(actor=user).latest("pk"), text="试一试", now=THURSDAY_10)
    return user


def write_hang(user: User) -> None:
    """Let somebody answer for a supervised item, with a file as evidence."""
    day = THURSDAY_10.date()
    hang = Hang.objects.create(
        number="GD-2026-0001", source_kind="meeting", source_title="调度会", promise="接通用电。",
        unit=office(), responsible=user, supervisor=user, first_promised_on=day, promised_on=day,
        review_on=day, state_since=THURSDAY_10, opened_by=user, opened_at=THURSDAY_10,
        updated_at=THURSDAY_10,
    )  # fmt: skip
    evidence = Evidence.objects.create(
        hang=hang, kind="PROGRESS", text="已报装", author=user, written_at=THURSDAY_10
    )
    EvidenceFile.objects.create(
        evidence=evidence, name="单.pdf", content_type="application/pdf", size_bytes=1, sha256="s",
        path="aa/c",
    )  # fmt: skip


def columns_of_persons() -> set[tuple[str, str]]:
    """Return every column that belongs into a copy: not keys, which name rows and no person."""
    keys = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.primary_key or isinstance(field, models.ForeignKey)
    }
    found = data_map()
    wanted = {
        (column.table, column.name)
        for column in found.columns
        if found.data_class(column.data_class).in_copy
    }
    return wanted - keys


def test_the_copy_has_every_column_that_the_map_says_it_has(person: User) -> None:
    copied = {(one.table, column.name) for one in data_of(person) for column in one.columns}

    assert sorted(columns_of_persons() - copied) == []


def test_every_table_of_the_copy_has_something_of_somebody_with_everything(person: User) -> None:
    assert [one.table for one in data_of(person) if not one.rows] == []


def test_nothing_of_somebody_else_is_in_the_copy(person: User) -> None:
    other = member_of(EnterpriseFactory.create())

    rows = {one.table: one.rows for one in data_of(other) if one.rows}

    assert sorted(rows) == ["accounts_grant", "accounts_user", "registry_membership"]
    assert person.name not in str(rows)


def test_no_secret_is_in_the_copy(person: User) -> None:
    found = data_map()
    secret = {(column.table, column.name) for column in found.columns_of("secrets")}

    copied = {(one.table, column.name) for one in data_of(person) for column in one.columns}
    assert copied & secret == set()
    assert "GEZDGNBV" not in str(data_of(person))


@pytest.fixture
def client(person: User) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def confirm(client: Client) -> None:
    from shuniu.zone.kernel import clock  # noqa: PLC0415  # as the page does

    SignInSession.objects.exclude(key_digest="k").update(confirmed_at=clock.now())
    assert client.session.session_key


def test_the_page_shows_the_data_and_masks_telephone_numbers(client: Client) -> None:
    page = client.get(reverse("accounts:my-data")).content.decode()

    assert ("路灯坏了" in page, "还有一盏" in page, PHONE in page) == (True, True, False)
    assert page.count("154****2345") == 4


def test_the_file_needs_the_password_again(client: Client) -> None:
    SignInSession.objects.update(confirmed_at=THURSDAY_10)

    answer = client.get(reverse("accounts:my-data-file"))

    assert (answer.status_code, answer["Location"]) == (
        302, "/account/confirm/?next=%2Faccount%2Fdata%2F",
    )  # fmt: skip
    assert Fact.objects.filter(kind="accounts.own_data.copied").count() == 0


def test_the_file_holds_what_the_page_shows_in_full_and_is_recorded(
    client: Client, person: User
) -> None:
    confirm(client)

    answer = client.get(reverse("accounts:my-data-file"))

    document: dict[str, Any] = json.loads(answer.content)
    tables = {one["table"]: one for one in document["tables"]}
    assert (document["format"], document["account"]) == ("shuniu.my-data/1", person.pk)
    assert tables["accounts_phone"]["rows"] == [[PHONE]]
    assert tables["desk_note"]["columns"][-1]["name"] == "text"
    assert tables["desk_note"]["rows"][0][-1] == "还有一盏"
    assert {one["class"] for one in document["classes"]} == {
        one.code for one in data_map().classes if one.is_personal
    }
    assert answer["Cache-Control"] == "private, no-store"
    (fact,) = Fact.objects.filter(kind="accounts.own_data.copied")
    assert (fact.actor, fact.data) == (person, {"user_id": person.pk})


def test_a_person_corrects_the_own_name(client: Client, person: User) -> None:
    answer = client.post(reverse("accounts:my-name"), {"name": "沈正名", "idempotency_key": KEY})

    person.refresh_from_db()
    assert (answer.status_code, person.name) == (302, "沈正名")


@pytest.mark.parametrize(
    ("number", "status", "kept"),
    [("154 0006 7890", 302, "15400067890"), ("", 302, None), ("12", 422, PHONE)],
)
def test_a_person_sets_or_deletes_the_own_number(
    client: Client, person: User, number: str, status: int, kept: str | None
) -> None:
    confirm(client)

    answer = client.post(reverse("accounts:my-phone"), {"number": number, "idempotency_key": KEY})

    phone = Phone.objects.filter(pk=person.pk).first()
    assert (answer.status_code, phone.number if phone else None) == (status, kept)


def test_asking_for_deletion_and_taking_it_back(client: Client, person: User) -> None:
    confirm(client)

    client.post(reverse("accounts:deletion-ask"), {"idempotency_key": KEY})
    assert DataRequest.objects.filter(user=person, state=RequestState.WAITING).count() == 1
    again = client.post(reverse("accounts:deletion-ask"), {"idempotency_key": KEY + "2"})
    client.post(reverse("accounts:deletion-back"), {"idempotency_key": KEY + "3"})
    nothing = client.post(reverse("accounts:deletion-back"), {"idempotency_key": KEY + "4"})

    assert (again.status_code, nothing.status_code) == (409, 409)
    assert DataRequest.objects.filter(user=person, state=RequestState.WITHDRAWN).count() == 1


def asked(person: User) -> DataRequest:
    return services.ask_for_deletion(actor=person, now=THURSDAY_10)


def test_whoever_is_deleted_leaves_a_number_and_no_way_in(person: User) -> None:
    request = asked(person)
    actor = security_admin()

    services.grant_deletion(request_id=request.pk, actor=actor, now=THURSDAY_10)

    person.refresh_from_db()
    number = f"#{person.pk}"
    assert (person.name, person.sign_in_name, person.is_active) == (number, number, False)
    assert not person.has_usable_password()
    for model in (Grant, Phone, SecondFactor, RecoveryCode, OneTimeCode, Device, SignInSession):
        assert model.objects.filter(user=person).count() == 0
    certificate = PurgeCertificate.objects.get(data_class="identity")
    assert (certificate.actor, certificate.rows["accounts_user"]) == (actor, 1)
    request.refresh_from_db()
    assert (request.state, request.decided_by) == (RequestState.GRANTED, actor)


@pytest.mark.parametrize("who", ["clerk", "themselves"])
def test_only_another_persons_security_administrator_decides(person: User, who: str) -> None:
    actor = clerk() if who == "clerk" else security_admin()
    request = asked(actor if who == "themselves" else person)

    with pytest.raises(services.NotForYou):
        services.grant_deletion(request_id=request.pk, actor=actor, now=THURSDAY_10)


def test_a_refusal_needs_a_reason_that_the_person_reads(client: Client, person: User) -> None:
    request = asked(person)
    actor = security_admin()

    with pytest.raises(services.ReasonMissing):
        services.refuse_deletion(request_id=request.pk, reason=" ", actor=actor, now=THURSDAY_10)
    services.refuse_deletion(request_id=request.pk, reason="仍在岗", actor=actor, now=THURSDAY_10)
    with pytest.raises(services.NotWaiting):
        services.refuse_deletion(request_id=request.pk, reason="x", actor=actor, now=THURSDAY_10)

    assert "仍在岗" in client.get(reverse("accounts:my-data")).content.decode()
    fact = Fact.objects.get(kind="accounts.deletion.refused")
    assert fact.data == {"user_id": person.pk, "request_id": request.pk}


LATER = THURSDAY_10 + timedelta(days=400)


def test_accounts_closed_long_ago_lose_their_name_and_open_ones_keep_it(person: User) -> None:
    other = member_of(EnterpriseFactory.create())
    services.close_account(user_id=person.pk, actor=None, now=THURSDAY_10)

    early = services.purge_accounts(before=THURSDAY_10, limit=10, now=LATER)
    removed = services.purge_accounts(before=LATER, limit=10, now=LATER)
    again = services.purge_accounts(before=LATER, limit=10, now=LATER)

    person.refresh_from_db()
    other.refresh_from_db()
    assert (person.name, other.name) == (f"#{person.pk}", other.name)
    assert (bool(early), dict(removed.rows)["accounts_user"], bool(again)) == (False, 1, False)
    assert Membership.objects.filter(user=person).count() == 1


def test_sessions_devices_codes_and_requests_end(person: User) -> None:
    def left() -> tuple[int, ...]:
        kinds = (SignInSession, Device, OneTimeCode, RecoveryCode, DataRequest)
        return tuple(kind.objects.filter(user=person).count() for kind in kinds)

    RecoveryCode.objects.create(user=person, digest="used", used_at=THURSDAY_10)
    DataRequest.objects.filter(user=person).update(decided_at=THURSDAY_10)
    for _ in range(2):
        services.purge_sessions(before=LATER, limit=10, now=LATER)
        services.purge_codes(before=LATER, limit=10, now=LATER)
        services.purge_requests(before=LATER, limit=10, now=LATER)

    assert left() == (0, 0, 0, 1, 0)
