"""Pages of the briefing."""

from __future__ import annotations

from shuniu.zone.briefings.views.days import day_file, day_list, day_page, today
from shuniu.zone.briefings.views.instructions import issue_instruct
from shuniu.zone.briefings.views.issues import (
    StepConverter,
    issue_draft,
    issue_edit,
    issue_file,
    issue_page,
    issue_step,
    period_draft,
)
from shuniu.zone.briefings.views.request import DayConverter, EditionConverter, FormConverter

__all__ = [
    "DayConverter",
    "EditionConverter",
    "FormConverter",
    "StepConverter",
    "day_file",
    "day_list",
    "day_page",
    "issue_draft",
    "issue_edit",
    "issue_file",
    "issue_instruct",
    "issue_page",
    "issue_step",
    "period_draft",
    "today",
]
