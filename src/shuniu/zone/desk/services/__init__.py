"""Commands of the service desk. Each is one transaction and records one fact."""

from __future__ import annotations

from shuniu.zone.desk.services.center import (
    StaysRestricted,
    UnitNotAvailable,
    UnknownCategory,
    accept_case,
    dispatch_case,
)
from shuniu.zone.desk.services.clocks import Difference, change_lights, differences, rebuild
from shuniu.zone.desk.services.enterprise import (
    RatingOutOfRange,
    confirm_case,
    confirm_silent,
    refuse_answer,
    withdraw_case,
)
from shuniu.zone.desk.services.files import note_file_opened
from shuniu.zone.desk.services.history import PastCase, PastStep, load_history
from shuniu.zone.desk.services.keeping import (
    NotPossibleNow,
    NotYourCase,
    TooManyWords,
    WordsMissing,
)
from shuniu.zone.desk.services.opening import (
    NotYourEnterprise,
    TooManyFiles,
    add_to_case,
    attach_files,
    open_case,
)
from shuniu.zone.desk.services.purging import (
    purge_loose_files,
    purge_needs,
)
from shuniu.zone.desk.services.reading import read_case
from shuniu.zone.desk.services.steps import COMMANDS
from shuniu.zone.desk.services.together import (
    MOST_TOGETHER,
    TAKEN_BACK_WITHIN,
    NotForYou,
    TooLateToTakeBack,
    TooManyToExport,
    TooManyTogether,
    dispatch_cases,
    export_cases,
    take_back_dispatches,
)
from shuniu.zone.desk.services.unit import (
    PlannedInThePast,
    PlannedTooFar,
    ReturnedBefore,
    SameUnit,
    TooLateToReturn,
    note_contact,
    note_progress,
    plan_case,
    reply_to_case,
    return_case,
    sign_case,
)
from shuniu.zone.desk.services.views import (
    NoListForYou,
    NotYourView,
    TooManyViews,
    ViewNameMissing,
    ViewNameTaken,
    prefer_view,
    purge_views,
    remove_view,
    rename_view,
    restore_view,
    save_view,
)
from shuniu.zone.desk.services.words import (
    index_cases,
    index_cases_of,
    index_missing_cases,
    rebuild_words,
)

__all__ = [
    "COMMANDS",
    "MOST_TOGETHER",
    "TAKEN_BACK_WITHIN",
    "Difference",
    "NoListForYou",
    "NotForYou",
    "NotPossibleNow",
    "NotYourCase",
    "NotYourEnterprise",
    "NotYourView",
    "PastCase",
    "PastStep",
    "PlannedInThePast",
    "PlannedTooFar",
    "RatingOutOfRange",
    "ReturnedBefore",
    "SameUnit",
    "StaysRestricted",
    "TooLateToReturn",
    "TooLateToTakeBack",
    "TooManyFiles",
    "TooManyToExport",
    "TooManyTogether",
    "TooManyViews",
    "TooManyWords",
    "UnitNotAvailable",
    "UnknownCategory",
    "ViewNameMissing",
    "ViewNameTaken",
    "WordsMissing",
    "accept_case",
    "add_to_case",
    "attach_files",
    "change_lights",
    "confirm_case",
    "confirm_silent",
    "differences",
    "dispatch_case",
    "dispatch_cases",
    "export_cases",
    "index_cases",
    "index_cases_of",
    "index_missing_cases",
    "load_history",
    "note_contact",
    "note_file_opened",
    "note_progress",
    "open_case",
    "plan_case",
    "prefer_view",
    "purge_loose_files",
    "purge_needs",
    "purge_views",
    "read_case",
    "rebuild",
    "rebuild_words",
    "refuse_answer",
    "remove_view",
    "rename_view",
    "reply_to_case",
    "restore_view",
    "return_case",
    "save_view",
    "sign_case",
    "take_back_dispatches",
    "withdraw_case",
]
