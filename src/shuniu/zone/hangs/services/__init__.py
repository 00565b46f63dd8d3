"""What people do with hangs; each writes a fact, and says no with a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from shuniu.zone.hangs.choices import Step
from shuniu.zone.hangs.problems import days_of, light_of
from shuniu.zone.hangs.services.keeping import (
    DayNotPossible,
    NotPossibleNow,
    NotYourHang,
    TooManyFiles,
    TooManyWords,
    WordsMissing,
)
from shuniu.zone.hangs.services.opening import (
    AlreadyHanging,
    NotForYou,
    NotOfUnit,
    OwnUnit,
    WrongSupervisor,
    move_promise,
    open_hang,
    set_review,
)
from shuniu.zone.hangs.services.reminding import (
    TooManyToExport,
    export_hangs,
    purge_hangs,
    remind,
)
from shuniu.zone.hangs.services.striking import (
    add_evidence,
    ask_to_strike,
    record_call_back,
    refuse_strike,
    strike_off,
)

COMMANDS: Mapping[Step, Callable[..., Any]] = {
    Step.ADD: add_evidence,
    Step.ASK: ask_to_strike,
    Step.CALL_BACK: record_call_back,
    Step.STRIKE: strike_off,
    Step.REFUSE: refuse_strike,
    Step.MOVE: move_promise,
    Step.REVIEW: set_review,
}

__all__ = [
    "COMMANDS",
    "AlreadyHanging",
    "DayNotPossible",
    "NotForYou",
    "NotOfUnit",
    "NotPossibleNow",
    "NotYourHang",
    "OwnUnit",
    "TooManyFiles",
    "TooManyToExport",
    "TooManyWords",
    "WordsMissing",
    "WrongSupervisor",
    "add_evidence",
    "ask_to_strike",
    "days_of",
    "export_hangs",
    "light_of",
    "move_promise",
    "open_hang",
    "purge_hangs",
    "record_call_back",
    "refuse_strike",
    "remind",
    "set_review",
    "strike_off",
]
