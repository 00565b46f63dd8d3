"""Commands of those who look after the system and its data."""

from __future__ import annotations

from shuniu.zone.portal.services.deletion import grant_deletion
from shuniu.zone.portal.services.incidents import (
    IncidentIsSettled,
    IncidentReport,
    IncidentUnknown,
    NotTheProtector,
    NotToldInTime,
    StepsMissing,
    correct_incident,
    export_incidents,
    note_authority_told,
    note_persons_not_told,
    note_persons_told,
    purge_incidents,
    report_incident,
    settle_incident,
)
from shuniu.zone.portal.services.work import NotForYou, NotGivenUp, send_again

__all__ = [
    "IncidentIsSettled",
    "IncidentReport",
    "IncidentUnknown",
    "NotForYou",
    "NotGivenUp",
    "NotTheProtector",
    "NotToldInTime",
    "StepsMissing",
    "correct_incident",
    "export_incidents",
    "grant_deletion",
    "note_authority_told",
    "note_persons_not_told",
    "note_persons_told",
    "purge_incidents",
    "report_incident",
    "send_again",
    "settle_incident",
]
