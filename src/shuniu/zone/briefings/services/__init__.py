"""Composing the briefing, and the way of an issue from draft to paper."""

from __future__ import annotations

from shuniu.zone.briefings.services.comparing import Changed, changes_of
from shuniu.zone.briefings.services.composing import compose, span_of
from shuniu.zone.briefings.services.drafting import (
    NotDue,
    draft_due,
    draft_issue,
    draft_periods_due,
    may_be_drafted,
)
from shuniu.zone.briefings.services.editing import (
    MOST_NOTABLE,
    Edits,
    FigureMoved,
    TooManyNotable,
    figures_moved,
    hand_up_issue,
    renew_issue,
    save_issue,
    take_back_issue,
)
from shuniu.zone.briefings.services.exporting import (
    day_file,
    day_parts,
    export_day,
    export_issue,
    issue_file,
    issue_paper,
)
from shuniu.zone.briefings.services.instructing import NotInIssue, Topic, instruct, topics_of
from shuniu.zone.briefings.services.keeping import IssueChanged, StepNotPossible, steps_of
from shuniu.zone.briefings.services.periods import compose_issue, days_of_period
from shuniu.zone.briefings.services.purging import purge_issues
from shuniu.zone.briefings.services.showing import told_now
from shuniu.zone.briefings.services.signing import (
    ReasonMissing,
    publish_issue,
    send_back_issue,
    sign_issue,
    unsign_issue,
    withdraw_issue,
)

__all__ = [
    "MOST_NOTABLE",
    "Changed",
    "Edits",
    "FigureMoved",
    "IssueChanged",
    "NotDue",
    "NotInIssue",
    "ReasonMissing",
    "StepNotPossible",
    "TooManyNotable",
    "Topic",
    "changes_of",
    "compose",
    "compose_issue",
    "day_file",
    "day_parts",
    "days_of_period",
    "draft_due",
    "draft_issue",
    "draft_periods_due",
    "export_day",
    "export_issue",
    "figures_moved",
    "hand_up_issue",
    "instruct",
    "issue_file",
    "issue_paper",
    "may_be_drafted",
    "publish_issue",
    "purge_issues",
    "renew_issue",
    "save_issue",
    "send_back_issue",
    "sign_issue",
    "span_of",
    "steps_of",
    "take_back_issue",
    "told_now",
    "topics_of",
    "unsign_issue",
    "withdraw_issue",
]
