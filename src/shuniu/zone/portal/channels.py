"""The register of breaches as a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from shuniu.zone.kernel.channels import BYTE_ORDER_MARK, csv_lines
from shuniu.zone.kernel.clock import local
from shuniu.zone.portal.models import DataIncident


def register_file(incidents: Iterable[DataIncident]) -> str:
    """Return the register as CSV with a heading; moments in the zone's time."""
    head = (
        _("Number"),
        _("In a few words"),
        _("Noticed"),
        _("What happened, and why"),
        _("Which kinds of data"),
        _("How many persons"),
        _("What may come of it"),
        _("Measures taken, and what persons can do themselves"),
        _("Authority told"),
        _("Persons told"),
        _("Why the persons need not be told"),
        _("Settled"),
        _("Reported by"),
    )
    return BYTE_ORDER_MARK + csv_lines([head, *(_row(incident) for incident in incidents)])


def _row(incident: DataIncident) -> tuple[object, ...]:
    return (
        incident.pk,
        incident.title,
        _moment(incident.noticed_at),
        incident.happened,
        incident.data_kinds,
        "" if incident.people is None else incident.people,
        incident.consequences,
        incident.measures,
        _moment(incident.authority_told_at),
        _moment(incident.persons_told_at),
        incident.persons_not_told,
        _moment(incident.settled_at),
        incident.reported_by.name,
    )


def _moment(at: datetime | None) -> str:
    return f"{local(at):%Y-%m-%d %H:%M}" if at else ""
