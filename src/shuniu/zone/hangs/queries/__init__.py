"""Questions about hangs: lists, one of them, figures, and what is kept."""

from __future__ import annotations

from shuniu.zone.hangs.policies import may_open as may_open_hang
from shuniu.zone.hangs.queries.history import Entry, Holder, facts_of, history_of, holder_of
from shuniu.zone.hangs.queries.keeping import data_of, hangs_due, hangs_held, stored_paths
from shuniu.zone.hangs.queries.rows import (
    Days,
    HangFilter,
    Source,
    condition,
    count_of,
    counts_of,
    files_visible_to,
    filtered_hangs,
    hanging,
    hangs_of_source,
    hangs_to_remind,
    hangs_visible_to,
    keys_visible_to,
    people_to_choose,
    serves_in,
    source_of,
    units_to_choose,
)
from shuniu.zone.hangs.queries.summary import (
    Ageing,
    DaySummary,
    Figure,
    UnitRow,
    ageing,
    day_summary,
    waiting_count,
)

__all__ = [
    "Ageing",
    "DaySummary",
    "Days",
    "Entry",
    "Figure",
    "HangFilter",
    "Holder",
    "Source",
    "UnitRow",
    "ageing",
    "condition",
    "count_of",
    "counts_of",
    "data_of",
    "day_summary",
    "facts_of",
    "files_visible_to",
    "filtered_hangs",
    "hanging",
    "hangs_due",
    "hangs_held",
    "hangs_of_source",
    "hangs_to_remind",
    "hangs_visible_to",
    "history_of",
    "holder_of",
    "keys_visible_to",
    "may_open_hang",
    "people_to_choose",
    "serves_in",
    "source_of",
    "stored_paths",
    "units_to_choose",
    "waiting_count",
]
