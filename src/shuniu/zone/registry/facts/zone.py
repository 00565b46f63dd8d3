"""Facts about the zone itself: its profile and its calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel.facts import FactRecord


@dataclass(frozen=True, slots=True)
class ProfilePutInForce(FactRecord):
    kind: ClassVar[str] = "registry.profile.put_in_force"
    label: ClassVar[Promise] = _("Zone profile put in force")
    about: ClassVar[str] = "version_id"
    version_id: int
    code: str
    digest: str


@dataclass(frozen=True, slots=True)
class HolidaysLoaded(FactRecord):
    kind: ClassVar[str] = "registry.holidays.loaded"
    label: ClassVar[Promise] = _("Holidays loaded")
    about: ClassVar[str] = "first_year"
    first_year: int
    last_year: int
    days: int


@dataclass(frozen=True, slots=True)
class CalendarEdited(FactRecord):
    """``undoes_id`` names the edit that this one takes back; None for one of its own."""

    kind: ClassVar[str] = "registry.calendar.edited"
    label: ClassVar[Promise] = _("Working calendar changed")
    about: ClassVar[str] = "edit_id"
    edit_id: int
    first_on: date
    last_on: date
    days: int
    undoes_id: int | None
