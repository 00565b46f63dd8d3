from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HolidayKind(TextChoices):
    HOLIDAY = "HOLIDAY", _("day off")
    MAKEUP_DAY = "MAKEUP_DAY", _("make-up working day")
    MORNING = "MORNING", _("worked in the morning only")
    AFTERNOON = "AFTERNOON", _("worked in the afternoon only")


class HolidaySource(TextChoices):
    """Who said that a day is special: what a person said stands above the profile."""

    PACKAGE = "PACKAGE", _("published calendar")
    TABLE = "TABLE", _("table that was read in")
    DAY = "DAY", _("set by hand")


class RevealReason(TextChoices):
    """Why somebody looks at a whole name and phone number."""

    CALL = "CALL", _("to call about a case")
    VISIT = "VISIT", _("to arrange a visit")
    REGISTRATION = "REGISTRATION", _("to check a registration")
    OTHER = "OTHER", _("for another reason")


class RegistrationState(TextChoices):
    WAITING = "WAITING", pgettext_lazy("registration", "waiting")
    APPROVED = "APPROVED", _("approved")
    REJECTED = "REJECTED", _("not approved")


class PlaceKind(TextChoices):
    PARK = "PARK", _("park")
    PLOT = "PLOT", _("plot")
    BUILDING = "BUILDING", _("building")
    GATE = "GATE", _("gate")
    OTHER = "OTHER", pgettext_lazy("place", "other place")


class PlaceFileState(TextChoices):
    WAITING = "WAITING", pgettext_lazy("place file", "not written yet")
    WRITTEN = "WRITTEN", pgettext_lazy("place file", "written")
    UNDONE = "UNDONE", pgettext_lazy("place file", "undone")


class CorrectionState(TextChoices):
    WAITING = "WAITING", pgettext_lazy("correction", "waiting")
    APPROVED = "APPROVED", pgettext_lazy("correction", "taken over")
    REJECTED = "REJECTED", pgettext_lazy("correction", "not taken over")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("correction", "withdrawn")


class EnterprisePart(StrEnum):
    """The parts of an enterprise that can be searched: marks of its tokens."""

    NAME = "n"
    SHORT = "s"
    INITIALS = "i"
    SOUND = "p"
    CODE = "c"
    GOODS = "g"


class TwinSign(TextChoices):
    """By what two records may be told to be of one firm."""

    NAME = "NAME", _("same name")
    PHONE = "PHONE", _("same phone number")
    ADDRESS = "ADDRESS", _("same address")
