"""Pages of the security administrator: map, certificates, requests, register of breaches."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from shuniu.config import retention
from shuniu.zone.accounts import services as accounts
from shuniu.zone.accounts.choices import RequestState
from shuniu.zone.accounts.models import DataRequest, User
from shuniu.zone.kernel import clock
from shuniu.zone.kernel import services as kernel
from shuniu.zone.kernel.data_map import data_map
from shuniu.zone.kernel.models import Fact, KeptAnswer, PurgeCertificate
from shuniu.zone.kernel.services import purge_answers, run_purge
from shuniu.zone.portal import queries, services
from shuniu.zone.portal.models import DataIncident
from shuniu.zone.portal.services import IncidentReport
from shuniu.zone.registry.models import Contact, Membership
from tests.clients import Client
from tests.factories import (
    THURSDAY_10,
    ContactFactory,
    EnterpriseFactory,
    clerk,
    member_of,
    person,
    security_admin,
)

pytestmark = pytest.mark.usefixtures("zone")
KEY = "a-key-for-this-form"
REPORT = IncidentReport(
    title="名单误发",
    happened="导出的名单发到了群里。",
    noticed_at=THURSDAY_10 - timedelta(hours=3),
    data_kinds="姓名、电话",
    people=37,
    consequences="推销电话",
    measures="已撤回",
)


@pytest.fixture
def protector() -> User:
    return security_admin()


@pytest.fixture
def client(protector: User) -> Client:
    browser = Client()
    browser.force_login(protector)
    return browser


def reported(protector: User, **changes: object) -> DataIncident:
    return services.report_incident(
        report=replace(REPORT, **changes),  # type: ignore[arg-type]  # fields by name
        actor=protector,
        now=THURSDAY_10,
    )


def test_the_map_shows_every_class_and_each_number_opens_what_it_counts(client: Client) -> None:
    page = client.get(reverse("portal:data-protection")).content.decode()

    linked = set(re.findall(r'href="/data-protection/classes/([a-z_]+)/#held"', page))
    assert linked == {one.code for one in data_map().classes}


@pytest.mark.parametrize("code", [one.code for one in data_map().classes])
def test_the_page_of_a_class_tells_where_it_lies_and_what_was_assessed(
    client: Client, code: str
) -> None:
    found = data_map().data_class(code)

    page = client.get(reverse("portal:data-class", args=[code])).content.decode()

    told = set(re.findall(r"<code>([a-z_]+)</code>", page))
    assert told == set(data_map().tables_of(code))
    assert ('id="impact-title"' in page) == found.is_personal


def test_a_class_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get(reverse("portal:data-class", args=["nonsense"])).status_code == 404


ADDRESSES = ["data-protection", "purges", "incidents", "incident-new", "incidents-file"]


@pytest.mark.parametrize("name", ADDRESSES)
def test_nobody_else_sees_these_pages(name: str) -> None:
    browser = Client()
    browser.force_login(clerk())

    assert browser.get(reverse(f"portal:{name}")).status_code == 403


def test_what_is_held_and_when_it_is_due_follow_the_rows() -> None:
    contact = ContactFactory.create(verified_at=THURSDAY_10)

    (line,) = [
        line for line in queries.class_lines(THURSDAY_10) if line.data_class.code == "contacts"
    ]

    assert (line.rows, line.due_at, line.is_late) == (
        1, datetime(2027, 11, 19, 10, tzinfo=THURSDAY_10.tzinfo), False,
    )  # fmt: skip
    later = THURSDAY_10 + timedelta(days=367)
    assert queries.class_line(line.data_class, later).is_late
    assert contact.enterprise_id


def test_a_certificate_can_be_read_with_its_place_in_the_trail(
    client: Client, protector: User
) -> None:
    KeptAnswer.objects.create(
        actor=protector, key="k" * 8, digest="d", made_at=THURSDAY_10 - timedelta(days=2)
    )
    certificate = run_purge(
        data_class="answers", batch=purge_answers, before=THURSDAY_10, actor=None, now=THURSDAY_10
    )
    assert certificate is not None
    assert certificate.fact is not None

    page = client.get(reverse("portal:purge", args=[certificate.pk])).content.decode()
    listed = client.get(reverse("portal:purges")).content.decode()

    assert certificate.fact.seal in page
    assert re.findall(rf"<dd>\s*{certificate.fact.position}\s*</dd>", page) != []
    assert "kernel_keptanswer" in page
    assert reverse("portal:purge", args=[certificate.pk]) in listed


def test_granting_a_request_deletes_the_person_everywhere(client: Client, protector: User) -> None:
    enterprise = EnterpriseFactory.create()
    leaver = member_of(enterprise)
    accounts.set_phone(user_id=leaver.pk, number="15400012345", actor=leaver, now=THURSDAY_10)
    Contact(enterprise=enterprise, name="沈样例", phone="15400012345").save(force_insert=True)
    other = ContactFactory.create(enterprise=enterprise, phone="15400019999")
    asked = accounts.ask_for_deletion(actor=leaver, now=THURSDAY_10)

    page = client.get(reverse("portal:data-request", args=[asked.pk]))
    answer = client.post(
        reverse("portal:data-request-grant", args=[asked.pk]), {"idempotency_key": KEY}
    )

    leaver.refresh_from_db()
    asked.refresh_from_db()
    assert (page.status_code, answer.status_code) == (200, 302)
    assert (leaver.name, asked.state) == (f"#{leaver.pk}", RequestState.GRANTED)
    assert list(Contact.objects.filter(enterprise=enterprise)) == [other]
    assert Membership.objects.filter(user=leaver).count() == 0
    deleted = PurgeCertificate.objects.filter(actor=protector)
    assert set(deleted.values_list("data_class", flat=True)) == {
        "contacts", "identity", "standing",
    }  # fmt: skip


def test_refusing_a_request_needs_a_reason(client: Client) -> None:
    asked = accounts.ask_for_deletion(actor=person(), now=THURSDAY_10)
    url = reverse("portal:data-request-refuse", args=[asked.pk])

    empty = client.post(url, {"reason": "", "idempotency_key": KEY})
    done = client.post(url, {"reason": "仍在岗", "idempotency_key": KEY})

    asked.refresh_from_db()
    assert (empty.status_code, done.status_code, asked.reason) == (422, 302, "仍在岗")


def test_a_request_that_was_decided_is_not_decided_again(client: Client) -> None:
    asked = accounts.ask_for_deletion(actor=person(), now=THURSDAY_10)
    DataRequest.objects.filter(pk=asked.pk).update(state=RequestState.WITHDRAWN)
    before = PurgeCertificate.objects.count()

    answer = client.post(
        reverse("portal:data-request-grant", args=[asked.pk]), {"idempotency_key": KEY}
    )

    assert (answer.status_code, PurgeCertificate.objects.count()) == (409, before)


def test_a_breach_is_entered_and_its_steps_are_facts(client: Client) -> None:
    noticed = clock.local(clock.now() - timedelta(hours=1))
    given = {
        "title": "名单误发",
        "noticed_at": f"{noticed:%Y-%m-%dT%H:%M}",
        "happened": "发到群里",
        "data_kinds": "电话",
        "people": "",
        "consequences": "推销",
        "measures": "",
        "idempotency_key": KEY,
    }
    client.post(reverse("portal:incident-new"), given)
    incident = DataIncident.objects.get()
    here = reverse("portal:incident", args=[incident.pk])
    told = {"told_at": f"{clock.local(clock.now()):%Y-%m-%dT%H:%M}"}

    def step(name: str, **more: str) -> int:
        url = reverse("portal:incident-step", args=[incident.pk, name])
        return client.post(url, {**more, "idempotency_key": f"{KEY}-{name}"}).status_code

    early = step("settle")
    changed = {**given, "people": "4", "measures": "已撤回", "idempotency_key": KEY + "2"}
    statuses = [
        client.post(here, changed).status_code,
        step("authority", **told),
        step("persons", **told),
        step("settle"),
        step("nonsense"),
    ]

    incident.refresh_from_db()
    assert (early, statuses) == (422, [302, 302, 302, 302, 404])
    assert (incident.people, incident.is_settled) == (4, True)
    kinds = queries.facts_of_incident(incident).values_list("kind", flat=True)
    assert [kind.removeprefix("portal.incident.") for kind in kinds] == [
        "reported", "corrected", "authority_told", "persons_told", "settled",
    ]  # fmt: skip
    assert "已撤回" not in str(list(Fact.objects.values_list("data", flat=True)))
    assert client.get(here).status_code == 200
    assert client.post(here, changed | {"idempotency_key": KEY + "3"}).status_code == 409


def test_persons_need_not_be_told_where_there_is_a_reason(protector: User) -> None:
    incident = reported(protector)
    told_at = THURSDAY_10 - timedelta(hours=1)

    with pytest.raises(services.StepsMissing):
        services.settle_incident(incident_id=incident.pk, actor=protector, now=THURSDAY_10)
    services.note_authority_told(
        incident_id=incident.pk, told_at=told_at, actor=protector, now=THURSDAY_10
    )
    services.note_persons_not_told(
        incident_id=incident.pk, reason="文件已加密", actor=protector, now=THURSDAY_10
    )
    settled = services.settle_incident(incident_id=incident.pk, actor=protector, now=THURSDAY_10)

    assert (settled.settled_at, settled.persons_told_at) == (THURSDAY_10, None)


@pytest.mark.parametrize("hours", [-4, 1])
def test_nobody_is_told_before_the_breach_was_noticed_or_in_the_future(
    protector: User, hours: int
) -> None:
    incident = reported(protector)

    with pytest.raises(services.NotToldInTime):
        services.note_persons_told(
            incident_id=incident.pk,
            told_at=THURSDAY_10 + timedelta(hours=hours),
            actor=protector,
            now=THURSDAY_10,
        )


def test_a_breach_is_not_noticed_in_the_future(protector: User) -> None:
    with pytest.raises(services.NotToldInTime):
        reported(protector, noticed_at=THURSDAY_10 + timedelta(minutes=1))


def test_only_the_security_administrator_writes_in_the_register(protector: User) -> None:
    with pytest.raises(services.NotTheProtector):
        reported(clerk())
    with pytest.raises(services.IncidentUnknown):
        services.settle_incident(incident_id=0, actor=protector, now=THURSDAY_10)


def test_the_register_goes_out_as_a_table_without_formulas(client: Client, protector: User) -> None:
    reported(protector, title="=1+1")

    answer = client.get(reverse("portal:incidents-file"))

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert (len(rows), rows[1][1], rows[1][5]) == (2, "'=1+1", "37")
    (fact,) = Fact.objects.filter(kind="portal.incidents.exported")
    assert fact.data == {"rows": 1}


def test_settled_entries_end_and_open_ones_stay(protector: User) -> None:
    settled, still_open = reported(protector), reported(protector)
    DataIncident.objects.filter(pk=settled.pk).update(settled_at=THURSDAY_10)

    services.purge_incidents(before=THURSDAY_10 + timedelta(days=1), limit=10, now=THURSDAY_10)

    assert list(DataIncident.objects.all()) == [still_open]


def test_a_class_that_fails_does_not_keep_the_others(
    protector: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(**_given: object) -> None:
        raise OSError("disk")

    KeptAnswer.objects.create(actor=protector, key="k" * 8, digest="d", made_at=THURSDAY_10)
    broken = replace(retention.KEEPINGS[0], batch=breaks)  # type: ignore[arg-type]
    monkeypatch.setattr(retention, "KEEPINGS", (broken, *retention.KEEPINGS[1:]))
    monkeypatch.setattr(kernel, "wipe_free_space", lambda: False)

    retention.purge(THURSDAY_10 + timedelta(days=2))

    assert KeptAnswer.objects.count() == 0
