"""The register of breaches: what happened, and the steps that the law asks for."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.data_map import Removed
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import delete_some, record_fact
from shuniu.zone.portal import facts, policies
from shuniu.zone.portal.models import DataIncident
from shuniu.zone.registry.queries import standing_of


class NotTheProtector(Refusal):
    code = "portal.not_the_protector"
    status = 403
    sentence = _("Only the security administrator can do this.")


class IncidentUnknown(Refusal):
    code = "portal.incident_unknown"
    status = 404
    sentence = _("There is no such entry in the register.")


class IncidentIsSettled(Refusal):
    code = "portal.incident_is_settled"
    status = 409
    sentence = _("This entry is settled; nothing was changed.")


class NotToldInTime(Refusal):
    code = "portal.not_told_in_time"
    status = 422
    sentence = _(
        "This moment lies in the future, or before the breach was noticed. Please check it."
    )


class StepsMissing(Refusal):
    code = "portal.steps_missing"
    status = 409
    sentence = _(
        "It can be settled once the measures are written down, the authority is told, and the"
        " persons are told or a reason is given why not."
    )


@dataclass(frozen=True, slots=True)
class IncidentReport:
    """What is known of a breach; ``people`` is None while nobody knows how many."""

    title: str
    happened: str
    noticed_at: datetime
    data_kinds: str
    people: int | None
    consequences: str
    measures: str


@transaction.atomic
def report_incident(*, report: IncidentReport, actor: User, now: datetime) -> DataIncident:
    """Enter a breach in the register.

    Raises
    ------
    NotTheProtector
        If ``actor`` may not.
    NotToldInTime
        If it was noticed in the future.
    """
    _check_right(actor)
    if report.noticed_at > now:
        raise NotToldInTime
    incident = DataIncident.objects.create(**asdict(report), reported_by=actor, reported_at=now)
    told = facts.IncidentReported(incident_id=incident.pk, people=incident.people)
    record_fact(told, actor=actor, at=now)
    return incident


@transaction.atomic
def correct_incident(
    *, incident_id: int, report: IncidentReport, actor: User, now: datetime
) -> DataIncident:
    """Write down what is known by now.

    Raises
    ------
    NotTheProtector, IncidentUnknown, IncidentIsSettled, NotToldInTime
    """
    incident = _open(incident_id, actor)
    if report.noticed_at > now:
        raise NotToldInTime
    for name, value in asdict(report).items():
        setattr(incident, name, value)
    incident.save()
    told = facts.IncidentCorrected(incident_id=incident.pk, people=incident.people)
    record_fact(told, actor=actor, at=now)
    return incident


@transaction.atomic
def note_authority_told(
    *, incident_id: int, told_at: datetime, actor: User, now: datetime
) -> DataIncident:
    """Write down when the authority for personal data was told.

    Raises
    ------
    NotTheProtector, IncidentUnknown, IncidentIsSettled, NotToldInTime
    """
    incident = _open(incident_id, actor)
    incident.authority_told_at = _in_time(incident, told_at, now)
    incident.save(update_fields=["authority_told_at"])
    told = facts.AuthorityTold(incident_id=incident.pk, told_at=told_at)
    record_fact(told, actor=actor, at=now)
    return incident


@transaction.atomic
def note_persons_told(
    *, incident_id: int, told_at: datetime, actor: User, now: datetime
) -> DataIncident:
    """Write down when the persons were told.

    Raises
    ------
    NotTheProtector, IncidentUnknown, IncidentIsSettled, NotToldInTime
    """
    incident = _open(incident_id, actor)
    incident.persons_told_at = _in_time(incident, told_at, now)
    incident.persons_not_told = ""
    incident.save(update_fields=["persons_told_at", "persons_not_told"])
    told = facts.PersonsTold(incident_id=incident.pk, told_at=told_at)
    record_fact(told, actor=actor, at=now)
    return incident


@transaction.atomic
def note_persons_not_told(
    *, incident_id: int, reason: str, actor: User, now: datetime
) -> DataIncident:
    """Write down why the persons need not be told: the measures effectively prevent harm.

    Raises
    ------
    NotTheProtector, IncidentUnknown, IncidentIsSettled
    """
    incident = _open(incident_id, actor)
    incident.persons_not_told, incident.persons_told_at = reason.strip()[:500], None
    incident.save(update_fields=["persons_not_told", "persons_told_at"])
    record_fact(facts.PersonsNotTold(incident_id=incident.pk), actor=actor, at=now)
    return incident


@transaction.atomic
def settle_incident(*, incident_id: int, actor: User, now: datetime) -> DataIncident:
    """Close the entry: nothing is left to do.

    Raises
    ------
    NotTheProtector, IncidentUnknown, IncidentIsSettled
    StepsMissing
        If a step that the law asks for is missing.
    """
    incident = _open(incident_id, actor)
    if not policies.may_be_settled(incident):
        raise StepsMissing
    incident.settled_at = now
    incident.save(update_fields=["settled_at"])
    record_fact(facts.IncidentSettled(incident_id=incident.pk), actor=actor, at=now)
    return incident


@transaction.atomic
def export_incidents(*, rows: int, actor: User, now: datetime) -> None:
    """Record that the register went out as a file.

    Raises
    ------
    NotTheProtector
        If ``actor`` may not.
    """
    _check_right(actor)
    record_fact(facts.IncidentsExported(rows=rows), actor=actor, at=now)


def purge_incidents(*, before: datetime, limit: int, now: datetime) -> Removed:  # noqa: ARG001  # the shape of a batch
    """Delete settled entries whose time is over."""
    return delete_some(DataIncident.objects.filter(settled_at__lt=before), limit)


def _check_right(actor: User) -> None:
    if not policies.may_protect_data(standing_of(actor)):
        raise NotTheProtector


def _open(incident_id: int, actor: User) -> DataIncident:
    _check_right(actor)
    incident = DataIncident.objects.select_for_update(no_key=True).filter(pk=incident_id).first()
    if incident is None:
        raise IncidentUnknown
    if incident.is_settled:
        raise IncidentIsSettled
    return incident


def _in_time(incident: DataIncident, told_at: datetime, now: datetime) -> datetime:
    if not incident.noticed_at <= told_at <= now:
        raise NotToldInTime
    return told_at
