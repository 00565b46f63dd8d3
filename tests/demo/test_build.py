"""The demo zone as rows: built once for all tests of this file, and undone."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from shuniu.cli import main
from shuniu.config import startup
from shuniu.demo.build import UNREAD, DemoZone, build_demo
from shuniu.zone.accounts.models import Grant, User
from shuniu.zone.accounts.services import codes_at
from shuniu.zone.briefings.choices import IssueState
from shuniu.zone.briefings.models import Issue
from shuniu.zone.desk.choices import CaseState
from shuniu.zone.desk.facts import (
    CaseMerged,
    CaseSplit,
    CaseSplitOff,
    CaseUrged,
    EnterpriseCalledBack,
    UrgingAnswered,
)
from shuniu.zone.desk.models import Case, Note
from shuniu.zone.desk.services import differences
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.models import Delivery, Fact
from shuniu.zone.notices.queries import unread_count
from shuniu.zone.registry import queries
from shuniu.zone.registry.models import Contact, Enterprise, Place, Post, ProfileVersion, Site
from tests.clients import Client
from tests.conftest import _set_up_zone
from tests.demo.conftest import DAY, NOW

ROLES = {
    "enterprise_user": "qiye",
    "enterprise_admin": "qiguan",
    "center_clerk": "zhongxin",
    "service_officer": "zhuanyuan",
    "unit_handler": "danwei",
    "supervisor": "ducha",
    "leader": "lingdao",
    "discipline_reader": "jijian",
    "system_admin": "guanli",
    "security_admin": "anquan",
    "audit_admin": "shenji",
}


@dataclass(frozen=True, slots=True)
class Built:
    """What was made: two zones of the same seed, as rows without passwords, and the second."""

    rows: dict[str, list[Any]]
    rows_again: dict[str, list[Any]]
    zone: DemoZone


def stored_rows() -> dict[str, list[Any]]:
    """Return what follows from the seed, with numbers of rows replaced by names."""
    return {
        "enterprises": list(
            Enterprise.objects.order_by("credit_code").values_list(
                "name", "credit_code", "is_above_scale", "employees",
                "sites__lon", "sites__lat", "scope",
            )
        ),
        "contacts": [
            (c.enterprise.credit_code, c.name, c.title, c.phone)
            for c in Contact.objects.select_related("enterprise").order_by("enterprise__name")
        ],
        "people": list(User.objects.order_by("sign_in_name").values_list("sign_in_name", "name")),
        "grants": sorted(Grant.objects.values_list("user__sign_in_name", "role")),
        "posts": sorted(
            Post.objects.values_list("user__sign_in_name", "office__code", "title", "is_head")
        ),
        "cases": list(
            Case.objects.order_by("number").values_list(
                "number", "enterprise__name", "text", "category", "subcategory", "urgency",
                "sensitivity", "state", "lead_unit__code", "handler__sign_in_name", "round",
                "submitted_at", "replied_at", "closed_at", "done_due_at", "light", "rating",
            )
        ),
        "notes": sorted(Note.objects.values_list("case__number", "kind", "text", "written_at")),
        "facts": sorted(
            Fact.objects.filter(kind__startswith="desk.").values_list("kind", "happened_at")
        ),
    }  # fmt: skip


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Built]:  # noqa: ARG001  # the database is there first
    with django_db_blocker.unblock(), transaction.atomic():
        if not ProfileVersion.objects.exists():
            _set_up_zone()
        with transaction.atomic():
            build_demo(day=DAY, seed=1, now=NOW)
            rows = stored_rows()
            transaction.set_rollback(True)
        zone = build_demo(day=DAY, seed=1, now=NOW)
        yield Built(rows, stored_rows(), zone)
        transaction.set_rollback(True)
    queries.profile_of.cache_clear()


@pytest.fixture(autouse=True)
def _rows(built: Built, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001  # built first
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "kind", ["enterprises", "contacts", "people", "grants", "posts", "cases", "notes", "facts"]
)
def test_the_same_seed_makes_the_same_zone(built: Built, kind: str) -> None:
    assert built.rows[kind] == built.rows_again[kind]
    assert built.rows[kind] != []


def test_it_has_the_enterprises_and_the_staff_of_the_zone(built: Built) -> None:
    assert Enterprise.objects.filter(is_above_scale=True).count() == 271
    assert built.zone.staff == 209
    assert built.zone.enterprises == Enterprise.objects.count()
    assert User.objects.count() == built.zone.enterprises + 1 + 209
    assert Contact.objects.count() == Enterprise.objects.count()


def test_every_enterprise_works_in_a_place_of_the_zone(built: Built) -> None:
    sites = Site.objects.filter(is_main=True)

    assert sites.count() == built.zone.enterprises
    assert not sites.filter(place=None).exists()
    assert Place.objects.count() == 56


def test_it_has_about_1500_cases_in_every_state(built: Built) -> None:
    counts = {state: Case.objects.filter(state=state).count() for state in CaseState}

    assert 1_400 <= len(built.zone.cases) == sum(counts.values()) <= 1_600
    assert [state for state, count in counts.items() if count == 0] == []


def test_some_cases_are_overdue_and_most_are_not() -> None:
    late = Case.objects.filter(light__in=["red", "purple"]).count()
    still_open = Case.objects.exclude(light="none").count()

    assert 0 < late < still_open / 2


def test_nothing_happened_after_now_and_only_what_was_done_today_waits() -> None:
    told = Fact.objects.filter(kind__startswith="desk.")
    assert not told.filter(happened_at__gt=NOW).exists()
    waiting = Delivery.objects.filter(fact__in=told).values_list("fact__kind", flat=True)
    # These are made by today's commands, not by the history: the worker of the zone follows.
    assert set(waiting) == {
        CaseUrged.kind,
        UrgingAnswered.kind,
        EnterpriseCalledBack.kind,
        CaseMerged.kind,
        CaseSplit.kind,
        CaseSplitOff.kind,
    }


def test_clocks_and_lights_are_those_that_the_facts_give() -> None:
    assert differences(now=NOW) == []


def test_one_person_of_each_role_can_sign_in_and_nobody_else(built: Built) -> None:
    with_password = [user for user in User.objects.all() if user.has_usable_password()]

    assert {row.role: row.name for row in built.zone.sign_ins} == ROLES
    assert sorted(user.sign_in_name for user in with_password) == sorted(ROLES.values())
    assert len({row.password for row in built.zone.sign_ins}) == len(ROLES)


def test_the_sign_ins_work_and_lead_to_a_page(built: Built) -> None:
    seen = {}
    for row in built.zone.sign_ins:
        client = Client()
        client.post("/sign-in/", {"name": row.name, "password": row.password})
        if row.second_factor_secret:
            codes = codes_at(row.second_factor_secret, clock.now())
            client.post("/sign-in/code/", {"code": sorted(codes.items())[len(codes) // 2][1]})
        page = client.get("/", follow=True)
        seen[row.role] = (page.status_code, page.context["person"].name == row.person)

    assert seen == dict.fromkeys(ROLES, (200, True))


def test_a_zone_that_has_enterprises_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(startup, "weak_settings", list)
    before = Case.objects.count()

    refused, skipped = main(["demo"]), main(["demo", "--if-empty"])

    assert (refused, skipped, Case.objects.count()) == (2, 0, before)
    assert capsys.readouterr().err == (
        "The zone is not empty: the demo goes into a new SHUNIU_HOME.\n"
    )


def test_the_command_line_writes_the_sign_ins_for_this_user_only(
    built: Built, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(startup, "weak_settings", list)
    monkeypatch.setattr("shuniu.zone.registry.queries.has_enterprises", lambda: False)
    monkeypatch.setattr("shuniu.demo.build.build_demo", lambda **_: built.zone)

    status = main(["demo", "--date", "2026-06-03"])

    path = settings.ENVIRONMENT.home / "demo-sign-ins.json"
    written = json.loads(path.read_text(encoding="utf-8"))
    assert (status, path.stat().st_mode & 0o777) == (0, 0o600)
    assert {row["role"]: row["name"] for row in written} == ROLES
    assert capsys.readouterr().out == (
        f"{built.zone.enterprises} enterprises, 209 staff,"
        f" {len(built.zone.cases)} cases of 2026-06-03\n"
    )


def test_the_briefing_has_gone_out_each_working_day_and_once_was_corrected() -> None:
    issues = list(Issue.objects.order_by("pk"))
    out = [issue for issue in issues if issue.is_out]
    [withdrawn] = [issue for issue in issues if issue.is_withdrawn]

    assert [issue.number for issue in out] == list(range(1, 20))
    assert Counter(issue.state for issue in issues) == {
        IssueState.PUBLISHED: 18,
        IssueState.WITHDRAWN: 1,
        IssueState.EDITED: 1,
        IssueState.DRAFT: 1,
    }
    assert withdrawn.correction.day == withdrawn.day
    assert withdrawn.correction.is_published
    assert [issue.day for issue in issues[-2:]] == [DAY - timedelta(days=1), DAY]


def test_who_is_told_of_cases_finds_notices_of_which_the_newest_are_unread() -> None:
    unread = {
        role: unread_count(User.objects.get(sign_in_name=name).pk) for role, name in ROLES.items()
    }

    told = {role for role, count in unread.items() if count}
    assert told == {
        "enterprise_user",
        "enterprise_admin",
        "center_clerk",
        "unit_handler",
        "supervisor",
        "leader",
    }
    assert all(count <= UNREAD for count in unread.values())


def test_a_light_that_changed_by_itself_has_its_fact() -> None:
    red = Case.objects.filter(light__in=["red", "purple"])

    changed = Fact.objects.filter(kind="desk.case.light_changed", data__light__in=["red", "purple"])
    subjects = set(changed.values_list("subject", flat=True))

    assert {f"desk.case:{case.pk}" for case in red} <= subjects
