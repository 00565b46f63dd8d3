"""What a handling unit does with a case."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.desk import problems
from shuniu.zone.desk.choices import CaseState, Step
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.services import moves
from shuniu.zone.desk.services.keeping import clean_words, fetch, keep, not_possible_now
from shuniu.zone.kernel.clock import day_of
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.registry.models import Office


class PlannedInThePast(Refusal):
    code = "desk.planned_in_the_past"
    status = 422
    sentence = _("The date %(day)s is past. Please choose today or a later day.")


class PlannedTooFar(Refusal):
    code = "desk.planned_too_far"
    status = 422
    sentence = _("The date %(day)s is more than two years away. Please check the year.")


class ReturnedBefore(Refusal):
    code = "desk.returned_before"
    status = 409
    sentence = _("Case %(case)s was already returned once. Please call the service center.")


class TooLateToReturn(Refusal):
    code = "desk.too_late_to_return"
    status = 409
    sentence = _("A case can be returned within one working day of its dispatch; that is over.")


class SameUnit(Refusal):
    code = "desk.same_unit"
    status = 422
    sentence = _("Please suggest a unit other than your own.")


MOST_DAYS_AHEAD = 731


@transaction.atomic
def sign_case(*, case_id: int, actor: User, now: datetime) -> Case:
    """Take a case in hand. Of two who try, one gets it and the other learns who was faster.

    Raises
    ------
    NotYourCase, NotPossibleNow
    """
    case = fetch(case_id, Step.SIGN, actor)
    taken = Case.objects.filter(
        pk=case.pk, state=CaseState.DISPATCHED, handler__isnull=True
    ).update(handler=actor, state=CaseState.SIGNED)
    if not taken:
        raise not_possible_now(Case.objects.get(pk=case.pk))
    return keep(case, moves.sign(case, handler=actor, now=now), actor=actor, now=now)


@transaction.atomic
def note_contact(*, case_id: int, text: str, actor: User, now: datetime) -> Case:
    """Note that the enterprise was reached, which stops the first clock.

    Raises
    ------
    NotYourCase, NotPossibleNow, TooManyWords
    """
    case = fetch(case_id, Step.CONTACT, actor)
    if case.contacted_at is not None:
        raise not_possible_now(case)
    words = clean_words(text, required=False)
    return keep(case, moves.contact(case, text=words, now=now), actor=actor, now=now)


@transaction.atomic
def plan_case(*, case_id: int, text: str, planned_on: date, actor: User, now: datetime) -> Case:
    """Tell the enterprise what will be done and until when, which stops the second clock.

    Raises
    ------
    NotYourCase, NotPossibleNow, WordsMissing, TooManyWords
    PlannedInThePast, PlannedTooFar
        If the day cannot be meant.
    """
    case = fetch(case_id, Step.PLAN, actor)
    today = day_of(now)
    if planned_on < today:
        raise PlannedInThePast(day=planned_on)
    if (planned_on - today).days > MOST_DAYS_AHEAD:
        raise PlannedTooFar(day=planned_on)
    move = moves.plan(case, text=clean_words(text), planned_on=planned_on, now=now)
    return keep(case, move, actor=actor, now=now)


@transaction.atomic
def note_progress(*, case_id: int, text: str, actor: User, now: datetime) -> Case:
    """Tell the enterprise how far it is.

    Raises
    ------
    NotYourCase, NotPossibleNow, WordsMissing, TooManyWords
    """
    case = fetch(case_id, Step.NOTE, actor)
    return keep(case, moves.note(case, text=clean_words(text), now=now), actor=actor, now=now)


@transaction.atomic
def reply_to_case(*, case_id: int, text: str, actor: User, now: datetime) -> Case:
    """Answer the enterprise, which stops the last clock; the enterprise then has the ball.

    Raises
    ------
    NotYourCase, NotPossibleNow, WordsMissing, TooManyWords
    """
    case = fetch(case_id, Step.REPLY, actor)
    return keep(case, moves.reply(case, text=clean_words(text), now=now), actor=actor, now=now)


@transaction.atomic
def ask_enterprise(*, case_id: int, text: str, actor: User, now: datetime) -> Case:
    """Ask the enterprise for what the unit needs to go on; the clocks stand still meanwhile.

    Raises
    ------
    NotYourCase, NotPossibleNow, WordsMissing, TooManyWords
    """
    case = fetch(case_id, Step.ASK, actor)
    return keep(case, moves.ask(case, text=clean_words(text), now=now), actor=actor, now=now)


@transaction.atomic
def resume_case(*, case_id: int, text: str, actor: User, now: datetime) -> Case:
    """Go on with a case that waited for the enterprise or was suspended; its clocks go on.

    Raises
    ------
    NotYourCase, NotPossibleNow, WordsMissing, TooManyWords
    """
    case = fetch(case_id, Step.RESUME, actor)
    return keep(case, moves.resume(case, text=clean_words(text), now=now), actor=actor, now=now)


@transaction.atomic
def return_case(
    *, case_id: int, text: str, suggested_unit: Office, actor: User, now: datetime
) -> Case:
    """Give a case back to the center: once, soon, with a reason and a better unit.

    Raises
    ------
    NotYourCase, NotPossibleNow, WordsMissing, TooManyWords
    ReturnedBefore, TooLateToReturn, SameUnit
        If the rules for returning do not allow it.
    """
    case = fetch(case_id, Step.RETURN, actor)
    words = clean_words(text)
    if case.returns:
        raise ReturnedBefore(case=case.number)
    ends_at = problems.return_ends_at(case)
    if ends_at is not None and now > ends_at:
        raise TooLateToReturn
    if suggested_unit.pk == case.lead_unit_id:
        raise SameUnit
    move = moves.give_back(case, text=words, suggested_unit=suggested_unit, now=now)
    return keep(case, move, actor=actor, now=now)
