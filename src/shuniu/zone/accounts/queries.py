from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser

from shuniu.zone.accounts.models import Grant, User


def roles_of(user: AbstractBaseUser) -> frozenset[str]:
    """Return the roles of a person."""
    return frozenset(Grant.objects.filter(user_id=user.pk).values_list("role", flat=True))


def has_people() -> bool:
    """Return whether anybody has an account."""
    return bool(User.objects.exists())
