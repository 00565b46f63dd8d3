"""Facts that the briefings publish."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel.facts import FactRecord


@dataclass(frozen=True, slots=True)
class BriefingExported(FactRecord):
    """The briefing of ``day`` went out as a Word file."""

    kind: ClassVar[str] = "briefings.briefing.exported"
    label: ClassVar[Promise] = _("Briefing taken out as a Word file")
    about: ClassVar[str] = "day"
    day: date
