"""Writing rows of a list of staff, and taking them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import QuerySet

from shuniu.zone.accounts import services as accounts
from shuniu.zone.accounts.choices import ENTERPRISE_ROLES, OUTSIDE_ROLES
from shuniu.zone.accounts.models import Grant, Phone, User
from shuniu.zone.kernel.facts import FactRecord
from shuniu.zone.kernel.fields import index_of
from shuniu.zone.kernel.importing.kinds import (
    Becomes,
    Errand,
    Finding,
    SourceRow,
    TakenBack,
    Verdict,
    Written,
)
from shuniu.zone.kernel.models import Fact
from shuniu.zone.kernel.services import record_facts
from shuniu.zone.registry import facts, policies
from shuniu.zone.registry.models import Office, Post
from shuniu.zone.registry.services.asking import NotForYou, standing_or_system
from shuniu.zone.registry.services.lists.cleaning import in_chunks, relations_to
from shuniu.zone.registry.services.people import Appointment, appoint_staff

OUTSIDE = ENTERPRISE_ROLES | OUTSIDE_ROLES


@dataclass(frozen=True, slots=True)
class KnownStaff:
    """What is known of the people of a list.

    Attributes
    ----------
    phones, posts
        Number, and title by the code of the office, by the key of the person.
    owner_of_phone
        Key of the person who has a number.
    outside
        Who is of an enterprise or another body: their accounts are not kept by this list.
    """

    phones: dict[int, str]
    owner_of_phone: dict[str, int]
    posts: dict[int, dict[str, str]]
    outside: frozenset[int]


def staff_known(people: Sequence[User], numbers: Sequence[str]) -> KnownStaff:
    """Return what is known of these people, and who has these numbers."""
    keys = [user.pk for user in people]
    phones = {row.pk: row.number for row in Phone.objects.filter(pk__in=keys)}
    by_index = {index_of(Phone, "number", number): number for number in numbers if number}
    owners: dict[str, int] = {}
    for some in in_chunks(by_index):
        for key, index in Phone.objects.filter(number_index__in=some).values_list(
            "pk", "number_index"
        ):
            owners[by_index[str(index)]] = key
    posts: dict[int, dict[str, str]] = {}
    for post in Post.objects.filter(user__in=keys).select_related("office"):
        posts.setdefault(post.user_id, {})[post.office.code] = post.title
    grants = Grant.objects.filter(user__in=keys, role__in=OUTSIDE).values_list("user_id", flat=True)
    return KnownStaff(phones, owners, posts, frozenset(grants))


def lock_staff(rows: Sequence[SourceRow], errand: Errand) -> None:  # noqa: ARG001  # the shape of a lock
    """Take the accounts of these names, and their numbers and posts."""
    names = {row.cells.get("sign_in_name", "").strip().lower() for row in rows} - {""}
    _people_held(User.objects.filter(sign_in_name__in=names))


def _people_held(wanted: QuerySet[User]) -> dict[int, User]:
    """Return people for us alone, with their numbers and posts, in the order of their keys."""
    rows = wanted.select_for_update(no_key=True).order_by("pk")
    people = {user.pk: user for user in rows}
    for table in (Phone, Post):
        held = table._base_manager.select_for_update(no_key=True).order_by("pk")  # noqa: SLF001  # Django's documented door
        list(held.filter(user__in=people).values_list("pk", flat=True))
    return people


def apply_staff(verdicts: Sequence[Verdict], errand: Errand) -> list[Written]:
    """Open accounts for whom is new, and correct what differs; the accounts are locked already.

    Raises
    ------
    NotForYou
        If who confirmed the import may not.
    """
    actor = cast("User", errand.actor)
    if not policies.may_appoint(standing_or_system(actor)):
        raise NotForYou
    offices = {office.code: office for office in Office.objects.all()}
    new = [one for one in verdicts if one.becomes is Becomes.NEW]
    changed = [one for one in verdicts if one.becomes is Becomes.CHANGED]
    written = _opened(new, offices, actor, errand)
    written += [_corrected(one, offices, actor, errand) for one in changed]
    fields = {one.number: _fields(one) for one in verdicts}
    told: list[tuple[FactRecord, User | None, Any]] = [
        (
            facts.StaffListed(
                user_id=int(one.subject), fields=fields[one.number], import_id=errand.import_id
            ),
            actor,
            errand.now,
        )
        for one in written
    ]
    record_facts(told, deliver=True)
    return written


def _fields(verdict: Verdict) -> tuple[str, ...]:
    if verdict.becomes is Becomes.NEW:
        return tuple(verdict.values)
    return tuple(change.field for change in verdict.changes)


def _opened(
    verdicts: Sequence[Verdict], offices: dict[str, Office], actor: User, errand: Errand
) -> list[Written]:
    wanted = [
        accounts.NewAccount(
            one.values["sign_in_name"], one.values["name"], (), phone=one.values.get("phone", "")
        )
        for one in verdicts
    ]
    users = accounts.open_accounts(accounts=wanted, actor=actor, now=errand.now)
    appointments = [
        Appointment(user, offices[one.values["office"]], one.values.get("title", ""), is_head=False)
        for user, one in zip(users, verdicts, strict=True)
        if "office" in one.values
    ]
    appoint_staff(appointments=appointments, actor=actor, now=errand.now)
    return [
        Written(one.number, str(user.pk), {"is_new": True, "said": _said(user)})
        for user, one in zip(users, verdicts, strict=True)
    ]


def _corrected(one: Verdict, offices: dict[str, Office], actor: User, errand: Errand) -> Written:
    values, now = one.values, errand.now
    user = User.objects.get(sign_in_name=values["sign_in_name"])
    changed = {change.field for change in one.changes}
    before: dict[str, Any] = {}
    if "name" in changed:
        before["name"] = [user.name, values["name"]]
        accounts.rename(user_id=user.pk, name=values["name"], actor=actor, now=now)
    if "phone" in changed:
        phone = Phone.objects.filter(pk=user.pk).first()
        before["phone"] = [phone.number if phone else "", values["phone"]]
        accounts.set_phone(user_id=user.pk, number=values["phone"], actor=actor, now=now)
    if "office" in changed:
        office = offices[values["office"]]
        post = Post.objects.filter(user=user, office=office).first()
        title = values.get("title", post.title if post else "")
        before["post"] = [office.code, post.title if post else None, title]
        if post is None:
            appointment = Appointment(user, office, title, is_head=False)
            appoint_staff(appointments=[appointment], actor=actor, now=now)
        else:
            post.title = title
            post.save(update_fields=["title"])
    return Written(one.number, str(user.pk), before)


def undo_staff(written: Sequence[Written], errand: Errand) -> list[TakenBack]:
    """Remove accounts that nobody has used, and set back what was changed, where it still is so.

    Raises
    ------
    NotForYou
        If who asked for it may not.
    """
    actor = cast("User", errand.actor)
    if not policies.may_appoint(standing_or_system(actor)):
        raise NotForYou
    keys = [int(one.subject) for one in written]
    people = _people_held(User.objects.filter(pk__in=keys))  # all before the first fact
    taken: list[TakenBack] = []
    told: list[tuple[FactRecord, User | None, Any]] = []
    for one in written:
        user = people.get(int(one.subject))
        why = (Finding("", "account_gone"),) if user is None else _undone(user, one, actor, errand)
        taken.append(TakenBack(one.number, is_done=not why, why=why))
        if not why and one.before.get("is_new"):
            back = facts.StaffTakenBack(user_id=int(one.subject), import_id=errand.import_id)
            told.append((back, actor, errand.now))
    record_facts(told, deliver=True)
    return taken


def _undone(user: User, one: Written, actor: User, errand: Errand) -> tuple[Finding, ...]:
    """Take one row back; return why it cannot be done."""
    before = one.before
    if before.get("is_new"):
        if why := _why_not_removed(user, before["said"]):
            return why
        Post.objects.filter(user=user).delete()
        user.delete()
        return ()
    if why := _why_not(user, before):
        return why
    now = errand.now
    if "name" in before:
        accounts.rename(user_id=user.pk, name=before["name"][0], actor=actor, now=now)
    if "phone" in before:
        accounts.set_phone(user_id=user.pk, number=before["phone"][0], actor=actor, now=now)
    if "post" in before:
        code, old, _new = before["post"]
        posts = Post.objects.filter(user=user, office__code=code)
        if old is None:
            posts.delete()
        else:
            posts.update(title=old)
    return ()


def _why_not_removed(user: User, said: Any) -> tuple[Finding, ...]:
    """Return why an account that an import opened has to stay."""
    says = _said(user)
    labels = {"name": "person", "phone": "phone", "posts": "posts"}
    changed = _changed([label for key, label in labels.items() if says[key] != said[key]])
    return (*changed, Finding("", "account_used")) if _is_used(user) else changed


def _changed(keys: Sequence[str]) -> tuple[Finding, ...]:
    return (Finding("", "person_changed", {"keys": list(keys)}),) if keys else ()


def _why_not(user: User, before: Any) -> tuple[Finding, ...]:
    phone = Phone.objects.filter(pk=user.pk).first()
    changed = []
    if "name" in before and user.name != before["name"][1]:
        changed.append("person")
    if "phone" in before and (phone.number if phone else "") != before["phone"][1]:
        changed.append("phone")
    if "post" in before and _title(user, before["post"][0]) != before["post"][2]:
        changed.append("posts")
    return _changed(changed)


def _title(user: User, office: str) -> str | None:
    return (
        Post.objects.filter(user=user, office__code=office).values_list("title", flat=True).first()
    )


def _said(user: User) -> dict[str, Any]:
    """Return what is known of a person, to see later whether somebody changed it."""
    phone = Phone.objects.filter(pk=user.pk).first()
    posts = Post.objects.filter(user=user).order_by("office__code")
    return {
        "name": user.name,
        "phone": phone.number if phone else "",
        "posts": [list(post) for post in posts.values_list("office__code", "title", "is_head")],
    }


def _is_used(user: User) -> bool:
    """Return whether anybody signed in with an account, or anything but its posts hangs on it."""
    if user.last_login is not None or user.password_changed_at is not None:
        return True
    for relation in relations_to(User):
        model = relation.related_model
        if model in {Post, Phone}:
            continue
        column = relation.field.attname
        if model._base_manager.filter(**{column: user.pk}).exists():  # noqa: SLF001  # as above
            return True
    return Fact.objects.filter(actor_id=user.pk).exists()
