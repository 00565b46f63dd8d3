"""Who may do what with a hang. Predicates only: no query, no change.

Whether a step is possible in the state of the hang is another question (``choices.TRANSITIONS``).
"""

from __future__ import annotations

from collections.abc import Callable

from shuniu.zone.accounts.choices import Role
from shuniu.zone.hangs.choices import TRANSITIONS, HangState, Step
from shuniu.zone.hangs.models import Hang
from shuniu.zone.registry.queries import Standing

READS_ALL = frozenset({Role.CENTER_CLERK, Role.SERVICE_OFFICER, Role.SUPERVISOR, Role.LEADER})
CALLS_BACK = frozenset({Role.CENTER_CLERK, Role.SERVICE_OFFICER, Role.SUPERVISOR})


def may_list(who: Standing) -> bool:
    """The center, supervisors and leaders; a unit's handlers see those of the unit."""
    return bool(who.roles & (READS_ALL | {Role.UNIT_HANDLER}))


def may_open(who: Standing) -> bool:
    return who.has(Role.SUPERVISOR)


def may_order(who: Standing) -> bool:
    """A leader has something hung up that a supervisor then looks after."""
    return who.has(Role.LEADER)


def is_of_unit(who: Standing, hang: Hang) -> bool:
    """Return whether a person belongs to the unit that owes what was promised."""
    return hang.unit_id in who.office_ids


def may_add(who: Standing, hang: Hang) -> bool:
    """The unit that works on it, and those who look after it."""
    is_handler = who.has(Role.UNIT_HANDLER) and is_of_unit(who, hang)
    return is_handler or bool(who.roles & CALLS_BACK)


def may_ask(who: Standing, hang: Hang) -> bool:
    """The unit alone says that it is done."""
    return who.has(Role.UNIT_HANDLER) and is_of_unit(who, hang)


def may_call_back(who: Standing, hang: Hang) -> bool:
    """Somebody outside the unit, and another than the one who asked."""
    return (
        bool(who.roles & CALLS_BACK)
        and not is_of_unit(who, hang)
        and not _did_step(who, hang.asked_by_id)
    )


def may_strike(who: Standing, hang: Hang) -> bool:
    """A supervisor outside the unit, who took neither of the two steps before."""
    return may_refuse(who, hang) and not _did_step(who, hang.called_back_by_id)


def may_refuse(who: Standing, hang: Hang) -> bool:
    """A supervisor outside the unit."""
    return (
        who.has(Role.SUPERVISOR)
        and not is_of_unit(who, hang)
        and not _did_step(who, hang.asked_by_id)
    )


def may_steer(who: Standing, hang: Hang) -> bool:
    """A supervisor outside the unit sets the days: the unit would only move its own."""
    return who.has(Role.SUPERVISOR) and not is_of_unit(who, hang)


def _did_step(who: Standing, user_id: int | None) -> bool:
    return user_id == who.user_id


MAY: dict[Step, Callable[[Standing, Hang], bool]] = {
    Step.ADD: may_add,
    Step.ASK: may_ask,
    Step.CALL_BACK: may_call_back,
    Step.STRIKE: may_strike,
    Step.REFUSE: may_refuse,
    Step.MOVE: may_steer,
    Step.REVIEW: may_steer,
}


def steps_open_to(who: Standing, hang: Hang) -> list[Step]:
    """Return what a person may do with a hang now, what moves it on first."""
    possible = [step for step in Step if HangState(hang.state) in TRANSITIONS[step][0]]
    allowed = [step for step in possible if MAY[step](who, hang)]
    return sorted(allowed, key=lambda step: step not in MOVES_ON)


MOVES_ON = frozenset({Step.CALL_BACK, Step.STRIKE})
