"""Commands on the people of the zone: accounts of staff, and their places in offices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shuniu.zone.accounts import services as accounts
from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.facts import FactRecord
from shuniu.zone.kernel.services import record_fact, record_facts
from shuniu.zone.registry import facts, policies, queries
from shuniu.zone.registry.models import Office, Post
from shuniu.zone.registry.queries import PeopleFilter, PersonRow
from shuniu.zone.registry.services.asking import NotForYou, standing_or_system


@dataclass(frozen=True, slots=True)
class Appointment:
    """A person's new place in an office."""

    user: User
    office: Office
    title: str
    is_head: bool


@dataclass(frozen=True, slots=True)
class NewPost:
    """A place in an office, for somebody still to be named."""

    office: Office
    title: str
    is_head: bool


@transaction.atomic
def appoint_staff(
    *, appointments: Sequence[Appointment], actor: User | None, now: datetime
) -> list[Post]:
    """Give people their places in offices, in bulk."""
    if not policies.may_appoint(standing_or_system(actor)):
        raise NotForYou
    posts = Post.objects.bulk_create(
        [Post(user=a.user, office=a.office, title=a.title, is_head=a.is_head) for a in appointments]
    )
    told: list[tuple[FactRecord, User | None, datetime]] = [
        (facts.StaffAppointed(user_id=a.user.pk, office=a.office.code), actor, now)
        for a in appointments
    ]
    record_facts([*told], deliver=True)
    return posts


@transaction.atomic
def open_staff_account(
    *,
    sign_in_name: str,
    name: str,
    phone: str,
    posts: Sequence[NewPost],
    actor: User | None,
    now: datetime,
) -> User:
    """Open an account for a member of staff, still without a role and without a password.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    accounts.NameTaken, accounts.PhoneNotValid, accounts.PhoneTaken
        If the sign-in name or the phone number cannot be used.
    """
    if not policies.may_appoint(standing_or_system(actor)):
        raise NotForYou
    account = accounts.NewAccount(sign_in_name, name, roles=(), phone=phone)
    [user] = accounts.open_accounts(accounts=(account,), actor=actor, now=now)
    appointments = [Appointment(user, p.office, p.title, is_head=p.is_head) for p in posts]
    appoint_staff(appointments=appointments, actor=actor, now=now)
    return user


@transaction.atomic
def change_posts(
    *, user_id: int, posts: Sequence[NewPost], actor: User | None, now: datetime
) -> None:
    """Let a person serve in these offices and no others; the same as before changes nothing.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    """
    if not policies.may_appoint(standing_or_system(actor)):
        raise NotForYou
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    held = {(p.office_id, p.title, p.is_head) for p in Post.objects.filter(user=user)}
    if held == {(post.office.pk, post.title, post.is_head) for post in posts}:
        return
    Post.objects.filter(user=user).delete()
    Post.objects.bulk_create(
        [Post(user=user, office=p.office, title=p.title, is_head=p.is_head) for p in posts]
    )
    offices = tuple(sorted(post.office.code for post in posts))
    record_fact(facts.PostsChanged(user_id=user.pk, offices=offices), actor=actor, at=now)


@transaction.atomic
def export_people(*, wanted: PeopleFilter, actor: User, now: datetime) -> list[PersonRow]:
    """Return the people of a list for a file, and record that they went out.

    Raises
    ------
    NotForYou
        If ``actor`` may not see the list.
    """
    who = queries.standing_of(actor)
    if not policies.may_see_people(who):
        raise NotForYou
    rows = queries.person_rows(queries.filtered_people(who, wanted))
    record_fact(facts.PeopleExported(rows=len(rows)), actor=actor, at=now)
    return rows
