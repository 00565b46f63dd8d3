"""A Thursday at the desk, made by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from shuniu.zone.desk.choices import CaseState, Light, NoteKind, Sensitivity, Solved
from shuniu.zone.desk.models import Case, Note
from shuniu.zone.registry.models import ProfileVersion
from tests.factories import THURSDAY_10, CaseFactory, EnterpriseFactory, handler, office
from tests.sharing import durable_database, shared_database

__all__ = ["durable_database", "shared_database"]

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def case(**values: Any) -> Case:
    """Return a case in the economic development bureau, if nothing else is said."""
    at = values.get("submitted_at", THURSDAY_10)
    plain = {
        "state": CaseState.DISPATCHED,
        "lead_unit": office(values.pop("unit", "econ_bureau")),
        "category": "municipal",
        "submitted_at": at,
        "accepted_at": at,
        "dispatched_at": at,
        "done_due_at": at + 7 * DAY,
    }
    return CaseFactory.create(**(plain | values))


def answered(row: Case, at: datetime) -> Case:
    """Write the words of the answer that the case was given."""
    Note.objects.create(
        case=row, kind=NoteKind.REPLY, text="已修好", author=row.handler, written_at=at
    )
    return row


def closed(at: Any, **values: Any) -> Case:
    row = case(
        state=CaseState.CLOSED,
        light=Light.NONE,
        solved=Solved.YES,
        replied_at=at - HOUR,
        closed_at=at,
        **values,
    )
    return answered(row, at - HOUR)


@pytest.fixture
def thursday(zone: ProfileVersion) -> dict[str, Case]:  # noqa: ARG001  # the zone is there first
    """Thursday 2026-11-19: four new, two answered, one closed, six open of which two overdue.

    A restricted case that is new, overdue and urgent is there too and counts nowhere.
    """
    worker = handler()
    secret = EnterpriseFactory.create(name="海门不可点名有限公司")
    return {
        "new": case(),
        "new and urgent": case(urgency="critical", text="氨气泄漏，" + "速来" * 60),
        "new and confidential": case(
            urgency="high", sensitivity=Sensitivity.CONFIDENTIAL, enterprise=secret,
            category="arrears", text="拖欠货款",
        ),
        "new, not sorted": case(
            state=CaseState.SUBMITTED, category="", lead_unit=None, accepted_at=None,
            dispatched_at=None, submitted_at=THURSDAY_10 + 13 * HOUR,
        ),
        "late": case(submitted_at=THURSDAY_10 - 9 * DAY, light=Light.RED),
        "later": case(
            submitted_at=THURSDAY_10 - 20 * DAY, light=Light.PURPLE, category="arrears",
            state=CaseState.IN_PROGRESS, handler=worker,
        ),
        "answered": answered(case(
            submitted_at=THURSDAY_10 - 10 * DAY, state=CaseState.REPLIED,
            replied_at=THURSDAY_10, handler=worker,
        ), THURSDAY_10),
        "closed": closed(THURSDAY_10 + HOUR, submitted_at=THURSDAY_10 - 2 * DAY),
        "closed the day before": closed(THURSDAY_10 - DAY, submitted_at=THURSDAY_10 - 3 * DAY),
        "withdrawn the day before": case(
            submitted_at=THURSDAY_10 - DAY, state=CaseState.WITHDRAWN, light=Light.NONE,
            withdrawn_at=THURSDAY_10 - DAY + HOUR,
        ),
        "restricted": case(
            sensitivity=Sensitivity.RESTRICTED, unit="discipline_group", urgency="critical",
            text="举报作风问题", category="integrity", done_due_at=THURSDAY_10 - DAY,
            enterprise=EnterpriseFactory.create(name="海门举报有限公司"), light=Light.RED,
        ),
    }  # fmt: skip
