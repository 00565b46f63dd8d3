"""Handling several cases as one (并案): one leads, the others get its answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.desk import facts, queries
from shuniu.zone.desk.choices import CAN_LEAD, CaseState, LinkKind, Step
from shuniu.zone.desk.models import Case, CaseLink
from shuniu.zone.desk.services import moves
from shuniu.zone.desk.services.keeping import clean_words, fetch, hold, keep
from shuniu.zone.desk.services.telling import tell_of
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry.queries import standing_of


class UnknownCase(Refusal):
    code = "desk.unknown_case"
    status = 422
    sentence = _("There is no such case among those that you see.")


class MergedIntoItself(Refusal):
    code = "desk.merged_into_itself"
    status = 422
    sentence = _("A case cannot be handled with itself. Please choose another one.")


class LeadsOthers(Refusal):
    code = "desk.leads_others"
    status = 409
    sentence = _(
        "Other cases are handled with case %(case)s, so it cannot be handled with another one."
        " Please put that one with it, or let the others go on their own first."
    )


class CannotLead(Refusal):
    code = "desk.cannot_lead"
    status = 409
    sentence = _("Case %(case)s is “%(state)s”, so no other case can be handled with it.")


class NotSorted(Refusal):
    code = "desk.not_sorted"
    status = 409
    sentence = _("Case %(case)s is not accepted yet. Please accept it first.")


@transaction.atomic
def merge_case(*, case_id: int, into: int, text: str = "", actor: User, now: datetime) -> Case:
    """Let a case be handled with another one, which leads: its answer is the answer to both.

    Raises
    ------
    NotYourCase, NotPossibleNow, TooManyWords
    UnknownCase, MergedIntoItself
        If the other case is not one that ``actor`` sees, or the same one.
    LeadsOthers, CannotLead, NotSorted
        If that would make a chain or a circle, or the other one is answered, over or not accepted.
    """
    held = {row.pk: row for row in hold([case_id, into])}
    case = fetch(case_id, Step.MERGE, actor)
    words = clean_words(text, required=False)
    if into == case.pk:
        raise MergedIntoItself
    if not queries.cases_visible_to(standing_of(actor)).filter(pk=into).exists():
        raise UnknownCase
    parent = held[into]
    if parent.is_restricted:
        raise UnknownCase
    if any(row.parent_id == case.pk and row.state == CaseState.MERGED for row in held.values()):
        raise LeadsOthers(case=case.number)
    if parent.state not in CAN_LEAD:
        raise CannotLead(case=parent.number, state=CaseState(parent.state).label)
    if not parent.category:
        raise NotSorted(case=parent.number)
    keep(case, moves.merge(case, parent=parent, text=words, now=now), actor=actor, now=now)
    joined = record_fact(facts.CaseJoined(case_id=parent.pk, child_id=case.pk), actor=actor, at=now)
    tell_of([(parent, joined)], actor=actor, now=now)
    return case


@transaction.atomic
def part_case(*, case_id: int, text: str = "", actor: User, now: datetime) -> Case:
    """Let a case be handled on its own again; the two are not suggested for each other any more.

    Raises
    ------
    NotYourCase, NotPossibleNow, TooManyWords
    """
    case = fetch(case_id, Step.UNMERGE, actor)
    words = clean_words(text, required=False)
    parent_id = case.parent_id
    if parent_id is not None:
        first, second = sorted((case.pk, parent_id))
        CaseLink.objects.get_or_create(
            first_id=first,
            second_id=second,
            kind=LinkKind.DIFFERENT,
            defaults={"made_by": actor, "made_at": now},
        )
    return keep(case, moves.part(case, text=words, now=now), actor=actor, now=now)
