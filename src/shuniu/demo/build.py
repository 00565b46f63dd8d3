"""The demo zone as rows: accounts, offices' people, enterprises, cases with their past."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction

from shuniu.demo.aftercare import look_after
from shuniu.demo.branches import with_branches
from shuniu.demo.cases import DemoCase, cases
from shuniu.demo.enterprises import DemoEnterprise, enterprises
from shuniu.demo.hall import make_catalogue, make_queue
from shuniu.demo.issues import Signers, make_issues
from shuniu.demo.named import STRETCH_FILM_MAKER
from shuniu.demo.office_hours import CHINA
from shuniu.demo.people import DemoPerson, staff
from shuniu.demo.places import places_text
from shuniu.demo.plan import StepKind
from shuniu.demo.steps import DemoStep
from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import User
from shuniu.zone.accounts.services import (
    NewAccount,
    begin_second_factor,
    codes_at,
    confirm_second_factor,
    open_accounts,
)
from shuniu.zone.desk.choices import (
    CaseState,
    Channel,
    Sensitivity,
    Solved,
    Step,
    Urgency,
)
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.services import (
    PastCase,
    PastStep,
    load_history,
    read_case,
)
from shuniu.zone.notices.queries import notices_of
from shuniu.zone.notices.services import read_all
from shuniu.zone.registry import services as registry
from shuniu.zone.registry.models import Enterprise, Office
from shuniu.zone.registry.queries import active_offices, profile_in_force

WORKING_DAYS = 60
STEPS: dict[StepKind, Step] = {
    "accepted": Step.ACCEPT,
    "dispatched": Step.DISPATCH,
    "returned": Step.RETURN,
    "signed": Step.SIGN,
    "contacted": Step.CONTACT,
    "planned": Step.PLAN,
    "progress": Step.NOTE,
    "replied": Step.REPLY,
    "confirmed": Step.CONFIRM,
    "auto_confirmed": Step.CONFIRM,
    "reopened": Step.REFUSE,
    "withdrawn": Step.WITHDRAW,
}
# Who gets a password in a demo zone: one person for each role.
SIGN_INS: tuple[tuple[Role, str], ...] = (
    (Role.ENTERPRISE_USER, "qiye"),
    (Role.ENTERPRISE_ADMIN, "qiguan"),
    (Role.CENTER_CLERK, "zhongxin"),
    (Role.SERVICE_OFFICER, "zhuanyuan"),
    (Role.UNIT_HANDLER, "danwei"),
    (Role.SUPERVISOR, "ducha"),
    (Role.LEADER, "lingdao"),
    (Role.DISCIPLINE_READER, "jijian"),
    (Role.SYSTEM_ADMIN, "guanli"),
    (Role.SECURITY_ADMIN, "anquan"),
    (Role.AUDIT_ADMIN, "shenji"),
)
OF_THE_FIRM = (Role.ENTERPRISE_USER, Role.ENTERPRISE_ADMIN)
DEMO_UNIT = "经济发展局"
# So long before the demo is made its people set up their apps: the codes of this minute are free.
SET_UP_BEFORE = timedelta(minutes=10)
# People find notices of so many working days; those who sign in, of all their own cases. The
# newest are unread.
TOLD_DAYS = 3
UNREAD = 4


@dataclass(frozen=True, slots=True)
class SignIn:
    """How to get in as one role. ``second_factor_secret`` is for roles that have one."""

    role: str
    name: str
    password: str
    person: str
    unit: str
    second_factor_secret: str | None = None


@dataclass(frozen=True, slots=True)
class DemoZone:
    """What was made."""

    enterprises: int
    staff: int
    cases: list[Case]
    sign_ins: tuple[SignIn, ...]


@transaction.atomic
def build_demo(*, day: date, seed: int, now: datetime) -> DemoZone:
    """Fill an empty zone with the demo zone as it stands at ``now`` on ``day``.

    The data follow from ``day``, ``now`` and ``seed`` alone; only the passwords are random.
    """
    rng = Random(seed)  # noqa: S311  # the same demo for the same seed
    firms, people = enterprises(rng), staff(rng)
    places = registry.places_from_file(places_text().encode(), registry.DATUMS[0][0])
    registry.write_places(places=places, actor=None, now=now)
    rows = registry.register_enterprises(
        enterprises=[_enterprise(firm) for firm in firms], actor=None, now=now
    )
    passwords = {role: secrets.token_urlsafe(12) for role, _name in SIGN_INS}
    shown = _shown_people(firms, people)
    staff_users = _open_staff(people, shown, passwords, now)
    firm_users = _open_members(firms, rows, shown, passwords, now)
    firm_admin = _open_firm_admin(firms, rows, shown, passwords, now)
    days = _working_days(day)
    happened = cases(rng, now=now, working_days=days, enterprises=firms, staff=people)
    rows_of = _Rows.of(rows, firm_users, staff_users)
    told_since = datetime.combine(days[-TOLD_DAYS], time(), CHINA)
    ours = rows[shown[Role.ENTERPRISE_USER]].pk
    handler = staff_users[shown[Role.UNIT_HANDLER]].pk
    past = [rows_of.past_case(case) for case in happened]
    made = load_history(
        cases=with_branches(past, staff_users[shown[Role.SUPERVISOR]], now),
        is_told=lambda case, at: (
            at >= told_since or case.enterprise_id == ours or case.handler_id == handler
        ),
        actor=None,
        now=now,
    )
    for case in made:
        if case.state == CaseState.SUBMITTED:
            read_case(case_id=case.pk, actor=None, now=now)
    supervisor, clerk = staff_users[shown[Role.SUPERVISOR]], staff_users[shown[Role.CENTER_CLERK]]
    made += look_after(made, supervisor=supervisor, clerk=clerk, seed=seed, now=now)
    _read_most([*staff_users, *firm_users, firm_admin], now)
    by_name = {user.sign_in_name: user for user in staff_users}
    names = dict(SIGN_INS)
    signers = Signers(by_name[names[Role.CENTER_CLERK]], by_name[names[Role.LEADER]])
    make_issues(working_days=days, signers=signers, now=now)
    make_catalogue(now)
    make_queue([by_name[names[Role.CENTER_CLERK]]], rng, now)
    secrets_of = _second_factors([*staff_users, firm_admin], now)
    who = _who_signs_in(shown, firms, people, firm_admin)
    sign_ins = _sign_ins(passwords, who, secrets_of)
    return DemoZone(len(rows), len(staff_users), made, sign_ins)


def _enterprise(firm: DemoEnterprise) -> registry.NewEnterprise:
    contact = registry.NewContact(firm.contact_name, firm.contact_title, firm.contact_phone)
    return registry.NewEnterprise(
        name=firm.name,
        short_name=firm.short_name,
        credit_code=firm.credit_code,
        industry_code=firm.industry_code,
        is_above_scale=firm.above_scale,
        employees=firm.employees,
        scope=firm.scope,
        products=firm.products,
        inputs=firm.inputs,
        address=firm.address,
        lon=firm.longitude,
        lat=firm.latitude,
        contacts=(contact,),
    )


def _shown_people(
    firms: tuple[DemoEnterprise, ...], people: tuple[DemoPerson, ...]
) -> dict[Role, int]:
    """Return who signs in for each role: an index among the enterprises or the staff."""
    shown = {Role.ENTERPRISE_USER: [firm.short_name for firm in firms].index(STRETCH_FILM_MAKER)}
    for role, _name in SIGN_INS:
        if role in OF_THE_FIRM:
            continue
        fitting = [
            number
            for number, person in enumerate(people)
            if person.roles == (role.value,)
            and (role != Role.UNIT_HANDLER or person.office == DEMO_UNIT)
        ]
        shown[role] = fitting[0]
    return shown


def _open_staff(
    people: tuple[DemoPerson, ...],
    shown: dict[Role, int],
    passwords: dict[Role, str],
    now: datetime,
) -> list[User]:
    names = dict(SIGN_INS)
    role_of = {number: role for role, number in shown.items() if role not in OF_THE_FIRM}
    accounts = tuple(
        NewAccount(
            sign_in_name=names[role_of[n]] if n in role_of else f"staff-{n + 1:03d}",
            name=person.name,
            roles=tuple(Role(role) for role in person.roles),
            password=passwords[role_of[n]] if n in role_of else None,
        )
        for n, person in enumerate(people)
    )
    users = open_accounts(accounts=accounts, actor=None, now=now)
    offices = {office.zh: office for office in active_offices()}
    registry.appoint_staff(
        appointments=[
            registry.Appointment(user, offices[person.office], person.title, person.is_head)
            for user, person in zip(users, people, strict=True)
            if person.office
        ],
        actor=None,
        now=now,
    )
    return users


def _open_members(
    firms: tuple[DemoEnterprise, ...],
    rows: list[Enterprise],
    shown: dict[Role, int],
    passwords: dict[Role, str],
    now: datetime,
) -> list[User]:
    """Open an account for the contact of each enterprise."""
    ours = shown[Role.ENTERPRISE_USER]
    accounts = tuple(
        NewAccount(
            sign_in_name=dict(SIGN_INS)[Role.ENTERPRISE_USER] if n == ours else f"firm-{n + 1:03d}",
            name=firm.contact_name,
            roles=(Role.ENTERPRISE_USER,),
            password=passwords[Role.ENTERPRISE_USER] if n == ours else None,
        )
        for n, firm in enumerate(firms)
    )
    users = open_accounts(accounts=accounts, actor=None, now=now)
    for user, row in zip(users, rows, strict=True):
        registry.admit_member(user=user, enterprise=row, actor=None, now=now)
    return users


def _open_firm_admin(
    firms: tuple[DemoEnterprise, ...],
    rows: list[Enterprise],
    shown: dict[Role, int],
    passwords: dict[Role, str],
    now: datetime,
) -> User:
    """Open an account for somebody who looks after the people of the enterprise that is shown."""
    ours = shown[Role.ENTERPRISE_USER]
    name = f"{firms[ours].contact_name[0]}晓岚"
    role = Role.ENTERPRISE_ADMIN
    account = NewAccount(dict(SIGN_INS)[role], name, (role,), passwords[role])
    [user] = open_accounts(accounts=(account,), actor=None, now=now)
    registry.admit_member(user=user, enterprise=rows[ours], is_admin=True, actor=None, now=now)
    return user


def _read_most(users: list[User], now: datetime) -> None:
    """Let those who sign in have read all notices but the newest."""
    for user in users:
        if not user.has_usable_password():
            continue
        newest = notices_of(user.pk).order_by("-pk").values_list("pk", flat=True)
        if seen := list(newest[UNREAD : UNREAD + 1]):
            read_all(up_to=seen[0], actor=user, now=now)


def _second_factors(users: list[User], now: datetime) -> dict[str, str]:
    """Set up the second factor of those who sign in; return their secrets by sign-in name."""
    before = now - SET_UP_BEFORE
    found = {}
    for user in users:
        if not user.has_usable_password():
            continue
        factor = begin_second_factor(actor=user, now=before)
        codes = codes_at(factor.secret, before)
        confirm_second_factor(code=min(codes.items())[1], session_key=None, actor=user, now=before)
        found[user.sign_in_name] = factor.secret
    return found


def _working_days(day: date) -> tuple[date, ...]:
    calendar = registry.office_calendar(profile_in_force().version_id)
    return registry.working_days_before(day, WORKING_DAYS, calendar)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows that cases of the demo refer to: enterprises, people, offices, second levels."""

    enterprises: list[Enterprise]
    members: list[User]
    staff: list[User]
    offices: dict[str, Office]
    second: dict[tuple[str, str], str]

    @classmethod
    def of(cls, enterprises: list[Enterprise], members: list[User], staff: list[User]) -> _Rows:
        second: dict[tuple[str, str], str] = {
            (category.code, part.zh): part.code
            for category in profile_in_force().profile.categories
            for part in category.subcategories
        }
        offices = {office.zh: office for office in active_offices()}
        return cls(enterprises, members, staff, offices, second)

    def past_case(self, case: DemoCase) -> PastCase:
        member = self.members[case.enterprise]
        return PastCase(
            enterprise=self.enterprises[case.enterprise],
            opened_by=member,
            channel=Channel(case.channel),
            text=case.text,
            category=case.category,
            subcategory=self.second.get((case.category, case.subcategory), ""),
            urgency=Urgency(case.urgency),
            sensitivity=Sensitivity(case.sensitivity),
            location_note=case.location or "",
            submitted_at=case.submitted_at,
            steps=tuple(self._past_step(step, member) for step in _steps(case)),
        )

    def _past_step(self, step: DemoStep, member: User) -> PastStep:
        actor: User | None = None
        if step.actor is not None:
            actor = self.staff[step.actor]
        elif step.role == "enterprise":
            actor = member
        is_silence = step.kind == "auto_confirmed"
        return PastStep(
            step=STEPS[step.kind],
            at=step.at,
            actor=actor,
            text="" if is_silence else step.text,
            unit=self.offices[step.office] if step.office else None,
            planned_on=step.planned_on,
            solved=Solved.EXPLAINED if is_silence else Solved(step.solved or "yes"),
            rating=step.rating,
        )


def _steps(case: DemoCase) -> Iterator[DemoStep]:
    """Yield the steps; an enterprise that says "not solved" thereby opens its case again."""
    refusal: DemoStep | None = None
    for step in case.steps:
        if step.kind == "confirmed" and step.solved == "no":
            refusal = step
        elif step.kind == "reopened" and refusal is not None:
            yield replace(step, at=refusal.at, role="enterprise", text=refusal.text)
        else:
            yield step


def _sign_ins(
    passwords: dict[Role, str], who: dict[Role, tuple[str, str]], secrets_of: dict[str, str]
) -> tuple[SignIn, ...]:
    return tuple(
        SignIn(role.value, name, passwords[role], *who[role], secrets_of.get(name))
        for role, name in SIGN_INS
    )


def _who_signs_in(
    shown: dict[Role, int],
    firms: tuple[DemoEnterprise, ...],
    people: tuple[DemoPerson, ...],
    firm_admin: User,
) -> dict[Role, tuple[str, str]]:
    """Return the name and the unit of who signs in for each role."""
    firm = firms[shown[Role.ENTERPRISE_USER]]
    who = {
        role: (people[number].name, people[number].office or "")
        for role, number in shown.items()
        if role not in OF_THE_FIRM
    }
    who[Role.ENTERPRISE_USER] = (firm.contact_name, firm.name)
    who[Role.ENTERPRISE_ADMIN] = (firm_admin.name, firm.name)
    return who
