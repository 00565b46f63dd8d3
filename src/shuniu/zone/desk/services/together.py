"""What is done with many cases at once: given to one unit, taken back, taken out as a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.desk import facts, policies, queries
from shuniu.zone.desk.choices import CaseState
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.queries import CaseFilter
from shuniu.zone.desk.services import moves
from shuniu.zone.desk.services.center import StaysRestricted, UnitNotAvailable, dispatch_case
from shuniu.zone.desk.services.keeping import hold, keep
from shuniu.zone.kernel.channels import LONG_LIST
from shuniu.zone.kernel.models import Fact
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry.models import Office
from shuniu.zone.registry.queries import standing_of

MOST_TOGETHER = 50
MOST_EXPORTED = LONG_LIST
TAKEN_BACK_WITHIN = timedelta(seconds=60)
# What a case was before it was given to a unit, by the fact that made it so.
BEFORE_DISPATCH = {
    facts.CaseAccepted.kind: CaseState.ACCEPTED,
    facts.CaseReturned.kind: CaseState.RETURNED,
    facts.CaseReopened.kind: CaseState.REOPENED,
}


class NotForYou(Refusal):
    code = "desk.not_for_you"
    status = 403
    sentence = _("That is not yours to do.")


class TooManyTogether(Refusal):
    code = "desk.too_many_together"
    status = 422
    sentence = _("Please choose one to %(limit)s cases.")


class TooLateToTakeBack(Refusal):
    code = "desk.too_late_to_take_back"
    status = 409
    sentence = _(
        "A dispatch can be taken back for one minute, once. Now please ask the unit to return the"
        " case."
    )


class TooManyToExport(Refusal):
    code = "desk.too_many_to_export"
    status = 422
    sentence = _(
        "The list has more than %(limit)s cases. Choose its file on the page of the list: it is"
        " then made ready for you."
    )


@transaction.atomic
def dispatch_cases(*, case_ids: Sequence[int], unit: Office, actor: User, now: datetime) -> Fact:
    """Give several cases to one unit; what cannot be given stays, and the fact says why.

    Each goes through ``dispatch_case``, in the order of their ids, so that two people who do the
    same do not wait for each other.

    Raises
    ------
    NotForYou
        If ``actor`` gives out no cases.
    TooManyTogether
        If there are none, or more than fit on a page.
    UnitNotAvailable, StaysRestricted
        If the unit takes none; what goes to the discipline office goes there one by one.
    """
    if not policies.may_dispatch_together(standing_of(actor)):
        raise NotForYou
    if not 1 <= len(set(case_ids)) <= MOST_TOGETHER:
        raise TooManyTogether(limit=MOST_TOGETHER)
    if not unit.is_active:
        raise UnitNotAvailable(unit=unit.zh)
    if unit.kind == moves.DISCIPLINE:
        raise StaysRestricted
    visible = queries.cases_visible_to(standing_of(actor)).filter(pk__in=set(case_ids))
    chosen = list(visible.order_by("pk").values_list("pk", flat=True))
    # All of them are held before the first fact is written: see ``record_facts``.
    list(hold(chosen))
    given: list[int] = []
    refused: dict[int, str] = {}
    for case_id in chosen:
        try:
            dispatch_case(case_id=case_id, unit=unit, actor=actor, now=now)
        except Refusal as refusal:
            refused[case_id] = refusal.code
        else:
            given.append(case_id)
    told = facts.CasesDispatched(
        unit=unit.code,
        case_ids=tuple(given),
        refused_ids=tuple(refused),
        refused_codes=tuple(refused.values()),
    )
    return record_fact(told, actor=actor, at=now)


@transaction.atomic
def take_back_dispatches(*, batch_id: int, actor: User, now: datetime) -> list[Case]:
    """Put the cases of a dispatch back to where they were, but for those signed for meanwhile.

    Raises
    ------
    NotForYou
        If ``actor`` did not give them out.
    TooLateToTakeBack
        If more than a minute has passed, or it was taken back before.
    """
    batch = queries.batch_of(actor.pk, batch_id)
    if batch is None or not policies.may_dispatch_together(standing_of(actor)):
        raise NotForYou
    if now - batch.happened_at > TAKEN_BACK_WITHIN or queries.is_taken_back(batch_id):
        raise TooLateToTakeBack
    given = {*batch.data["case_ids"]}
    waiting = [
        case
        for case in hold(given)
        if case.pk in given
        and case.state == CaseState.DISPATCHED
        and case.dispatched_at == batch.happened_at
    ]
    taken = [_take_back(case, actor=actor, now=now) for case in waiting]
    told = facts.BatchTakenBack(batch_id=batch_id, case_ids=tuple(case.pk for case in taken))
    record_fact(told, actor=actor, at=now)
    return taken


def _take_back(case: Case, *, actor: User, now: datetime) -> Case:
    history = list(queries.facts_of(case))
    state = next(BEFORE_DISPATCH[f.kind] for f in reversed(history) if f.kind in BEFORE_DISPATCH)
    given = [fact for fact in history if fact.kind == facts.CaseDispatched.kind]
    before = given[-2] if len(given) > 1 else None
    unit = None
    if before is not None and state == CaseState.REOPENED:
        unit = Office.objects.get(code=before.data["unit"])
    move = moves.take_back_dispatch(
        case,
        state=state,
        unit=unit,
        dispatched_at=before.happened_at if before else None,
        now=now,
    )
    return keep(case, move, actor=actor, now=now)


@transaction.atomic
def export_cases(*, wanted: CaseFilter, actor: User, now: datetime) -> list[Case]:
    """Return the cases of a list for a file, and record that they went out.

    Raises
    ------
    NotForYou
        If ``actor`` has no list of cases.
    TooManyToExport
        If there are more than a page can write while somebody waits.
    """
    who = standing_of(actor)
    if not policies.may_list_cases(who):
        raise NotForYou
    rows = list(queries.filtered_cases(who, wanted)[: MOST_EXPORTED + 1])
    if len(rows) > MOST_EXPORTED:
        raise TooManyToExport(limit=MOST_EXPORTED)
    record_fact(facts.CasesExported(rows=len(rows)), actor=actor, at=now)
    return rows
