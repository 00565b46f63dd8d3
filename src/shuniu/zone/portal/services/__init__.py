"""Commands of those who look after the system and its data."""

from __future__ import annotations

from shuniu.zone.portal.services.deletion import grant_deletion
from shuniu.zone.portal.services.exporting import (
    ExportNotReady,
    ExportOutdated,
    ListNotForYou,
    NothingToExport,
    TooManyExports,
    TooManyToExport,
    ask_for_export,
    make_export,
    purge_exports,
    take_export,
)
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
from shuniu.zone.portal.services.lists import LISTS
from shuniu.zone.portal.services.work import (
    NotForYou,
    NotGivenUp,
    purge_loose_files,
    send_again,
)

__all__ = [
    "LISTS",
    "ExportNotReady",
    "ExportOutdated",
    "IncidentIsSettled",
    "IncidentReport",
    "IncidentUnknown",
    "ListNotForYou",
    "NotForYou",
    "NotGivenUp",
    "NotTheProtector",
    "NotToldInTime",
    "NothingToExport",
    "StepsMissing",
    "TooManyExports",
    "TooManyToExport",
    "ask_for_export",
    "correct_incident",
    "export_incidents",
    "grant_deletion",
    "make_export",
    "note_authority_told",
    "note_persons_not_told",
    "note_persons_told",
    "purge_exports",
    "purge_incidents",
    "purge_loose_files",
    "report_incident",
    "send_again",
    "settle_incident",
    "take_export",
]
