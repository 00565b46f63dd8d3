"""Cases for programs: the same questions and commands as the pages."""

from __future__ import annotations

from shuniu.zone.desk.api.calendar import calendar
from shuniu.zone.desk.api.cases import router
from shuniu.zone.desk.api.files import files
from shuniu.zone.desk.api.links import links
from shuniu.zone.desk.api.steps import steps
from shuniu.zone.desk.api.views import views

__all__ = ["calendar", "files", "links", "router", "steps", "views"]
