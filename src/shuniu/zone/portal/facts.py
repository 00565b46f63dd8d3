"""Facts that the portal publishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel.facts import FactRecord


@dataclass(frozen=True, slots=True)
class DeliverySentAgain(FactRecord):
    kind: ClassVar[str] = "portal.delivery.sent_again"
    label: ClassVar[Promise] = _("Background work tried again")
    about: ClassVar[str] = "delivery_id"
    delivery_id: int


@dataclass(frozen=True, slots=True)
class IncidentFact(FactRecord):
    """Something that happened with an entry of the register of breaches."""

    about: ClassVar[str] = "incident_id"
    incident_id: int


@dataclass(frozen=True, slots=True)
class IncidentReported(IncidentFact):
    kind: ClassVar[str] = "portal.incident.reported"
    label: ClassVar[Promise] = _("Breach of personal data reported")
    people: int | None


@dataclass(frozen=True, slots=True)
class IncidentCorrected(IncidentFact):
    kind: ClassVar[str] = "portal.incident.corrected"
    label: ClassVar[Promise] = _("Report of a breach amended")
    people: int | None


@dataclass(frozen=True, slots=True)
class AuthorityTold(IncidentFact):
    kind: ClassVar[str] = "portal.incident.authority_told"
    label: ClassVar[Promise] = _("Authority told of a breach")
    told_at: datetime


@dataclass(frozen=True, slots=True)
class PersonsTold(IncidentFact):
    kind: ClassVar[str] = "portal.incident.persons_told"
    label: ClassVar[Promise] = _("Persons told of a breach")
    told_at: datetime


@dataclass(frozen=True, slots=True)
class PersonsNotTold(IncidentFact):
    """The reason is written in the register, not here."""

    kind: ClassVar[str] = "portal.incident.persons_not_told"
    label: ClassVar[Promise] = _("Persons need not be told of a breach")


@dataclass(frozen=True, slots=True)
class IncidentSettled(IncidentFact):
    kind: ClassVar[str] = "portal.incident.settled"
    label: ClassVar[Promise] = _("Breach settled")


@dataclass(frozen=True, slots=True)
class IncidentsExported(FactRecord):
    kind: ClassVar[str] = "portal.incidents.exported"
    label: ClassVar[Promise] = _("Register of breaches exported")
    about: ClassVar[str] = "rows"
    rows: int


@dataclass(frozen=True, slots=True)
class ExportFact(FactRecord):
    """Something about a list that background work makes a file of."""

    about: ClassVar[str] = "export_id"
    export_id: str
    list_kind: str
    form: str
    rows: int


@dataclass(frozen=True, slots=True)
class ExportAsked(ExportFact):
    kind: ClassVar[str] = "portal.export.asked"
    label: ClassVar[Promise] = _("Long list asked for as a file")


@dataclass(frozen=True, slots=True)
class ExportTaken(ExportFact):
    """The file went out to whoever had asked for it."""

    kind: ClassVar[str] = "portal.export.taken"
    label: ClassVar[Promise] = _("Long list taken out as a file")
