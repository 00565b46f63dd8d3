"""Questions about cases. Every one that a person may ask starts from what that person may see."""

from __future__ import annotations

from shuniu.zone.desk.queries.history import Entry, Holder, history_of, holder_of
from shuniu.zone.desk.queries.rows import (
    CaseFilter,
    answered_cases,
    attachments_visible_to,
    cases_visible_to,
    counts_of,
    facts_of,
    filtered_cases,
    lights_due,
    notes_of,
    same_just_sent,
)
from shuniu.zone.desk.queries.summary import (
    CategoryRow,
    DaySummary,
    Figure,
    daily_counts,
    day_summary,
    may_be_named,
)

__all__ = [
    "CaseFilter",
    "CategoryRow",
    "DaySummary",
    "Entry",
    "Figure",
    "Holder",
    "answered_cases",
    "attachments_visible_to",
    "cases_visible_to",
    "counts_of",
    "daily_counts",
    "day_summary",
    "facts_of",
    "filtered_cases",
    "history_of",
    "holder_of",
    "lights_due",
    "may_be_named",
    "notes_of",
    "same_just_sent",
]
