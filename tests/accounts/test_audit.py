"""The audit administrator reads, checks and takes out the trail; nobody changes it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import connection, transaction
from django.http import StreamingHttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shuniu.zone.accounts import facts, services
from shuniu.zone.accounts.models import User
from shuniu.zone.accounts.queries import trail
from shuniu.zone.accounts.queries.trail import TrailFilter
from shuniu.zone.kernel.facts import FactRecord
from shuniu.zone.kernel.models import ChainCheck, Fact
from shuniu.zone.kernel.origin import origin_is
from shuniu.zone.kernel.services import record_fact
from tests.clients import Client
from tests.factories import (
    THURSDAY_10,
    UserFactory,
    administrator,
    audit_admin,
    clerk,
    leader,
    security_admin,
)

KEY = "audit-0001"
DAY = THURSDAY_10.date()
ALL_TIME = TrailFilter()


@pytest.fixture
def auditor(client: Client, zone: object) -> User:  # noqa: ARG001  # the zone is there first
    person = audit_admin()
    client.force_login(person)
    return person


@contextmanager
def asked_from(address: str) -> Iterator[None]:
    with origin_is(address), transaction.atomic():
        yield


def tell(
    about: int = 7,
    *,
    by: User | None = None,
    at: datetime = THURSDAY_10,
    origin: str = "203.0.113.7",
    fails: bool = False,
) -> int:
    """Record that somebody signed out, or failed to sign in; return the position."""
    fact = (
        facts.SignInFailed(user_id=about, cause="password")
        if fails
        else facts.SignedOut(user_id=about)
    )
    with asked_from(origin):
        return record_fact(fact, actor=by, at=at).position


def found(wanted: TrailFilter, **given: str) -> list[int]:
    return [entry.position for entry in trail.trail_page(wanted, given).entries]


@pytest.fixture(autouse=True)
def own_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the file be read with the connection of the test, which its transaction belongs to."""
    page = import_module("shuniu.zone.accounts.views.audit")  # the package has a view of this name
    monkeypatch.setattr(page, "close_old_connections", lambda: None)


def text_of(streamed: Any) -> str:
    """Return a file that comes some rows at a time."""
    assert isinstance(streamed, StreamingHttpResponse)

    async def whole() -> bytes:
        return b"".join([piece async for piece in streamed])

    return async_to_sync(whole)().decode("utf-8")


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("make", [clerk, leader, security_admin, administrator])
@pytest.mark.parametrize(
    ("name", "method"),
    [("audit", "get"), ("audit-file", "get"), ("audit-check", "post"), ("audit-entry", "get")],
)
def test_nobody_but_the_audit_administrator_comes_near_the_trail(
    client: Client, make: Any, name: str, method: str
) -> None:
    client.force_login(make())
    url = reverse(f"accounts:{name}", args=[1] if name == "audit-entry" else [])

    answer = getattr(client, method)(url, {"idempotency_key": KEY})

    assert answer.status_code == 403
    assert not Fact.objects.filter(kind="accounts.trail.exported").exists()
    assert not ChainCheck.objects.exists()


@pytest.mark.usefixtures("auditor")
def test_the_newest_comes_first_and_facts_of_one_moment_by_their_position() -> None:
    late = tell(at=THURSDAY_10 + timedelta(hours=1))
    first, second = tell(), tell()

    assert found(TrailFilter(subject="accounts.user:7")) == [late, second, first]


@pytest.mark.usefixtures("auditor")
def test_a_day_is_searched_from_midnight_to_midnight_of_the_zone() -> None:
    midnight = THURSDAY_10.replace(hour=0)
    tell(at=midnight - timedelta(microseconds=1))
    first, last = tell(at=midnight), tell(at=midnight + timedelta(hours=23, minutes=59))
    tell(at=midnight + timedelta(days=1))

    wanted = TrailFilter(first_on=DAY, last_on=DAY, subject="accounts.user:7")

    assert found(wanted) == [last, first]


@pytest.mark.usefixtures("auditor")
def test_people_are_found_by_name_by_sign_in_name_and_by_number() -> None:
    user = UserFactory.create(name="沈样例", sign_in_name="shenyangli")
    services.set_phone(user_id=user.pk, number="15400012345", actor=None, now=THURSDAY_10)
    mine = tell(by=user)
    tell(by=UserFactory.create())

    wanted = [TrailFilter(name=name, subject="accounts.user:7") for name in
              ("沈样", "SHENYANG", "154 0001 2345", "陈")]  # fmt: skip

    assert [found(one) for one in wanted] == [[mine], [mine], [mine], []]


@pytest.mark.usefixtures("auditor")
def test_nobody_and_the_system_are_told_apart_by_where_it_came_from() -> None:
    person = tell(by=UserFactory.create())
    stranger = tell(fails=True)
    worker, console = tell(origin="worker"), tell(origin="command line")

    by_who = {
        who: found(TrailFilter(who=who, subject="accounts.user:7"))
        for who in ("", "people", "nobody", "system")
    }

    assert by_who == {
        "": [console, worker, stranger, person],
        "people": [person],
        "nobody": [stranger],
        "system": [console, worker],
    }


@pytest.mark.usefixtures("auditor")
def test_kind_origin_and_result_each_narrow_what_is_found() -> None:
    out, failed = tell(), tell(fails=True, origin="198.51.100.4")
    about = "accounts.user:7"

    assert found(TrailFilter(kind="accounts.user.signed_out", subject=about)) == [out]
    assert found(TrailFilter(origin="198.51.100.4", subject=about)) == [failed]
    assert found(TrailFilter(result="refused", subject=about)) == [failed]
    assert found(TrailFilter(result="done", subject=about)) == [out]


def test_an_address_without_days_means_the_last_seven() -> None:
    assert TrailFilter.read({}, DAY) == TrailFilter(first_on=date(2026, 11, 13), last_on=DAY)
    assert TrailFilter.read({"first_on": "", "last_on": ""}, DAY) == ALL_TIME
    assert TrailFilter.read({"subject": "desk.case:17"}, DAY) == TrailFilter(subject="desk.case:17")


def test_what_makes_no_sense_in_an_address_is_left_out() -> None:
    given = {
        "first_on": "2026-11-20",
        "last_on": "2026-11-18",
        "who": "everyone",
        "kind": "desk.case.lost",
        "result": "perhaps",
        "name": " 沈\x00样例 ",
    }

    assert TrailFilter.read(given, DAY) == TrailFilter(
        first_on=date(2026, 11, 18), last_on=date(2026, 11, 20), name="沈样例"
    )


@pytest.mark.usefixtures("zone")
def test_words_for_a_place_are_understood_in_the_language_of_the_page(client: Client) -> None:
    client.force_login(audit_admin())
    worker = tell(origin="worker", at=THURSDAY_10)

    page = client.get(
        reverse("accounts:audit"),
        {"origin": "后台任务", "subject": "accounts.user:7"},
    )

    assert page.context["wanted"].origin == "worker"
    assert [entry.position for entry in page.context["page"].entries] == [worker]


@pytest.mark.usefixtures("auditor")
def test_pages_follow_each_other_without_a_gap_in_both_directions() -> None:
    told = [tell() for _each in range(120)][::-1]
    wanted = TrailFilter(subject="accounts.user:7")

    first = trail.trail_page(wanted, {})
    second = trail.trail_page(wanted, {"older_than": str(first.older)})
    third = trail.trail_page(wanted, {"older_than": str(second.older)})
    back = trail.trail_page(wanted, {"newer_than": str(third.newer)})

    pages = [[entry.position for entry in page.entries] for page in (first, second, third, back)]
    assert pages == [told[:50], told[50:100], told[100:], told[50:100]]
    assert (first.newer, third.older) == (None, None)
    assert trail.trail_page(wanted, {"newer_than": str(back.newer)}) == first


@pytest.mark.usefixtures("auditor")
@pytest.mark.parametrize("edge", ["x", "-1", "9" * 19, "²", "999999999"])
def test_a_page_that_begins_nowhere_is_the_first(edge: str) -> None:
    position = tell()

    assert found(TrailFilter(subject="accounts.user:7"), older_than=edge) == [position]


@pytest.mark.usefixtures("auditor")
def test_beyond_ten_thousand_is_said_and_not_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "MOST_COUNTED", 3)
    for _each in range(5):
        tell()

    page = client.get(reverse("accounts:audit"), {"subject": "accounts.user:7"})

    assert (page.context["page"].count, page.context["page"].has_more_than_counted) == (3, True)
    assert "超过 3 条" in page.text


@pytest.mark.usefixtures("auditor")
@pytest.mark.parametrize("entries", [1, 40])
def test_the_page_costs_the_same_for_one_entry_and_for_forty(client: Client, entries: int) -> None:
    for _each in range(entries):
        tell(by=UserFactory.create())
    client.get(reverse("accounts:audit"))

    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("accounts:audit"), {"subject": "accounts.user:7"})

    assert len(page.context["page"].entries) == entries
    trail_queries = [query for query in asked if "kernel_" in query["sql"]]
    assert len(trail_queries) == 5  # head, two checks, how many, which


@pytest.mark.usefixtures("auditor")
def test_an_entry_shows_all_of_itself_and_leads_to_its_neighbours(client: Client) -> None:
    user = UserFactory.create(name="沈样例")
    before, here = tell(), tell(by=user)
    tell(about=8)
    after = tell()

    page = client.get(reverse("accounts:audit-entry", args=[here]))

    fact = Fact.objects.get(position=here)
    assert (page.context["one"].before, page.context["one"].after) == (before, after)
    words = ("沈样例", fact.seal, "user_id", "203.0.113.7")
    assert [word for word in words if word not in page.text] == []


@pytest.mark.usefixtures("auditor")
@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (facts.SignInFailed(user_id=7, cause="too_many_guesses"), "尝试次数过多"),
        (facts.SessionsEnded(user_id=7, sessions=1, cause="IDLE"), "半小时未使用"),
        (facts.SignInFailed(user_id=7, cause="of_an_older_version"), "of_an_older_version"),
    ],
)
def test_a_cause_is_told_in_words(client: Client, fact: FactRecord, words: str) -> None:
    with asked_from("203.0.113.7"):
        here = record_fact(fact, actor=None, at=THURSDAY_10).position

    page = client.get(reverse("accounts:audit-entry", args=[here]))

    assert next(d.value for d in page.context["details"] if d.name == "cause") == words


@pytest.mark.usefixtures("auditor")
@pytest.mark.parametrize("position", [0, 999_999, 10**30])
def test_an_entry_that_is_not_there_is_missing(client: Client, position: int) -> None:
    assert client.get(reverse("accounts:audit-entry", args=[position])).status_code == 404


@pytest.mark.usefixtures("auditor")
def test_the_page_changes_nothing_and_leaves_no_entry(client: Client) -> None:
    tell()
    before = list(Fact.objects.values_list("position", "seal"))

    for name in ("audit", "audit-check"):
        client.get(reverse(f"accounts:{name}"))

    assert list(Fact.objects.values_list("position", "seal")) == before


def test_the_file_has_every_row_once_with_its_time_and_distance_from_utc(
    client: Client, auditor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "EXPORTED_AT_ONCE", 2)
    told = [tell(by=auditor) for _each in range(5)][::-1]

    answer = client.get(
        reverse("accounts:audit-file"),
        {"subject": "accounts.user:7"},
        headers={"Accept-Encoding": "gzip"},
    )

    text = text_of(answer)
    head, *rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert text.startswith("\ufeff")
    assert head[:2] == ["序号", "时间"]
    assert [int(row[0]) for row in rows] == told
    assert rows[0][1] == "2026-11-19T10:00:00.000+08:00"
    assert rows[0][5:10] == [
        auditor.name,
        auditor.sign_in_name,
        "203.0.113.7",
        "accounts.user:7",
        "成功",
    ]


def test_taking_the_trail_out_is_recorded_once_and_without_what_was_typed(
    client: Client, auditor: User
) -> None:
    user = UserFactory.create(name="沈样例")
    tell(by=user)

    answer = client.get(
        reverse("accounts:audit-file"),
        {"name": "沈样例", "subject": "x 15400012345", "first_on": "2026-11-19", "last_on": ""},
    )

    text_of(answer)
    fact = Fact.objects.get(kind="accounts.trail.exported")
    assert (fact.actor, fact.data) == (
        auditor,
        {
            "user_id": auditor.pk,
            "rows": 0,
            "first_on": "2026-11-19",
            "last_on": None,
            "only": "",
            "thing": "",
            "result": "",
            "people": [user.pk],
        },
    )


@pytest.mark.usefixtures("auditor")
def test_the_file_ends_at_its_largest_size(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail, "EXPORTED_AT_ONCE", 2)
    monkeypatch.setattr(trail, "MOST_EXPORTED", 3)
    for _each in range(6):
        tell()

    text = text_of(client.get(reverse("accounts:audit-file"), {"subject": "accounts.user:7"}))

    assert len(text.splitlines()) == 1 + 3
    assert Fact.objects.get(kind="accounts.trail.exported").data["rows"] == 3


@pytest.mark.usefixtures("zone")
def test_a_name_that_is_a_formula_stays_text_in_the_file(client: Client) -> None:
    client.force_login(audit_admin())
    tell(by=UserFactory.create(name='=HYPERLINK("http://203.0.113.7")'))

    text = text_of(client.get(reverse("accounts:audit-file"), {"subject": "accounts.user:7"}))

    (_head, row) = list(csv.reader(io.StringIO(text)))
    assert row[5] == '\'=HYPERLINK("http://203.0.113.7")'
