"""Issues at every step of their way, made by the commands themselves."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from shuniu.zone.accounts.models import User
from shuniu.zone.briefings import services
from shuniu.zone.briefings.channels import restored
from shuniu.zone.briefings.models import Issue
from shuniu.zone.briefings.services import Edits
from tests.factories import THURSDAY_10

DAY = THURSDAY_10.date()
FIVE = THURSDAY_10 + timedelta(hours=7)


def drafted(day: date = DAY, now: datetime = FIVE) -> Issue:
    return services.draft_issue(day=day, actor=None, now=now)


def edits_of(issue: Issue, **different: Any) -> Edits:
    """Return the words that stand in an issue, with what shall be different."""
    content = restored(issue.content)
    same: dict[str, Any] = {
        "title": content.title,
        "summary": content.summary,
        "notes": dict(content.notes),
        "notable": frozenset(item.case_id for item in content.notable),
    }
    return Edits(**(same | different))


def handed_up(issue: Issue, clerk: User, now: datetime = FIVE) -> Issue:
    return services.hand_up_issue(
        issue_id=issue.pk, seen=issue.version, edits=edits_of(issue), actor=clerk, now=now
    )


def signed(issue: Issue, clerk: User, leader: User, now: datetime = FIVE) -> Issue:
    up = handed_up(issue, clerk, now)
    return services.sign_issue(issue_id=up.pk, seen=up.version, actor=leader, now=now)


def published(issue: Issue, clerk: User, leader: User, now: datetime = FIVE) -> Issue:
    ready = signed(issue, clerk, leader, now)
    return services.publish_issue(issue_id=ready.pk, seen=ready.version, actor=leader, now=now)
