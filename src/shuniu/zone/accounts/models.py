from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from shuniu.zone.accounts.choices import Role


class UserQuerySet(models.QuerySet["User"]):
    pass


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # made by Django
    def get_by_natural_key(self, username: str | None) -> User:
        user: User = self.get(sign_in_name=(username or "").strip().lower())
        return user


class User(AbstractBaseUser):
    """Somebody who can sign in: an enterprise's person or a member of the zone's staff.

    Changed by :mod:`zone.accounts.services` only.
    """

    sign_in_name = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "sign_in_name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """A role that a person has."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=30, choices=Role)
    granted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="grant_once_per_role")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"
