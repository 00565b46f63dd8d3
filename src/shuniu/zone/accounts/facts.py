"""Facts that the accounts publish."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shuniu.zone.kernel.facts import FactRecord


@dataclass(frozen=True, slots=True)
class AccountOpened(FactRecord):
    kind: ClassVar[str] = "accounts.account.opened"
    about: ClassVar[str] = "user_id"
    user_id: int
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignedIn(FactRecord):
    kind: ClassVar[str] = "accounts.user.signed_in"
    about: ClassVar[str] = "user_id"
    user_id: int


@dataclass(frozen=True, slots=True)
class SignedOut(FactRecord):
    kind: ClassVar[str] = "accounts.user.signed_out"
    about: ClassVar[str] = "user_id"
    user_id: int
