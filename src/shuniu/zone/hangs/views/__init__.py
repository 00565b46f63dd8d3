"""Pages of the supervised items."""

from __future__ import annotations

from shuniu.zone.hangs.views.lists import ageing, hang_csv, hang_list, hang_xlsx
from shuniu.zone.hangs.views.pages import (
    StepConverter,
    evidence_file,
    hang_new,
    hang_page,
    hang_paper,
    hang_step,
)

__all__ = [
    "StepConverter",
    "ageing",
    "evidence_file",
    "hang_csv",
    "hang_list",
    "hang_new",
    "hang_page",
    "hang_paper",
    "hang_step",
    "hang_xlsx",
]
