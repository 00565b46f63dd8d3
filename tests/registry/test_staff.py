"""Accounts, posts and roles of staff: who opens, who gives, who may look."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import Grant, OneTimeCode, User
from shuniu.zone.accounts.queries import roles_of, sessions_of, user_called
from shuniu.zone.accounts.services import AccountIsClosed, PhoneTaken, close_account, take_role
from shuniu.zone.kernel.models import KeptAnswer
from shuniu.zone.registry import queries, services
from shuniu.zone.registry.models import Post
from shuniu.zone.registry.queries import PeopleFilter
from tests.api.programs import Program, key_of
from tests.clients import Client
from tests.desk.at_once import at_once
from tests.factories import (
    THURSDAY_10,
    EnterpriseFactory,
    UserFactory,
    administrator,
    audit_admin,
    clerk,
    handler,
    leader,
    member_of,
    office,
    security_admin,
    supervisor,
)
from tests.registry.people import PHONE, somebody_with_phone, told

pytestmark = pytest.mark.usefixtures("zone")
POSTS = {"posts-TOTAL_FORMS": "2", "posts-INITIAL_FORMS": "0"}


def entered(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send(client: Client, url: str, **fields: object) -> tuple[int, str]:
    """Send a form; return the status and the page that it ends at."""
    answer = client.post(url, {"idempotency_key": uuid4().hex, **fields}, follow=True)
    return (
        answer.redirect_chain[0][1] if answer.redirect_chain else answer.status_code
    ), answer.text


def step(client: Client, user: User, name: str, /, **fields: object) -> tuple[int, str]:
    return send(client, f"/people/{user.pk}/{name}/", **fields)


def test_the_system_administrator_opens_an_account_in_two_offices() -> None:
    client = entered(administrator())
    places = {
        "posts-0-office": office().pk,
        "posts-0-title": "科长",
        "posts-0-is_head": "on",
        "posts-1-office": office("planning_bureau").pk,
    }

    full_width = "１５４ 0001 0001"  # as some keyboards write it
    who = {"name": " 王  芳 ", "sign_in_name": "WangFang", "phone": full_width}

    status, page = send(client, "/people/new/", **who, **POSTS, **places)

    user = user_called("wangfang")
    assert status == 302
    assert user is not None
    assert (user.name, roles_of(user), user.has_usable_password()) == ("王 芳", frozenset(), False)
    assert user_called(PHONE) == user
    held = Post.objects.filter(user=user).order_by("pk")
    assert list(held.values_list("office__code", "title", "is_head")) == [
        ("econ_bureau", "科长", True),
        ("planning_bureau", "", False),
    ]
    assert "154****0001" in page
    assert PHONE not in page.replace(f'value="{PHONE}"', "")
    kinds = [kind for kind, _who in told("accounts.account", "registry.staff")]
    assert kinds == ["accounts.account.opened"] + ["registry.staff.appointed"] * 2


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", ""),
        ("name", "王" * 200, ""),
        ("name", "王\x07芳", "U+0007"),
        ("name", "王😀", "😀"),
        ("sign_in_name", "1abc", ""),
        ("sign_in_name", "a b", ""),
        ("sign_in_name", "TAKEN", "taken"),
        ("phone", "1540001000", "10"),
        ("phone", "25400010001", "13"),
        ("posts-1-title", "科长", ""),
    ],
)
def test_what_cannot_be_an_account_is_said_and_nothing_is_opened(
    field: str, value: str, sentence: str
) -> None:
    client = entered(administrator())
    UserFactory.create(sign_in_name="taken")
    fields = {"name": "王芳", "sign_in_name": "wangfang", "phone": "", **POSTS, field: value}

    status, page = send(client, "/people/new/", **fields)

    assert (status, sentence in page, "field__error" in page or "notice--refusal" in page) == (
        422,
        True,
        True,
    )
    assert user_called("wangfang") is None


def test_an_office_given_twice_is_said() -> None:
    twice = {"posts-0-office": office().pk, "posts-1-office": office().pk}

    status, page = send(
        entered(administrator()), "/people/new/", name="王", sign_in_name="wang", **POSTS, **twice
    )

    assert (status, "同一单位填了两次。" in page) == (422, True)


def test_posts_follow_the_form_and_the_same_again_changes_nothing() -> None:
    client, user = entered(administrator()), handler()
    places = {"posts-0-office": office("planning_bureau").pk, "posts-0-title": "副科长"}
    places |= {"posts-TOTAL_FORMS": "1", "posts-INITIAL_FORMS": "1"}

    for _time in range(2):
        assert step(client, user, "posts", **places)[0] == 302

    assert list(user.posts.values_list("office__code", "title")) == [("planning_bureau", "副科长")]
    assert len(told("registry.posts.changed")) == 1


def test_a_name_and_a_number_are_corrected_and_each_is_recorded_once() -> None:
    client, user = entered(administrator()), handler()
    somebody_with_phone("15400010009")

    assert step(client, user, "correct", name="王芳", phone=PHONE)[0] == 302
    taken, page = step(client, user, "correct", name="王芳", phone="15400010009")

    user.refresh_from_db()
    assert (user.name, user_called(PHONE)) == ("王芳", user)
    assert (taken, str(PhoneTaken.sentence) in page) == (409, True)
    assert [kind for kind, _who in told("accounts.user.name", "accounts.user.phone")] == [
        "accounts.user.name_corrected",
        "accounts.user.phone_set",
    ]


def test_roles_are_given_and_taken_and_hold_at_the_next_request() -> None:
    guard, user = entered(security_admin()), handler()
    theirs = entered(user)

    assert step(guard, user, "give", role=Role.SUPERVISOR)[0] == 302
    assert theirs.get("/briefings/today/", follow=True).status_code == 200
    assert step(guard, user, "take", role=Role.SUPERVISOR)[0] == 302

    assert theirs.get("/briefings/today/").status_code == 403
    assert roles_of(user) == {Role.UNIT_HANDLER}
    assert [kind for kind, _who in told("accounts.role")] == [
        "accounts.role.given",
        "accounts.role.taken",
    ]


def test_no_role_of_enterprises_and_none_twice_is_offered() -> None:
    guard, user = entered(security_admin()), handler()

    for role in (Role.ENTERPRISE_ADMIN, Role.UNIT_HANDLER, "nonsense"):
        assert step(guard, user, "give", role=role)[0] == 422
    assert step(guard, user, "take", role="nonsense")[0] == 404

    assert roles_of(user) == {Role.UNIT_HANDLER}


def test_somebody_of_an_enterprise_gets_no_role_inside() -> None:
    guard, user = entered(security_admin()), member_of(EnterpriseFactory.create())

    assert step(guard, user, "give", role=Role.CENTER_CLERK)[0] == 422
    assert f"/people/{user.pk}/give/" not in guard.get(f"/people/{user.pk}/").text

    assert roles_of(user) == {Role.ENTERPRISE_USER}


def test_two_administrations_are_never_in_one_hand() -> None:
    guard, user = entered(security_admin()), administrator()

    status, _page = step(guard, user, "give", role=Role.AUDIT_ADMIN)

    assert (status, roles_of(user)) == (409, frozenset({Role.SYSTEM_ADMIN}))


def test_nobody_changes_their_own_roles_code_or_account() -> None:
    actor = security_admin()
    client = entered(actor)

    for name in ("give", "take", "code", "close"):
        status, _page = step(client, actor, name, role=Role.SUPERVISOR)
        assert status in {403, 422}

    assert (roles_of(actor), actor.one_time_codes.count()) == (frozenset({Role.SECURITY_ADMIN}), 0)
    page = client.get(f"/people/{actor.pk}/").text
    assert f"/people/{actor.pk}/code/" not in page


def test_a_code_is_shown_once_and_lies_nowhere_in_plain_words() -> None:
    guard, user = entered(security_admin()), handler()

    status, page = step(guard, user, "code")

    code = page.split('id="code"')[1].split("<code>")[1].split("</code>")[0]
    assert (status, len(code)) == (302, 14)
    assert code not in guard.get(f"/people/{user.pk}/").text
    kept = " ".join(KeptAnswer.objects.values_list("body", flat=True))
    assert (code in kept, OneTimeCode.objects.filter(digest__contains=code).count()) == (False, 0)
    assert [kind for kind, _who in told("accounts.one_time_code")] == [
        "accounts.one_time_code.issued"
    ]


def test_sessions_end_and_accounts_close_and_open_again() -> None:
    guard, user = entered(security_admin()), handler()
    theirs = entered(user)

    assert step(guard, user, "end-sessions")[0] == 302
    assert (sessions_of(user).count(), theirs.get("/cases/").status_code) == (0, 302)
    assert step(guard, user, "close")[0] == 302
    status, page = step(guard, user, "code")
    assert (status, str(AccountIsClosed.sentence) in page) == (409, True)
    assert step(guard, user, "reopen")[0] == 302

    user.refresh_from_db()
    assert (user.is_active, user.one_time_codes.count()) == (True, 0)


def test_the_keys_of_a_person_are_shown_and_ended_together() -> None:
    guard, user = entered(security_admin()), handler()
    program = Program(key_of(user))
    before = guard.get(f"/people/{user.pk}/")

    status, page = step(guard, user, "end-keys")

    assert ("/end-keys/" in before.text, "a program" in before.text) == (True, True)
    assert (status, "/end-keys/" in page) == (302, False)
    assert program.get("/me").status_code == 401


@pytest.mark.parametrize(
    "name", ["give", "take", "code", "end-sessions", "end-keys", "close", "reopen"]
)
def test_the_system_administrator_does_nothing_of_the_security_administrator(name: str) -> None:
    user = handler()

    assert step(entered(administrator()), user, name, role=Role.SUPERVISOR)[0] == 403
    assert roles_of(user) == {Role.UNIT_HANDLER}
    assert told("accounts.role", "accounts.one") == []


@pytest.mark.parametrize("name", ["correct", "posts"])
def test_the_security_administrator_does_nothing_of_the_system_administrator(name: str) -> None:
    client, user = entered(security_admin()), handler()

    assert step(client, user, name, name="王")[0] == 403
    assert send(client, "/people/new/", name="王", sign_in_name="wang", **POSTS)[0] == 403


@pytest.mark.parametrize("who", [clerk, handler, supervisor, leader, audit_admin])
def test_everybody_else_is_refused(who: object) -> None:
    user = handler()
    client = entered(who())  # type: ignore[operator]  # made once the zone is there

    seen = [
        client.get(url).status_code
        for url in ("/people/", "/people/file/", "/people/new/", f"/people/{user.pk}/")
    ]
    assert seen == [403] * 4
    assert step(client, user, "close")[0] == 403


def test_a_person_who_does_not_exist_and_a_step_that_does_not_are_missing() -> None:
    client = entered(security_admin())

    assert client.get("/people/999999/").status_code == 404
    assert step(client, handler(), "promote")[0] == 404


def test_the_list_is_filtered_and_its_numbers_open_their_rows() -> None:
    who = queries.standing_of(security_admin())
    wang = UserFactory.create(name="王芳", sign_in_name="wangfang")
    desk = handler()
    firm_person = member_of(EnterpriseFactory.create())

    def names(**wanted: str) -> set[str]:
        return {user.name for user in queries.filtered_people(who, PeopleFilter(**wanted))}

    assert (names(words="王"), names(words="WANGF")) == ({"王芳"}, {"王芳"})
    assert names(office="econ_bureau") == names(role="unit_handler") == {desk.name}
    assert firm_person.name not in names()
    assert names(role="enterprise_user") == {firm_person.name}
    assert names(state="roleless") == {wang.name}
    counts = queries.people_counts(who, PeopleFilter())
    assert {state: len(names(state=state)) for state in queries.STATES} == {
        state: counts[state] for state in queries.STATES
    }
    assert counts["all"] == len(names())


def test_the_file_opens_in_a_spreadsheet_and_holds_no_formula() -> None:
    actor = security_admin()
    UserFactory.create(name="=1+1", sign_in_name="formula")

    answer = entered(actor).get("/people/file/?words=formula")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert (len(rows), rows[1][:2]) == (2, ["'=1+1", "formula"])
    assert told("registry.people") == [("registry.people.exported", actor.pk)]


@pytest.mark.parametrize("people", [1, 9])
def test_the_list_costs_the_same_for_few_and_for_many(people: int) -> None:
    client = entered(security_admin())
    for _number in range(people):
        handler()
    client.get("/people/")

    with CaptureQueriesContext(connection) as asked:
        page = client.get("/people/")

    assert (page.status_code, len(asked)) == (200, PEOPLE_COST)


PEOPLE_COST = 13  # session and person 3, language, navigation, and 6 of the list itself


@pytest.mark.usefixtures("shared_database", "zone")
@pytest.mark.parametrize("command", [partial(take_role, role=Role.SECURITY_ADMIN), close_account])
def test_two_last_security_administrators_cannot_do_away_with_each_other(
    command: Callable[..., None],
) -> None:
    one, two = security_admin(), security_admin()

    def against(actor: User, other: User) -> None:
        command(user_id=other.pk, actor=actor, now=THURSDAY_10 + timedelta(hours=1))

    at_once([lambda: against(one, two), lambda: against(two, one)])

    left = Grant.objects.filter(role=Role.SECURITY_ADMIN, user__is_active=True)
    assert left.count() == 1


def test_appointing_belongs_to_the_system_administrator_in_the_command_too() -> None:
    user = handler()
    places = [services.NewPost(office("planning_bureau"), "", is_head=False)]

    for actor in (security_admin(), clerk(), user):
        with pytest.raises(services.NotForYou), transaction.atomic():
            services.change_posts(user_id=user.pk, posts=places, actor=actor, now=THURSDAY_10)
        with pytest.raises(services.NotForYou), transaction.atomic():
            services.open_staff_account(
                sign_in_name="x", name="X", phone="", posts=(), actor=actor, now=THURSDAY_10
            )

    assert list(user.posts.values_list("office__code", flat=True)) == ["econ_bureau"]
