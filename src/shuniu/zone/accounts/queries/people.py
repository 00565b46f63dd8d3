"""Questions about people and what they sign in with."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.module_loading import import_string

from shuniu.zone.accounts.choices import STAFF_ROLES
from shuniu.zone.accounts.models import Grant, Phone, RecoveryCode, SecondFactor, User
from shuniu.zone.accounts.policies.passwords import OLD_AFTER, PasswordAbout
from shuniu.zone.kernel.fields import index_of

MOBILE = re.compile(r"1[3-9]\d{9}")
BETWEEN_DIGITS = re.compile(r"[\s\-]")
COUNTRY = re.compile(r"^(\+|00)?86(?=1)")


def roles_of(user: AbstractBaseUser) -> frozenset[str]:
    """Return the roles of a person."""
    return frozenset(Grant.objects.filter(user_id=user.pk).values_list("role", flat=True))


def has_people() -> bool:
    """Return whether anybody has an account."""
    return bool(User.objects.exists())


def mobile_number(text: str) -> str:
    """Return the eleven digits of a mobile number of the mainland; nothing if it is none."""
    narrow = COUNTRY.sub("", BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", text)))
    return narrow if MOBILE.fullmatch(narrow) and narrow.isascii() else ""


def user_with_phone(number: str) -> User | None:
    """Return whose mobile number this is."""
    phone = Phone.objects.filter(number_index=index_of(Phone, "number", number))
    found: User | None = User.objects.filter(pk__in=phone.values("pk")).first()
    return found


def user_called(name: str) -> User | None:
    """Return who signs in with this name or this mobile number."""
    number = mobile_number(name)
    if number and (found := user_with_phone(number)):
        return found
    named: User | None = User.objects.filter(sign_in_name=name.strip().lower()).first()
    return named


def phone_of(user: AbstractBaseUser) -> str:
    """Return the mobile number of a person; nothing if none is known."""
    phone = Phone.objects.filter(pk=user.pk).first()
    return phone.number if phone else ""


def second_factor_of(user: AbstractBaseUser) -> SecondFactor | None:
    """Return the second factor of a person once it was confirmed with a first code."""
    return SecondFactor.objects.filter(pk=user.pk, confirmed_at__isnull=False).first()


def second_factor_begun_by(user: AbstractBaseUser) -> SecondFactor | None:
    """Return the second factor of a person, also while it is still being set up."""
    return SecondFactor.objects.filter(pk=user.pk).first()


def recovery_codes_left(user: AbstractBaseUser) -> int:
    """Return how many recovery codes can still be used."""
    return RecoveryCode.objects.filter(user_id=user.pk, used_at__isnull=True).count()


def password_about(user: User) -> PasswordAbout:
    """Return what a password of this person must not contain, and by which rule it is measured."""
    words = import_string(settings.ZONE_WORDS)(user)
    own = (user.sign_in_name, user.name, phone_of(user))
    return PasswordAbout((*own, *words), is_staff=not roles_of(user).isdisjoint(STAFF_ROLES))


def password_is_old(user: User, now: datetime) -> bool:
    """Return whether the zone's rules demand a new password (GB/T 22239-2019 8.1.4.1 a)."""
    if settings.PASSWORD_RULES != "dengbao":
        return False
    return now - (user.password_changed_at or user.created_at) >= OLD_AFTER
