"""What the registry holds about people: how much, since when, and about whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuniu.zone.accounts.models import User
from shuniu.zone.accounts.queries import phone_of
from shuniu.zone.kernel.data_map import CopyTable, Held, copy_table, held_of, held_together
from shuniu.zone.kernel.fields import index_of
from shuniu.zone.registry.choices import RegistrationState
from shuniu.zone.registry.models import Contact, Membership, Post, Registration


def contacts_since() -> QuerySet[Any]:
    """Return all contacts with ``since_at``: when they were last verified, or else told."""
    since = Coalesce("verified_at", "told_at", "enterprise__registered_at")
    return Contact.objects.annotate(since_at=since)


def contacts_due(before: datetime) -> QuerySet[Any]:
    """Return the contacts that nobody verified since ``before``."""
    return contacts_since().filter(since_at__lt=before)


def contacts_held() -> Held:
    """Return the contacts; the time runs from the last verification."""
    return held_of(contacts_since(), "since_at")


def registrations_held() -> Held:
    """Return applications; the time runs from the decision."""
    return held_of(Registration.objects.all(), "decided_at")


def standing_held() -> Held:
    """Return posts and memberships; the time runs from the closing of the account."""
    closed = Q(user__is_active=False)
    return held_together(
        held_of(Post.objects.all(), "user__closed_at", closed),
        held_of(Membership.objects.all(), "user__closed_at", closed),
    )


def contacts_of_person(user: User) -> QuerySet[Contact]:
    """Return the contacts that carry the mobile number of a person."""
    index = index_of(Contact, "phone", phone_of(user))
    return Contact.objects.filter(phone_index=index) if index else Contact.objects.none()


def registrations_of_person(user: User) -> QuerySet[Registration]:
    """Return what a person sent to be let in: by their account, or by their number."""
    index = index_of(Registration, "phone", phone_of(user))
    return Registration.objects.filter(Q(user=user) | Q(phone_index=index, phone_index__gt=""))


def data_of(user: AbstractBaseUser) -> tuple[CopyTable, ...]:
    """Return the tables of the registry about a person."""
    person = User.objects.get(pk=user.pk)
    return (_posts(person), _memberships(person), _registrations(person), _contacts(person))


def _posts(user: User) -> CopyTable:
    heads = {"office": _("Office"), "title": _("Title"), "is_head": _("Head of the office")}
    found = Post.objects.filter(user=user).order_by("pk")
    rows = found.annotate(where=F("office__zh")).values_list("where", "title", "is_head")
    return copy_table("registry_post", _("Posts"), heads, rows)


def _memberships(user: User) -> CopyTable:
    heads = {"enterprise": _("Enterprise"), "is_admin": _("Looks after its people")}
    found = Membership.objects.filter(user=user).order_by("pk")
    rows = found.values_list("enterprise__name", "is_admin")
    return copy_table("registry_membership", _("Enterprises that you speak for"), heads, rows)


def _registrations(user: User) -> CopyTable:
    heads = {
        "reference": _("Reference"),
        "enterprise_name": _("Enterprise"),
        "credit_code": _("Credit code"),
        "name": _("Name"),
        "phone": _("Phone number"),
        "position": pgettext_lazy("contact", "Position"),
        "address": _("Address of the browser"),
        "received_at": _("Received"),
        "due_at": _("To be decided by"),
        "state": _("State"),
        "decided_at": _("Decided"),
        "reason": _("Reason"),
    }
    rows = (
        tuple(
            str(RegistrationState(row.state).label) if name == "state" else getattr(row, name)
            for name in heads
        )
        for row in registrations_of_person(user).order_by("received_at")
    )
    return copy_table("registry_registration", _("Applications to join"), heads, rows)


def _contacts(user: User) -> CopyTable:
    heads = {
        "enterprise": _("Enterprise"),
        "name": _("Name"),
        "title": pgettext_lazy("contact", "Position"),
        "phone": _("Phone number"),
        "verified_at": _("Last verified"),
        "told_at": _("Last told by a list"),
    }
    rows = (
        (row.enterprise.name, row.name, row.title, row.phone, row.verified_at, row.told_at)
        for row in contacts_of_person(user).select_related("enterprise").order_by("pk")
    )
    return copy_table("registry_contact", _("Contacts with your number"), heads, rows)
