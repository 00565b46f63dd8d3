"""What a unit asks for when it cannot answer in time, and what a supervisor says to that."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.desk import problems, queries
from shuniu.zone.desk.choices import Decision, RequestKind, Step
from shuniu.zone.desk.models import Case, CaseRequest
from shuniu.zone.desk.services import moves
from shuniu.zone.desk.services.keeping import clean_words, fetch, keep
from shuniu.zone.kernel.clock import day_of
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.registry.queries import profile_of


class RequestWaits(Refusal):
    code = "desk.request_waits"
    status = 409
    sentence = _("A request for case %(case)s waits for the supervisor already.")


class NothingAsked(Refusal):
    code = "desk.nothing_asked"
    status = 409
    sentence = _("No such request for case %(case)s waits (any more). Please open it again.")


class ExtendedBefore(Refusal):
    code = "desk.extended_before"
    status = 409
    sentence = _("Case %(case)s was given more time %(count)s times, which is as often as allowed.")


class AskedTooLate(Refusal):
    code = "desk.asked_too_late"
    status = 409
    sentence = _(
        "More time can be asked for until the deadline only; it was on %(day)s. Please answer, or"
        " ask the supervisor."
    )


class RequestIsOver(Refusal):
    code = "desk.request_is_over"
    status = 409
    sentence = _("The day that the unit asked for, %(day)s, is past. Please refuse the request.")


class DayNotPossible(Refusal):
    code = "desk.day_not_possible"
    status = 422
    sentence = _("Please choose a day from %(first)s to %(last)s.")


@transaction.atomic
def ask_for_extension(*, case_id: int, text: str, until: date, actor: User, now: datetime) -> Case:
    """Ask a supervisor to move the deadline, before it has come.

    Raises
    ------
    NotYourCase, NotPossibleNow, WordsMissing, TooManyWords
    AskedTooLate, ExtendedBefore, RequestWaits
        If the rules for more time do not allow it.
    DayNotPossible
        If the day is not after the deadline, or further than the profile lets it be moved.
    """
    case = fetch(case_id, Step.ASK_EXTENSION, actor)
    words = clean_words(text)
    most = profile_of(case.profile_id).handling.extension_count
    if queries.extensions_of(case) >= most:
        raise ExtendedBefore(case=case.number, count=most)
    if now > case.done_due_at:
        raise AskedTooLate(day=day_of(case.done_due_at))
    first, last = day_of(case.done_due_at), problems.latest_extension(case)
    if not first < until <= last:
        raise DayNotPossible(first=first, last=last)
    _ask(case, RequestKind.EXTENSION, until, actor=actor, now=now)
    move = moves.ask_extension(case, text=words, until=until)
    return keep(case, move, actor=actor, now=now)


@transaction.atomic
def grant_extension(*, case_id: int, text: str = "", actor: User, now: datetime) -> Case:
    """Move the deadline of a case to the end of the day that the unit asked for.

    Raises
    ------
    NotYourCase, NotPossibleNow, TooManyWords
    NothingAsked, RequestIsOver
        If no such request waits, or the day that it names is past.
    """
    case = fetch(case_id, Step.GRANT_EXTENSION, actor)
    words = clean_words(text, required=False)
    asked = _decide(case, RequestKind.EXTENSION, Decision.GRANTED, actor=actor, now=now)
    ends_at = problems.end_of_office_day(case, asked.until)
    move = moves.grant_extension(case, text=words, until=asked.until, ends_at=ends_at, now=now)
    return keep(case, move, actor=actor, now=now)


@transaction.atomic
def ask_for_suspension(*, case_id: int, text: str, until: date, actor: User, now: datetime) -> Case:
    """Ask a supervisor to set a case aside that cannot be done now, until it is looked at again.

    Raises
    ------
    NotYourCase, NotPossibleNow, WordsMissing, TooManyWords, RequestWaits
    DayNotPossible
        If the day is not a later one, or further than the profile lets a case rest unseen.
    """
    case = fetch(case_id, Step.ASK_SUSPENSION, actor)
    words = clean_words(text)
    _check_review(case, until, now=now)
    _ask(case, RequestKind.SUSPENSION, until, actor=actor, now=now)
    move = moves.ask_suspension(case, text=words, until=until)
    return keep(case, move, actor=actor, now=now)


@transaction.atomic
def suspend_case(*, case_id: int, text: str = "", actor: User, now: datetime) -> Case:
    """Set a case aside as its unit asked; its clocks stand still and everybody sees that.

    Raises
    ------
    NotYourCase, NotPossibleNow, TooManyWords
    NothingAsked, RequestIsOver
        If no such request waits, or the day that it names is past.
    """
    case = fetch(case_id, Step.SUSPEND, actor)
    words = clean_words(text, required=False)
    asked = _decide(case, RequestKind.SUSPENSION, Decision.GRANTED, actor=actor, now=now)
    move = moves.suspend(case, text=words, until=asked.until, now=now)
    return keep(case, move, actor=actor, now=now)


@transaction.atomic
def deny_request(*, case_id: int, text: str, actor: User, now: datetime) -> Case:
    """Refuse what a unit asked for, with the reason.

    Raises
    ------
    NotYourCase, NotPossibleNow, WordsMissing, TooManyWords
    NothingAsked
        If no request waits.
    """
    case = fetch(case_id, Step.DENY, actor)
    words = clean_words(text)
    asked = _decide(case, None, Decision.REFUSED, actor=actor, now=now)
    move = moves.deny(case, request=RequestKind(asked.kind), text=words)
    return keep(case, move, actor=actor, now=now)


@transaction.atomic
def review_suspended(*, case_id: int, text: str, until: date, actor: User, now: datetime) -> Case:
    """Tell the enterprise how a suspended case stands, and when it is looked at next.

    Raises
    ------
    NotYourCase, NotPossibleNow, WordsMissing, TooManyWords, DayNotPossible
    """
    case = fetch(case_id, Step.REVIEW, actor)
    words = clean_words(text)
    _check_review(case, until, now=now)
    return keep(case, moves.review(case, text=words, until=until, now=now), actor=actor, now=now)


def _check_review(case: Case, day: date, *, now: datetime) -> None:
    first, last = day_of(now), problems.latest_review(case, now=now)
    if not first < day <= last:
        raise DayNotPossible(first=first, last=last)


def _ask(case: Case, kind: RequestKind, until: date, *, actor: User, now: datetime) -> None:
    if case.asked_for:
        raise RequestWaits(case=case.number)
    CaseRequest.objects.create(case=case, kind=kind, until=until, asked_by=actor, asked_at=now)


def _decide(
    case: Case, kind: RequestKind | None, decision: Decision, *, actor: User, now: datetime
) -> CaseRequest:
    if not case.asked_for or kind not in {None, case.asked_for}:
        raise NothingAsked(case=case.number)
    asked = CaseRequest.objects.get(case=case, decision=Decision.PENDING)
    if decision == Decision.GRANTED and problems.end_of_office_day(case, asked.until) <= now:
        raise RequestIsOver(day=asked.until)
    asked.decision, asked.decided_by, asked.decided_at = decision, actor, now
    asked.save(update_fields=["decision", "decided_by", "decided_at"])
    return asked
