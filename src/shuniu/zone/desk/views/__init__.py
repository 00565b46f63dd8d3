"""Pages of the service desk."""

from __future__ import annotations

from shuniu.zone.desk.views.cases import case_list, case_page, case_step
from shuniu.zone.desk.views.files import attachment, attachments_add
from shuniu.zone.desk.views.needs import need, need_for_enterprise

__all__ = [
    "attachment",
    "attachments_add",
    "case_list",
    "case_page",
    "case_step",
    "need",
    "need_for_enterprise",
]
