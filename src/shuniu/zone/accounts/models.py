from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from shuniu.zone.accounts.choices import (
    ADMIN_ROLES,
    RequestState,
    Role,
    SessionEnd,
    TokenEnd,
)
from shuniu.zone.kernel.fields import BlindIndexField, PersonalTextField


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
    password_changed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "sign_in_name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """A role that a person has. The three administrators are never in one hand."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=30, choices=Role)
    granted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="grant_once_per_role"),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(role__in=sorted(ADMIN_ROLES)),
                name="grant_one_administration",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"


class Phone(models.Model):
    """The mobile number of a person, with which they may sign in."""

    user = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE)
    number = PersonalTextField()
    number_index = BlindIndexField(of="number", unique=True)

    def __str__(self) -> str:
        return f"Phone of {self.pk}"


class SecondFactor(models.Model):
    """The secret that a person's app makes codes from (RFC 6238)."""

    user = models.OneToOneField(
        User, primary_key=True, on_delete=models.CASCADE, related_name="second_factor"
    )
    secret = PersonalTextField()
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    last_step = models.BigIntegerField(default=0)
    """The newest step of 30 seconds whose code was used: none is taken twice."""

    def __str__(self) -> str:
        return f"Second factor of {self.pk}"


class RecoveryCode(models.Model):
    """A code that stands in once for the app."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_of_person")
        ]

    def __str__(self) -> str:
        return f"Recovery code #{self.pk}"


class OneTimeCode(models.Model):
    """What a person without a password gets in with, once, and chooses one."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="one_time_codes")
    digest = models.CharField(max_length=64, unique=True)
    resets_second_factor = models.BooleanField(default=False)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"One-time code #{self.pk}"


class Device(models.Model):
    """A browser in which a person has signed in before: strangers' guesses do not lock it out."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="device_of_person")]

    def __str__(self) -> str:
        return f"Device #{self.pk}"


class SignInSession(models.Model):
    """One stay of a person, from signing in to its end."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_sessions")
    key_digest = models.CharField(max_length=64, unique=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    second_factor_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=12, choices=SessionEnd, blank=True)
    address = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "ended_at"], name="session_of_person")]

    def __str__(self) -> str:
        return f"Session #{self.pk}"


class AccessToken(models.Model):
    """A key with which a program asks for its person; what it opens is never more than theirs.

    Attributes
    ----------
    digest
        Of the key, which itself is kept nowhere.
    may_write
        False for one that only reads.
    used_on
        The last day on which it opened something.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="access_tokens")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    may_write = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=12, choices=TokenEnd, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "ended_at"], name="token_of_person")]

    def __str__(self) -> str:
        return f"Token #{self.pk}"


class GuessCount(models.Model):
    """How often something secret was tried lately: an account, an address, or one from the other.

    The key is a digest, the same whether the account exists or not.
    """

    key = models.CharField(max_length=64, primary_key=True)
    guesses = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.guesses} guesses"


class DataRequest(models.Model):
    """The wish of a person that the zone deletes what it holds about them (PIPL, article 47).

    ``reason`` is what the person is told when it is not granted (article 50).
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="data_requests")
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.WAITING)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state=RequestState.WAITING),
                name="data_request_one_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"Request #{self.pk} of {self.user_id}"

    @property
    def is_waiting(self) -> bool:
        return self.state == RequestState.WAITING
