"""Questions about cases. Every one that a person may ask starts from what that person may see."""

from __future__ import annotations

from shuniu.zone.desk.policies import may_list_cases
from shuniu.zone.desk.queries.calendar import (
    keys_of_visible,
    open_cases_after,
    open_cases_between,
    resets_of,
)
from shuniu.zone.desk.queries.call_backs import (
    CallBackFigures,
    call_back_figures,
    call_backs_of,
    cases_to_call_back,
    listed_call_backs,
)
from shuniu.zone.desk.queries.hanging import hang_source, hangs_of
from shuniu.zone.desk.queries.history import Entry, Holder, history_of, holder_of
from shuniu.zone.desk.queries.keeping import (
    cases_due,
    cases_with_words,
    data_of,
    loose_files,
    loose_files_held,
    needs_held,
)
from shuniu.zone.desk.queries.leading import (
    UnitRow,
    figures_of,
    oldest_cases,
    waiting_figures,
    worst_units,
)
from shuniu.zone.desk.queries.public import PublicFilter, public_cases
from shuniu.zone.desk.queries.rows import (
    LONGEST_KEY,
    UNSORTED,
    CaseFilter,
    answered_cases,
    attachments_visible_to,
    cases_visible_to,
    count_of,
    counts_of,
    extensions_of,
    facts_of,
    filtered_cases,
    keys_visible_to,
    lights_due,
    same_just_sent,
)
from shuniu.zone.desk.queries.satisfaction import Satisfaction, satisfaction
from shuniu.zone.desk.queries.searching import CaseHits, FoundCase, search
from shuniu.zone.desk.queries.summary import (
    CategoryRow,
    CommonNeed,
    Days,
    DaySummary,
    Figure,
    cases_told,
    daily_counts,
    day_summary,
    may_be_named,
)
from shuniu.zone.desk.queries.together import batch_of, is_taken_back
from shuniu.zone.desk.queries.urging import (
    listed_urgings,
    urgings_of,
    urgings_of_days,
    urgings_visible_to,
    waiting_urging,
)
from shuniu.zone.desk.queries.views import removed_view, views_due, views_held, views_of
from shuniu.zone.desk.queries.wall import Wall, WallCell, WallRow, wall_of
from shuniu.zone.desk.queries.words import case_keys, cases_without_words, words_of_cases

__all__ = [
    "LONGEST_KEY",
    "UNSORTED",
    "CallBackFigures",
    "CaseFilter",
    "CaseHits",
    "CategoryRow",
    "CommonNeed",
    "DaySummary",
    "Days",
    "Entry",
    "Figure",
    "FoundCase",
    "Holder",
    "PublicFilter",
    "Satisfaction",
    "UnitRow",
    "Wall",
    "WallCell",
    "WallRow",
    "answered_cases",
    "attachments_visible_to",
    "batch_of",
    "call_back_figures",
    "call_backs_of",
    "case_keys",
    "cases_due",
    "cases_to_call_back",
    "cases_told",
    "cases_visible_to",
    "cases_with_words",
    "cases_without_words",
    "count_of",
    "counts_of",
    "daily_counts",
    "data_of",
    "day_summary",
    "extensions_of",
    "facts_of",
    "figures_of",
    "filtered_cases",
    "hang_source",
    "hangs_of",
    "history_of",
    "holder_of",
    "is_taken_back",
    "keys_of_visible",
    "keys_visible_to",
    "lights_due",
    "listed_call_backs",
    "listed_urgings",
    "loose_files",
    "loose_files_held",
    "may_be_named",
    "may_list_cases",
    "needs_held",
    "oldest_cases",
    "open_cases_after",
    "open_cases_between",
    "public_cases",
    "removed_view",
    "resets_of",
    "same_just_sent",
    "satisfaction",
    "search",
    "urgings_of",
    "urgings_of_days",
    "urgings_visible_to",
    "views_due",
    "views_held",
    "views_of",
    "waiting_figures",
    "waiting_urging",
    "wall_of",
    "words_of_cases",
    "worst_units",
]
