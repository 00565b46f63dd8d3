"""Commands on those who ask to be let in for an enterprise."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts import queries as accounts_queries
from shuniu.zone.accounts import services as accounts
from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry import facts, policies, problems, queries
from shuniu.zone.registry.choices import RegistrationState
from shuniu.zone.registry.credit_code import SYMBOLS
from shuniu.zone.registry.models import Enterprise, Registration
from shuniu.zone.registry.services.asking import NotForYou
from shuniu.zone.registry.services.enterprises import (
    NewEnterprise,
    admit_member,
    register_enterprises,
)

SPAN = timedelta(hours=1)
MOST_IN_SPAN = 5
REFERENCE_SYMBOLS = 8


class TooManyRegistrations(Refusal):
    code = "registry.too_many_registrations"
    status = 429
    sentence = _(
        "Several registrations have just come from your network. Please try again in an hour,"
        " or call us at %(phone)s."
    )


class AlreadyDecided(Refusal):
    code = "registry.already_decided"
    status = 409
    sentence = _("%(name)s was faster: this registration is decided already.")


class EnterpriseAppeared(Refusal):
    code = "registry.enterprise_appeared"
    status = 409
    sentence = _(
        "Meanwhile something changed: whether this enterprise is known is no longer as on the"
        " page. Please look again before you decide."
    )


class EnterpriseNameTaken(Refusal):
    code = "registry.enterprise_name_taken"
    status = 409
    sentence = _("Another enterprise with the name %(name)s is known under %(credit_code)s.")


class PhoneOfStaff(Refusal):
    code = "registry.phone_of_staff"
    status = 409
    sentence = _("This number is that of a member of staff; an enterprise needs another one.")


@dataclass(frozen=True, slots=True)
class NewRegistration:
    """What the applicant wrote, checked in its shape. ``password`` is still in plain words."""

    credit_code: str
    enterprise_name: str
    name: str
    phone: str
    position: str
    password: str


def send_registration(
    *, new: NewRegistration, form_key: str, address: str, actor: User | None, now: datetime
) -> Registration:
    """Take in a registration. The same form sent again gives the one that it made.

    Whether phone or enterprise are known already is not told: only a clerk sees it.

    Raises
    ------
    accounts.PasswordRefused
        If the password cannot be taken.
    TooManyRegistrations
        If more came from this address within an hour than people send.
    """
    if known := queries.registration_with_key(form_key):
        return known
    if queries.received_since(address, now - SPAN) >= MOST_IN_SPAN:
        raise TooManyRegistrations(phone=queries.profile_in_force().profile.zone.phone)
    somebody = User(sign_in_name=new.phone, name=new.name)
    hashed = accounts.new_password_hash(somebody, new.password)
    row = _row(new, form_key, address, hashed, now)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            received = facts.RegistrationReceived(registration_id=str(row.pk))
            record_fact(received, actor=actor, at=now)
    except IntegrityError:
        return Registration.objects.get(form_key=form_key)
    return row


def _row(
    new: NewRegistration, form_key: str, address: str, hashed: str, now: datetime
) -> Registration:
    key = uuid.uuid4()
    return Registration(
        id=key,
        reference=_reference(key),
        credit_code=new.credit_code,
        enterprise_name=new.enterprise_name,
        name=new.name,
        phone=new.phone,
        position=new.position,
        password=hashed,
        form_key=form_key,
        address=address,
        received_at=now,
        due_at=problems.registration_due_at(now),
    )


def _reference(key: uuid.UUID) -> str:
    """Return eight symbols that nobody mishears, for somebody to ask by on the phone."""
    rest, symbols = key.int % 2**62, ""  # below its variant a key is random throughout
    for _place in range(REFERENCE_SYMBOLS):
        rest, number = divmod(rest, len(SYMBOLS))
        symbols += SYMBOLS[number]
    return f"{symbols[:4]}-{symbols[4:]}"


@transaction.atomic
def approve_registration(
    *,
    registration_id: uuid.UUID,
    joins: int | None,
    as_admin: bool,
    actor: User,
    now: datetime,
) -> Registration:
    """Let the applicant speak for the enterprise.

    ``joins`` is the known enterprise that the clerk saw; None registers a new one, whose first
    person administers it. An account with this phone gets the enterprise; otherwise one is opened
    with the password of the registration.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    AlreadyDecided
        If somebody was faster; says who.
    EnterpriseAppeared
        If the enterprise is known now and was not on the page, or the other way round.
    EnterpriseNameTaken
        If another enterprise has the name of the new one.
    PhoneOfStaff
        If the phone is that of somebody inside the administration.
    """
    row = _decide(registration_id, RegistrationState.APPROVED, "", actor, now)
    enterprise = _enterprise(row, joins, actor, now)
    as_admin = as_admin or joins is None
    user, is_new = _account(row, as_admin=as_admin, actor=actor, now=now)
    admit_member(user=user, enterprise=enterprise, is_admin=as_admin, actor=actor, now=now)
    row.enterprise, row.user, row.password = enterprise, user, ""
    row.save(update_fields=["enterprise", "user", "password"])
    approved = facts.RegistrationApproved(
        registration_id=str(row.pk),
        enterprise_id=enterprise.pk,
        user_id=user.pk,
        is_new_account=is_new,
    )
    record_fact(approved, actor=actor, at=now)
    return row


@transaction.atomic
def reject_registration(
    *, registration_id: uuid.UUID, reason: str, actor: User, now: datetime
) -> Registration:
    """Do not let the applicant in; ``reason`` is what they read when they ask.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    AlreadyDecided
        If somebody was faster; says who.
    """
    row = _decide(registration_id, RegistrationState.REJECTED, reason, actor, now)
    rejected = facts.RegistrationRejected(registration_id=str(row.pk))
    record_fact(rejected, actor=actor, at=now)
    return row


@transaction.atomic
def take_up_again(*, registration_id: uuid.UUID, actor: User, now: datetime) -> Registration:
    """Let a rejected registration wait again; doing it twice changes nothing.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    AlreadyDecided
        If it was approved meanwhile; says by whom.
    """
    if not policies.may_decide_registrations(queries.standing_of(actor)):
        raise NotForYou
    rejected = Registration.objects.filter(pk=registration_id, state=RegistrationState.REJECTED)
    if rejected.update(
        state=RegistrationState.WAITING, reason="", decided_at=None, decided_by=None
    ):
        again = facts.RegistrationTakenUpAgain(registration_id=str(registration_id))
        record_fact(again, actor=actor, at=now)
    row = Registration.objects.select_related("decided_by").get(pk=registration_id)
    if row.is_approved:
        raise AlreadyDecided(name=_decider(row))
    return row


@transaction.atomic
def reveal_registration(*, registration_id: uuid.UUID, actor: User, now: datetime) -> Registration:
    """Return a registration whose phone is shown in full, and record who looked.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    """
    if not policies.may_decide_registrations(queries.standing_of(actor)):
        raise NotForYou
    row = Registration.objects.get(pk=registration_id)
    revealed = facts.RegistrationRevealed(registration_id=str(row.pk))
    record_fact(revealed, actor=actor, at=now)
    return row


def _decide(
    registration_id: uuid.UUID, state: RegistrationState, reason: str, actor: User, now: datetime
) -> Registration:
    """Take the registration for this decision, in one conditional UPDATE."""
    if not policies.may_decide_registrations(queries.standing_of(actor)):
        raise NotForYou
    waiting = Registration.objects.filter(pk=registration_id, state=RegistrationState.WAITING)
    taken = waiting.update(state=state, reason=reason, decided_at=now, decided_by=actor)
    row = Registration.objects.select_related("decided_by").get(pk=registration_id)
    if not taken:
        raise AlreadyDecided(name=_decider(row))
    return row


def _decider(row: Registration) -> str:
    return row.decided_by.name if row.decided_by else ""


def _enterprise(row: Registration, joins: int | None, actor: User, now: datetime) -> Enterprise:
    known = queries.records_of_codes([row.credit_code]).get(row.credit_code)
    if (known.pk if known else None) != joins:
        raise EnterpriseAppeared
    if known is not None:
        return known
    name = row.enterprise_name
    if other := Enterprise.objects.filter(name=name).first():
        raise EnterpriseNameTaken(name=name, credit_code=other.credit_code)
    new = NewEnterprise(
        name=name,
        short_name="",
        credit_code=row.credit_code,
        industry_code="",
        is_above_scale=None,
        employees=None,
        scope="",
        products=(),
        inputs=(),
        address="",
        lon=None,
        lat=None,
    )
    try:
        with transaction.atomic():
            return register_enterprises(enterprises=[new], actor=actor, now=now)[0]
    except IntegrityError:
        raise EnterpriseAppeared from None


def _account(row: Registration, *, as_admin: bool, actor: User, now: datetime) -> tuple[User, bool]:
    """Return the account of the applicant, and whether it was opened now."""
    roles = [Role.ENTERPRISE_USER, *([Role.ENTERPRISE_ADMIN] if as_admin else [])]
    user = accounts_queries.user_with_phone(row.phone)
    if user is None:
        account = accounts.NewAccount(
            sign_in_name=f"e-{row.reference.lower()}",
            name=row.name,
            roles=tuple(roles),
            phone=row.phone,
            password_hash=row.password,
        )
        return accounts.open_accounts(accounts=(account,), actor=actor, now=now)[0], True
    if queries.is_of_staff(user):
        raise PhoneOfStaff
    if not user.is_active:
        accounts.reopen_account(user_id=user.pk, actor=actor, now=now)
    for role in roles:
        accounts.give_role(user_id=user.pk, role=role, actor=actor, now=now)
    return user, False
