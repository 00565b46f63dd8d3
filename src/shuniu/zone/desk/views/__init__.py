"""Pages of the service desk."""

from __future__ import annotations

from shuniu.zone.desk.views.beside import beside, beside_find, beside_step
from shuniu.zone.desk.views.calendar import (
    calendar,
    calendar_look,
    calendar_save,
    calendar_undo,
)
from shuniu.zone.desk.views.call_backs import call_back_list
from shuniu.zone.desk.views.cases import case_list, case_page, case_step
from shuniu.zone.desk.views.files import attachment, attachments_add
from shuniu.zone.desk.views.needs import need, need_for_enterprise
from shuniu.zone.desk.views.reader import reader, reader_choose, reader_learn
from shuniu.zone.desk.views.together import batch, batch_back, case_csv, case_xlsx, dispatch
from shuniu.zone.desk.views.urging import urging_list, urging_page
from shuniu.zone.desk.views.views import view_new, view_step
from shuniu.zone.desk.views.wall import wall
from shuniu.zone.desk.views.withdrawals import withdrawal_list

__all__ = [
    "attachment",
    "attachments_add",
    "batch",
    "batch_back",
    "beside",
    "beside_find",
    "beside_step",
    "calendar",
    "calendar_look",
    "calendar_save",
    "calendar_undo",
    "call_back_list",
    "case_csv",
    "case_list",
    "case_page",
    "case_step",
    "case_xlsx",
    "dispatch",
    "need",
    "need_for_enterprise",
    "reader",
    "reader_choose",
    "reader_learn",
    "urging_list",
    "urging_page",
    "view_new",
    "view_step",
    "wall",
    "withdrawal_list",
]
