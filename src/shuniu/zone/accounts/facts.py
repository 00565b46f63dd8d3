"""Facts that the accounts publish."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuniu.zone.kernel.facts import FactRecord


@dataclass(frozen=True, slots=True)
class AccountOpened(FactRecord):
    kind: ClassVar[str] = "accounts.account.opened"
    label: ClassVar[Promise] = _("Account opened")
    about: ClassVar[str] = "user_id"
    user_id: int
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccountClosed(FactRecord):
    kind: ClassVar[str] = "accounts.account.closed"
    label: ClassVar[Promise] = _("Account closed")
    about: ClassVar[str] = "user_id"
    user_id: int
    sessions: int


@dataclass(frozen=True, slots=True)
class AccountReopened(FactRecord):
    kind: ClassVar[str] = "accounts.account.reopened"
    label: ClassVar[Promise] = _("Account opened again")
    about: ClassVar[str] = "user_id"
    user_id: int


@dataclass(frozen=True, slots=True)
class NameCorrected(FactRecord):
    """The name itself is not told: facts hold no personal data."""

    kind: ClassVar[str] = "accounts.user.name_corrected"
    label: ClassVar[Promise] = _("Name corrected")
    about: ClassVar[str] = "user_id"
    user_id: int


@dataclass(frozen=True, slots=True)
class PhoneSet(FactRecord):
    kind: ClassVar[str] = "accounts.user.phone_set"
    label: ClassVar[Promise] = _("Phone number set")
    about: ClassVar[str] = "user_id"
    user_id: int


@dataclass(frozen=True, slots=True)
class RoleGiven(FactRecord):
    kind: ClassVar[str] = "accounts.role.given"
    label: ClassVar[Promise] = _("Role given")
    about: ClassVar[str] = "user_id"
    user_id: int
    role: str


@dataclass(frozen=True, slots=True)
class RoleTaken(FactRecord):
    kind: ClassVar[str] = "accounts.role.taken"
    label: ClassVar[Promise] = _("Role taken away")
    about: ClassVar[str] = "user_id"
    user_id: int
    role: str


@dataclass(frozen=True, slots=True)
class SignedIn(FactRecord):
    """``second_factor`` says what the second factor was: a code, a recovery code, or nothing."""

    kind: ClassVar[str] = "accounts.user.signed_in"
    label: ClassVar[Promise] = pgettext_lazy("fact", "Signed in")
    about: ClassVar[str] = "user_id"
    user_id: int
    session_id: int
    second_factor: str


@dataclass(frozen=True, slots=True)
class SignInFailed(FactRecord):
    """At the door, or when somebody inside gives the password again or uses a code.

    ``user_id`` is 0 where no account has the name; what was typed is never kept.
    """

    kind: ClassVar[str] = "accounts.user.sign_in_failed"
    label: ClassVar[Promise] = _("Password or code refused")
    about: ClassVar[str] = "user_id"
    is_refusal: ClassVar[bool] = True
    user_id: int
    cause: str


@dataclass(frozen=True, slots=True)
class SignedOut(FactRecord):
    kind: ClassVar[str] = "accounts.user.signed_out"
    label: ClassVar[Promise] = _("Signed out")
    about: ClassVar[str] = "user_id"
    user_id: int


@dataclass(frozen=True, slots=True)
class SessionsEnded(FactRecord):
    kind: ClassVar[str] = "accounts.user.sessions_ended"
    label: ClassVar[Promise] = _("Sessions ended")
    about: ClassVar[str] = "user_id"
    user_id: int
    sessions: int
    cause: str


@dataclass(frozen=True, slots=True)
class Confirmed(FactRecord):
    kind: ClassVar[str] = "accounts.user.confirmed"
    label: ClassVar[Promise] = _("Password given again")
    about: ClassVar[str] = "user_id"
    user_id: int


@dataclass(frozen=True, slots=True)
class PasswordChanged(FactRecord):
    kind: ClassVar[str] = "accounts.user.password_changed"
    label: ClassVar[Promise] = _("Password changed")
    about: ClassVar[str] = "user_id"
    user_id: int
    sessions: int


@dataclass(frozen=True, slots=True)
class SecondFactorSet(FactRecord):
    kind: ClassVar[str] = "accounts.second_factor.set"
    label: ClassVar[Promise] = _("Second factor set up")
    about: ClassVar[str] = "user_id"
    user_id: int


@dataclass(frozen=True, slots=True)
class SecondFactorBegun(FactRecord):
    kind: ClassVar[str] = "accounts.second_factor.begun"
    label: ClassVar[Promise] = _("Second factor being set up")
    about: ClassVar[str] = "user_id"
    user_id: int


@dataclass(frozen=True, slots=True)
class SecondFactorDropped(FactRecord):
    kind: ClassVar[str] = "accounts.second_factor.dropped"
    label: ClassVar[Promise] = _("Second factor turned off")
    about: ClassVar[str] = "user_id"
    user_id: int


@dataclass(frozen=True, slots=True)
class RecoveryCodesRenewed(FactRecord):
    kind: ClassVar[str] = "accounts.recovery_codes.renewed"
    label: ClassVar[Promise] = _("Recovery codes renewed")
    about: ClassVar[str] = "user_id"
    user_id: int


@dataclass(frozen=True, slots=True)
class OneTimeCodeIssued(FactRecord):
    kind: ClassVar[str] = "accounts.one_time_code.issued"
    label: ClassVar[Promise] = _("One-time code issued")
    about: ClassVar[str] = "user_id"
    user_id: int
    resets_second_factor: bool


@dataclass(frozen=True, slots=True)
class OneTimeCodeUsed(FactRecord):
    kind: ClassVar[str] = "accounts.one_time_code.used"
    label: ClassVar[Promise] = _("Password chosen with a one-time code")
    about: ClassVar[str] = "user_id"
    user_id: int
    sessions: int
    resets_second_factor: bool


@dataclass(frozen=True, slots=True)
class DeletionAsked(FactRecord):
    kind: ClassVar[str] = "accounts.deletion.asked"
    label: ClassVar[Promise] = _("Deletion of own data asked for")
    about: ClassVar[str] = "user_id"
    user_id: int
    request_id: int


@dataclass(frozen=True, slots=True)
class DeletionTakenBack(FactRecord):
    kind: ClassVar[str] = "accounts.deletion.taken_back"
    label: ClassVar[Promise] = _("Request for deletion taken back")
    about: ClassVar[str] = "user_id"
    user_id: int
    request_id: int


@dataclass(frozen=True, slots=True)
class DeletionGranted(FactRecord):
    kind: ClassVar[str] = "accounts.deletion.granted"
    label: ClassVar[Promise] = _("Deletion granted and done")
    about: ClassVar[str] = "user_id"
    user_id: int
    request_id: int


@dataclass(frozen=True, slots=True)
class DeletionRefused(FactRecord):
    """The reason is written with the request, not here: facts hold no words about a person."""

    kind: ClassVar[str] = "accounts.deletion.refused"
    label: ClassVar[Promise] = _("Deletion not granted")
    about: ClassVar[str] = "user_id"
    user_id: int
    request_id: int


@dataclass(frozen=True, slots=True)
class OwnDataCopied(FactRecord):
    kind: ClassVar[str] = "accounts.own_data.copied"
    label: ClassVar[Promise] = _("Copy of own data downloaded")
    about: ClassVar[str] = "user_id"
    user_id: int


@dataclass(frozen=True, slots=True)
class TrailExported(FactRecord):
    """``user_id`` took ``rows`` facts of the audit trail out as a file.

    What was searched for stands beside it as far as it is no word that somebody typed: the days,
    the kind, the thing it is about, and the ids of the people who were meant.
    """

    kind: ClassVar[str] = "accounts.trail.exported"
    label: ClassVar[Promise] = _("Audit trail taken out as a file")
    about: ClassVar[str] = "user_id"
    user_id: int
    rows: int
    first_on: date | None
    last_on: date | None
    only: str
    thing: str
    result: str
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TokenMade(FactRecord):
    """``days`` is how long it opens something; its name may tell of a person and is not told."""

    kind: ClassVar[str] = "accounts.token.made"
    label: ClassVar[Promise] = _("Key for programs made")
    about: ClassVar[str] = "user_id"
    user_id: int
    token_id: int
    may_write: bool
    days: int


@dataclass(frozen=True, slots=True)
class TokensEnded(FactRecord):
    """``cause`` is one of ``TokenEnd``."""

    kind: ClassVar[str] = "accounts.token.ended"
    label: ClassVar[Promise] = _("Keys for programs ended")
    about: ClassVar[str] = "user_id"
    user_id: int
    tokens: int
    cause: str


@dataclass(frozen=True, slots=True)
class TokenUsedAgain(FactRecord):
    """A key opened something for the first time after ``days`` days: 30 or more."""

    kind: ClassVar[str] = "accounts.token.used_again"
    label: ClassVar[Promise] = _("Key for programs used after a long time")
    about: ClassVar[str] = "user_id"
    user_id: int
    token_id: int
    days: int
