"""Who may do what with a case. Predicates only: no query, no change.

Each takes the standing of a person and the case. Whether the step is possible in the state of the
case is another question (``choices.TRANSITIONS``).
"""

from __future__ import annotations

from collections.abc import Callable

from shuniu.zone.accounts.choices import Role
from shuniu.zone.desk.choices import TRANSITIONS, CaseState, RequestKind, Step
from shuniu.zone.desk.models import Case
from shuniu.zone.registry.queries import Standing, may_edit_calendar

ASKS = frozenset({Step.ASK_EXTENSION, Step.ASK_SUSPENSION})
DECIDES: dict[Step, frozenset[RequestKind]] = {
    Step.GRANT_EXTENSION: frozenset({RequestKind.EXTENSION}),
    Step.SUSPEND: frozenset({RequestKind.SUSPENSION}),
    Step.DENY: frozenset(RequestKind),
}
CALLS_BACK = frozenset({Role.CENTER_CLERK, Role.SUPERVISOR})
WRITES_FOR_OTHERS = frozenset({Role.CENTER_CLERK, Role.SERVICE_OFFICER})


def may_open_for(who: Standing, enterprise_id: int) -> bool:
    """An enterprise's own people, and clerks and service officers on its behalf."""
    return enterprise_id in who.enterprise_ids or bool(who.roles & WRITES_FOR_OTHERS)


def may_accept(who: Standing, case: Case) -> bool:
    """The center; a restricted case, only its own unit."""
    if case.is_restricted:
        return _is_of_unit(who, case)
    return who.has(Role.CENTER_CLERK)


def may_sort(who: Standing, case: Case) -> bool:
    """Whoever accepts it; after an objection to a rejection it is for a supervisor to judge."""
    if case.state == CaseState.REOPENED and (case.category or not case.is_restricted):
        return not case.category and who.has(Role.SUPERVISOR)
    return may_accept(who, case)


def may_dispatch(who: Standing, case: Case) -> bool:
    """The center; a case whose answer did not satisfy goes one level up, to a supervisor."""
    if case.is_restricted:
        return _is_of_unit(who, case)
    if case.state == CaseState.REOPENED:
        return who.has(Role.SUPERVISOR) and bool(case.category)
    return who.has(Role.CENTER_CLERK)


def may_sign(who: Standing, case: Case) -> bool:
    """Any handler of the unit that the case was given to."""
    return _is_of_unit(who, case)


def may_handle(who: Standing, case: Case) -> bool:
    """The person who signed for it."""
    return _is_of_unit(who, case) and case.handler_id == who.user_id


def may_return(who: Standing, case: Case) -> bool:
    """Any handler of the unit before it is signed for, then only the one who signed.

    A restricted case never goes back to the center, which may not read it.
    """
    free = case.handler_id in {None, who.user_id}
    return _is_of_unit(who, case) and free and not case.is_restricted


def may_resume(who: Standing, case: Case) -> bool:
    """The one who signed; a suspended case a supervisor, too."""
    if case.state == CaseState.SUSPENDED and may_supervise(who, case):
        return True
    return may_handle(who, case)


def may_supervise(who: Standing, case: Case) -> bool:
    """A supervisor; of a restricted case, a colleague of the one who handles it."""
    if case.is_restricted:
        return _is_of_unit(who, case) and case.handler_id != who.user_id
    return who.has(Role.SUPERVISOR)


def may_escalate(who: Standing, case: Case) -> bool:
    """A supervisor, of a case that is sorted; a restricted one does not leave its unit."""
    return who.has(Role.SUPERVISOR) and not case.is_restricted and bool(case.category)


def may_take_back(who: Standing, case: Case) -> bool:
    """A supervisor; a restricted case was never handed up."""
    return who.has(Role.SUPERVISOR) and not case.is_restricted


def may_object(who: Standing, case: Case) -> bool:
    """The enterprise, once: what a supervisor did not accept either stays so."""
    return may_speak_for_enterprise(who, case) and case.round == 1


def may_speak_for_enterprise(who: Standing, case: Case) -> bool:
    """The enterprise's own people: nobody else confirms, refuses or withdraws."""
    return case.enterprise_id in who.enterprise_ids


def may_urge(who: Standing, case: Case) -> bool:
    """A supervisor; not in a restricted case, which no supervisor reads."""
    return who.has(Role.SUPERVISOR) and not case.is_restricted


def may_respond(who: Standing, case: Case) -> bool:
    """Any handler of the unit before the case is signed for, then the one who signed."""
    return _is_of_unit(who, case) and case.handler_id in {None, who.user_id}


def may_call_back(who: Standing, case: Case) -> bool:
    """The center and supervisors, once, and never those who handled the case.

    Nobody calls back about a restricted case, which neither of them reads.
    """
    if case.is_restricted or case.called_back_at or case.purged_at or _handled(who, case):
        return False
    return bool(who.roles & CALLS_BACK)


def may_check_withdrawal(who: Standing, case: Case) -> bool:
    """A supervisor who did not handle the case, once, about a case that was drawn by lot."""
    if case.is_restricted or case.sampled_at is None or _handled(who, case):
        return False
    return who.has(Role.SUPERVISOR)


def may_see_withdrawals(who: Standing) -> bool:
    """Supervisors, who ask, and leaders, who read what was found."""
    return bool(who.roles & {Role.SUPERVISOR, Role.LEADER})


def may_see_call_backs(who: Standing) -> bool:
    """The center, supervisors and leaders."""
    return bool(who.roles & (CALLS_BACK | {Role.LEADER}))


def may_arrange(who: Standing, case: Case) -> bool:
    """The center, which sees that two needs are one or one is two; not in a restricted case."""
    return who.has(Role.CENTER_CLERK) and not case.is_restricted


def may_link(who: Standing, case: Case) -> bool:
    """The center and supervisors; not in a restricted case."""
    return bool(who.roles & {Role.CENTER_CLERK, Role.SUPERVISOR}) and not case.is_restricted


def may_see_wall(who: Standing) -> bool:
    """The center, supervisors and leaders: they see the cases of all units."""
    return bool(who.roles & {Role.CENTER_CLERK, Role.SUPERVISOR, Role.LEADER})


def may_teach_reader(who: Standing) -> bool:
    """The system administrator: how needs are read is a setting, and no case is shown by it."""
    return who.has(Role.SYSTEM_ADMIN)


def may_list_urgings(who: Standing) -> bool:
    """Staff: each sees the urgings of the cases that they see."""
    return who.is_staff


def may_attach(who: Standing, case: Case) -> bool:
    """The enterprise, and whoever is at work on the case."""
    return (
        may_speak_for_enterprise(who, case)
        or may_handle(who, case)
        or (may_accept(who, case) and not case.is_over)
    )


def may_dispatch_together(who: Standing) -> bool:
    """The center, which gives out many at a time, and supervisors, to whom failed ones come."""
    return who.has(Role.CENTER_CLERK) or who.has(Role.SUPERVISOR)


def may_list_cases(who: Standing) -> bool:
    """Enterprises and the staff who work with them; others have no list, not an empty one."""
    return who.is_staff or bool(who.enterprise_ids)


def may_weigh_calendar(who: Standing) -> bool:
    """Who may see which open cases would move: the center, and whoever keeps the calendar."""
    return who.has(Role.CENTER_CLERK) or may_edit_calendar(who)


MAY: dict[Step, Callable[[Standing, Case], bool]] = {
    Step.ACCEPT: may_sort,
    Step.REJECT: may_sort,
    Step.OBJECT: may_object,
    Step.DISPATCH: may_dispatch,
    Step.SIGN: may_sign,
    Step.CONTACT: may_handle,
    Step.PLAN: may_handle,
    Step.NOTE: may_handle,
    Step.REPLY: may_handle,
    Step.RETURN: may_return,
    Step.ASK: may_handle,
    Step.ANSWER: may_speak_for_enterprise,
    Step.RESUME: may_resume,
    Step.ASK_EXTENSION: may_handle,
    Step.GRANT_EXTENSION: may_supervise,
    Step.ASK_SUSPENSION: may_handle,
    Step.SUSPEND: may_supervise,
    Step.DENY: may_supervise,
    Step.REVIEW: may_handle,
    Step.ESCALATE: may_escalate,
    Step.TAKE_BACK: may_take_back,
    Step.CONFIRM: may_speak_for_enterprise,
    Step.REFUSE: may_speak_for_enterprise,
    Step.WITHDRAW: may_speak_for_enterprise,
    Step.ADD: may_speak_for_enterprise,
    Step.URGE: may_urge,
    Step.RESPOND: may_respond,
    Step.CALL_BACK: may_call_back,
    Step.CHECK_WITHDRAWAL: may_check_withdrawal,
    Step.MERGE: may_arrange,
    Step.UNMERGE: may_arrange,
    Step.SPLIT: may_arrange,
}


def steps_open_to(who: Standing, case: Case) -> tuple[Step, ...]:
    """Return the steps that this person can take now, in the order of the main line."""
    return tuple(
        step
        for step, (states, _to) in TRANSITIONS.items()
        if case.state in states
        and MAY[step](who, case)
        and not (step == Step.RETURN and case.returns)
        and not (step == Step.CONTACT and case.contacted_at)
        and not (step in ASKS and case.asked_for)
        and not (step in DECIDES and case.asked_for not in DECIDES[step])
        and not (step == Step.URGE and case.urged_until)
        and not (step == Step.RESPOND and not case.urged_until)
    )


def _is_of_unit(who: Standing, case: Case) -> bool:
    return who.has(Role.UNIT_HANDLER) and case.lead_unit_id in who.office_ids


def _handled(who: Standing, case: Case) -> bool:
    """Return whether a case was worked on by this person, or by the unit that they work for.

    A supervisor who only has a desk in that unit does not work for it.
    """
    works_there = case.lead_unit_id in who.office_ids and not who.has(Role.SUPERVISOR)
    return case.handler_id == who.user_id or _is_of_unit(who, case) or works_there
