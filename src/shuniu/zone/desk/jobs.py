"""Background work of the desk."""

from __future__ import annotations

from datetime import datetime

from shuniu.zone.desk import queries, services
from shuniu.zone.kernel.ledger import head
from shuniu.zone.kernel.models import Fact

# Fields of an enterprise that its cases are found by.
NAMES = frozenset({"name", "short_name"})


def read_case(fact: Fact, now: datetime) -> None:
    services.read_case(case_id=fact.data["case_id"], actor=None, now=now)


def index_case(fact: Fact, now: datetime) -> None:  # noqa: ARG001  # what it says stands in the case
    services.index_cases(case_ids=[fact.data["case_id"]])


def index_cases_of_enterprise(fact: Fact, now: datetime) -> None:  # noqa: ARG001  # the same
    """Index the cases of an enterprise anew, unless other fields than its names were changed."""
    changed = fact.data.get("fields")
    if changed is not None and NAMES.isdisjoint(changed):
        return
    services.index_cases_of(enterprise_ids=[fact.data["enterprise_id"]])


def change_lights(now: datetime) -> None:
    services.change_lights(actor=None, now=now)


def confirm_silent(now: datetime) -> None:
    services.confirm_silent(actor=None, now=now)


def learn(now: datetime) -> None:
    services.learn_from_cases(at_least=services.NEW_CASES, actor=None, now=now)


def draw_withdrawals(now: datetime) -> None:
    """Draw from the cases withdrawn in the last month, if that was not done.

    The seal of the last fact is the seed: nobody knows it before, and everybody can read it after.
    """
    month = queries.month_of(now)
    if queries.is_drawn(month):
        return
    last = head()
    seed = last[1] if last else f"{month}"
    services.draw_withdrawals(month=month, seed=seed, actor=None, now=now)


def follow_calendar(fact: Fact, now: datetime) -> None:
    services.follow_calendar(edit_id=fact.data["edit_id"], actor=None, now=now)


def reset_clocks(fact: Fact, now: datetime) -> None:  # noqa: ARG001  # whatever changed the calendar
    services.rebuild(actor=None, now=now)
