"""Home, the system, and the protection of personal data."""

from __future__ import annotations

from shuniu.zone.portal.views.data_protection import (
    data_class,
    data_protection,
    data_request,
    data_request_grant,
    data_request_refuse,
    purge,
    purge_list,
)
from shuniu.zone.portal.views.day import day
from shuniu.zone.portal.views.exports import export_file, export_list, export_new
from shuniu.zone.portal.views.incidents import (
    incident,
    incident_list,
    incident_new,
    incident_step,
    incidents_file,
)
from shuniu.zone.portal.views.pages import delivery_again, home, styles, system
from shuniu.zone.portal.views.programs import api
from shuniu.zone.portal.views.search import search

__all__ = [
    "api",
    "data_class",
    "data_protection",
    "data_request",
    "data_request_grant",
    "data_request_refuse",
    "day",
    "delivery_again",
    "export_file",
    "export_list",
    "export_new",
    "home",
    "incident",
    "incident_list",
    "incident_new",
    "incident_step",
    "incidents_file",
    "purge",
    "purge_list",
    "search",
    "styles",
    "system",
]
