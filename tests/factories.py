"""Rows for tests: each factory makes the least that the database accepts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from factory.declarations import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import Grant, User
from shuniu.zone.desk.choices import CaseState, Channel
from shuniu.zone.desk.models import Case
from shuniu.zone.kernel.clock import ZONE
from shuniu.zone.registry.credit_code import check_symbol
from shuniu.zone.registry.models import Contact, Enterprise, Membership, Office, Post
from shuniu.zone.registry.queries import profile_in_force

# Thursday, 2026-11-19, 10:00 in the zone: an ordinary working day.
THURSDAY_10 = datetime(2026, 11, 19, 10, tzinfo=ZONE)


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    sign_in_name = Sequence(lambda n: f"person-{n}")
    name = Sequence(lambda n: f"Person {n}")
    created_at = THURSDAY_10


def _wrong_code(body: str) -> str:
    """Return a credit code whose last character never fits: none is right by chance."""
    return body + ("1" if check_symbol(body) == "0" else "0")


class EnterpriseFactory(DjangoModelFactory[Enterprise]):
    class Meta:
        model = Enterprise

    name = Sequence(lambda n: f"海门样例{n}号有限公司")
    short_name = Sequence(lambda n: f"样例{n}号")
    credit_code = Sequence(lambda n: _wrong_code(f"9132061400{n:07d}"))
    registered_at = THURSDAY_10


class ContactFactory(DjangoModelFactory[Contact]):
    class Meta:
        model = Contact

    enterprise = SubFactory(EnterpriseFactory)
    name = "沈样例"
    title = "经理"
    phone = "15400012345"


def person(*roles: Role, office: str = "", enterprise: Enterprise | None = None) -> User:
    """Return somebody with these roles, in the office of this code, speaking for ``enterprise``."""
    user = UserFactory.create()
    Grant.objects.bulk_create(Grant(user=user, role=r, granted_at=THURSDAY_10) for r in roles)
    if office:
        Post.objects.create(user=user, office=Office.objects.get(code=office))
    if enterprise is not None:
        is_admin = Role.ENTERPRISE_ADMIN in roles
        Membership.objects.create(user=user, enterprise=enterprise, is_admin=is_admin)
    return user


def member_of(enterprise: Enterprise) -> User:
    """Return somebody who speaks for ``enterprise``."""
    return person(Role.ENTERPRISE_USER, enterprise=enterprise)


def clerk() -> User:
    """Return a clerk of the center."""
    return person(Role.CENTER_CLERK, office="service_center")


def handler(office: str = "econ_bureau") -> User:
    """Return somebody who handles cases in an office."""
    return person(Role.UNIT_HANDLER, office=office)


def supervisor() -> User:
    return person(Role.SUPERVISOR, office="service_center")


def leader() -> User:
    return person(Role.LEADER)


def enterprise_admin(enterprise: Enterprise) -> User:
    """Return somebody who speaks for ``enterprise`` and looks after its people."""
    user = person(Role.ENTERPRISE_ADMIN, enterprise=enterprise)
    Membership.objects.filter(user=user, enterprise=enterprise).update(is_admin=True)
    return user


def service_officer() -> User:
    """Return somebody of the center who visits enterprises and writes down what they need."""
    return person(Role.SERVICE_OFFICER, office="service_center")


def discipline_reader() -> User:
    """Return somebody who reads the restricted cases of all offices."""
    return person(Role.DISCIPLINE_READER, office="discipline_group")


def carrier() -> User:
    return person(Role.CARRIER)


def escort() -> User:
    return person(Role.ESCORT)


def provider() -> User:
    return person(Role.SERVICE_PROVIDER)


def investor() -> User:
    return person(Role.INVESTOR)


def administrator() -> User:
    """Return the system administrator: accounts, offices, profile, background work."""
    return person(Role.SYSTEM_ADMIN, office="service_center")


def security_admin() -> User:
    """Return the security administrator: roles, sessions, codes."""
    return person(Role.SECURITY_ADMIN, office="service_center")


def audit_admin() -> User:
    """Return the audit administrator, who reads the trail and changes nothing."""
    return person(Role.AUDIT_ADMIN, office="service_center")


class CaseFactory(DjangoModelFactory[Case]):
    """A case just sent in. Needs the zone (fixture ``zone``); deadlines are plain days ahead."""

    class Meta:
        model = Case

    number = Sequence(lambda n: f"QS-20200101-{n:04d}")  # no day on which tests open cases
    enterprise = SubFactory(EnterpriseFactory)
    profile_id = LazyFunction(lambda: profile_in_force().version_id)
    channel = Channel.WECHAT_ACCOUNT
    text = "厂门口的路灯坏了三盏，晚班工人看不清路。"
    state = CaseState.SUBMITTED
    submitted_at = THURSDAY_10
    updated_at = THURSDAY_10
    turn_since = THURSDAY_10
    contact_due_at = THURSDAY_10 + timedelta(days=1)
    plan_due_at = THURSDAY_10 + timedelta(days=5)
    done_due_at = THURSDAY_10 + timedelta(days=11)


def office(code: str = "econ_bureau") -> Office:
    """Return the office of this code."""
    return Office.objects.get(code=code)


def columns(row: Any, names: Iterable[str]) -> dict[str, Any]:
    """Return some columns of a row as they are in the database now."""
    row.refresh_from_db()
    return {name: getattr(row, name) for name in names}
