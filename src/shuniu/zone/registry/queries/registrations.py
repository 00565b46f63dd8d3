"""Questions about those who ask to be let in for an enterprise."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.choices import ENTERPRISE_ROLES, OUTSIDE_ROLES
from shuniu.zone.accounts.models import User
from shuniu.zone.accounts.queries import roles_of, user_with_phone
from shuniu.zone.kernel.clock import day_span
from shuniu.zone.kernel.fields import index_of
from shuniu.zone.kernel.queries import DayNumbers
from shuniu.zone.registry.choices import RegistrationState
from shuniu.zone.registry.credit_code import SYMBOLS, has_usual_body, normal_code
from shuniu.zone.registry.models import Enterprise, Membership, Registration
from shuniu.zone.registry.policies import Standing, may_decide_registrations
from shuniu.zone.registry.queries.enterprises import records_of_codes

WAITING_FIRST = Case(
    When(state=RegistrationState.WAITING, then=Value(0)),
    default=Value(1),
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class RegistrationFilter:
    """Which registrations a list shows; an empty text stands for all.

    ``words`` is part of the name of the enterprise, or its credit code, reference or phone whole.
    """

    words: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """What a clerk has to know before deciding.

    Attributes
    ----------
    enterprise
        The enterprise that has this credit code already.
    namesake
        Another enterprise that has this name; then the registration cannot be approved as a new
        one.
    members
        Who speaks for ``enterprise`` already, administrators first.
    account
        Whose phone number it is already.
    is_account_of_staff
        Whether that account is one of staff, who cannot speak for an enterprise with it.
    is_body_usual
        Whether the organization code inside the credit code checks too; old ones need not.
    others
        Other registrations of the same enterprise or the same phone that wait.
    """

    enterprise: Enterprise | None
    namesake: Enterprise | None
    members: tuple[Membership, ...]
    account: User | None
    is_account_of_staff: bool
    is_body_usual: bool
    others: tuple[Registration, ...]

    @property
    def can_be_approved(self) -> bool:
        return not self.is_account_of_staff and self.namesake is None


def registrations_visible_to(who: Standing) -> QuerySet[Registration]:
    """Return the registrations that a person may see: all for clerks of the center, else none."""
    rows = Registration.objects.select_related("decided_by", "enterprise")
    return rows if may_decide_registrations(who) else rows.none()


def filtered_registrations(who: Standing, wanted: RegistrationFilter) -> QuerySet[Registration]:
    """Return what a list shows: the waiting ones first, the longest waiting before all."""
    rows = registrations_visible_to(who)
    if wanted.words:
        words = wanted.words
        rows = rows.filter(
            Q(enterprise_name__icontains=words)
            | Q(credit_code=normal_code(words))
            | Q(reference=normal_reference(words))
            | Q(phone_index=index_of(Registration, "phone", words))
        )
    if wanted.state == RegistrationState.WAITING:
        return rows.filter(state=wanted.state).order_by("received_at", "pk")
    if wanted.state:
        return rows.filter(state=wanted.state).order_by("-decided_at", "pk")
    return rows.order_by(WAITING_FIRST, "-received_at", "pk")


def counts_of_registrations(who: Standing, wanted: RegistrationFilter) -> dict[str, int]:
    """Return how many registrations there are in each state, and all together (empty key)."""
    states = ["", *RegistrationState.values]
    return {
        state: filtered_registrations(who, RegistrationFilter(wanted.words, state)).count()
        for state in states
    }


def waiting_registrations(who: Standing) -> int:
    """Return how many registrations wait for the center's word."""
    return filtered_registrations(who, RegistrationFilter(state=RegistrationState.WAITING)).count()


def check_of(registration: Registration) -> Check:
    """Return what the zone knows already of an enterprise and a phone number."""
    code = registration.credit_code
    enterprise = records_of_codes([code]).get(code)
    namesakes = Enterprise.objects.filter(name=registration.enterprise_name)
    namesake = None if enterprise else namesakes.first()
    members = Membership.objects.filter(enterprise=enterprise).select_related("user")
    account = user_with_phone(registration.phone)
    others = Registration.objects.filter(
        Q(credit_code=registration.credit_code) | Q(phone_index=registration.phone_index),
        state=RegistrationState.WAITING,
    ).exclude(pk=registration.pk)
    return Check(
        enterprise=enterprise,
        namesake=namesake,
        members=tuple(members.order_by("-is_admin", "pk")) if enterprise else (),
        account=account,
        is_account_of_staff=account is not None and is_of_staff(account),
        is_body_usual=has_usual_body(registration.credit_code),
        others=tuple(others.order_by("received_at")),
    )


def is_of_staff(user: User) -> bool:
    """Return whether somebody has, or had, a place inside the zone's administration."""
    inside = roles_of(user) - ENTERPRISE_ROLES - OUTSIDE_ROLES
    return bool(inside) or user.posts.exists()


def registration_with_key(form_key: str) -> Registration | None:
    """Return what was received under the key of a form."""
    return Registration.objects.filter(form_key=form_key).first()


def registration_of_reference(reference: str) -> Registration | None:
    """Return the registration of this reference, for a browser that has just sent it."""
    return Registration.objects.filter(reference=reference).first()


def registration_answered_to(reference: str, phone: str) -> Registration | None:
    """Return the registration of somebody who knows both its reference and its phone number."""
    index = index_of(Registration, "phone", phone)
    known = Registration.objects.filter(reference=normal_reference(reference), phone_index=index)
    return known.first() if index else None


def received_since(address: str, since: datetime) -> int:
    """Return how many registrations came from an address since then."""
    return Registration.objects.filter(address=address, received_at__gt=since).count()


def normal_reference(text: str) -> str:
    """Return a reference as it is stored, such as ``7K3M-92QF``, however it was typed."""
    narrow = unicodedata.normalize("NFKC", text).upper()
    meant = narrow.translate(str.maketrans("OI", "01"))
    symbols = "".join(symbol for symbol in meant if symbol in SYMBOLS)
    return f"{symbols[:4]}-{symbols[4:]}"


def is_late(registration: Registration, now: datetime) -> bool:
    """Return whether somebody waits for an answer longer than they were promised."""
    return registration.is_waiting and now > registration.due_at


def day_summary(first: date, last: date) -> DayNumbers:
    """Return how many registrations came in, and how many were decided, on some days."""
    start, end = day_span(first)[0], day_span(last)[1]
    decided = Q(decided_at__gte=start, decided_at__lt=end)
    counts = Registration.objects.filter(Q(received_at__gte=start) | decided).aggregate(
        received=Count("pk", filter=Q(received_at__gte=start, received_at__lt=end)),
        approved=Count("pk", filter=decided & Q(state=RegistrationState.APPROVED)),
    )
    return DayNumbers(
        _("Enterprises"),
        (
            (_("Registrations received"), counts["received"]),
            (_("Registrations approved"), counts["approved"]),
        ),
    )
