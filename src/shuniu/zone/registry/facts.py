"""Facts that the registry publishes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shuniu.zone.kernel.facts import FactRecord


@dataclass(frozen=True, slots=True)
class ProfilePutInForce(FactRecord):
    kind: ClassVar[str] = "registry.profile.put_in_force"
    about: ClassVar[str] = "version_id"
    version_id: int
    code: str
    digest: str


@dataclass(frozen=True, slots=True)
class HolidaysLoaded(FactRecord):
    kind: ClassVar[str] = "registry.holidays.loaded"
    about: ClassVar[str] = "first_year"
    first_year: int
    last_year: int
    days: int


@dataclass(frozen=True, slots=True)
class StaffAppointed(FactRecord):
    kind: ClassVar[str] = "registry.staff.appointed"
    about: ClassVar[str] = "user_id"
    user_id: int
    office: str


@dataclass(frozen=True, slots=True)
class EnterpriseRegistered(FactRecord):
    kind: ClassVar[str] = "registry.enterprise.registered"
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    credit_code: str


@dataclass(frozen=True, slots=True)
class MemberAdmitted(FactRecord):
    kind: ClassVar[str] = "registry.member.admitted"
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class ContactRevealed(FactRecord):
    kind: ClassVar[str] = "registry.contact.revealed"
    about: ClassVar[str] = "contact_id"
    contact_id: int
    enterprise_id: int
