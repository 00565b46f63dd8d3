"""What a supervisor asks a unit in writing about a case (督办单), and what the unit answers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import cast

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.desk import queries
from shuniu.zone.desk.choices import NoteKind, Step
from shuniu.zone.desk.models import Case, Note, Urging
from shuniu.zone.desk.services import moves
from shuniu.zone.desk.services.keeping import clean_words, fetch, keep
from shuniu.zone.kernel.clock import day_of, day_span
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import next_number

# Who is urged answers soon; what takes longer needs more time for the case, not for the answer.
LONGEST_DAYS = 30


class UrgedAlready(Refusal):
    code = "desk.urged_already"
    status = 409
    sentence = _(
        "Case %(case)s is urged already: No. %(number)s waits for the answer of the unit until"
        " %(until)s. It can be urged again when that one is answered."
    )


class NothingUrged(Refusal):
    code = "desk.nothing_urged"
    status = 409
    sentence = _("No urging of case %(case)s waits for an answer: it was answered already.")


class AnswerDayNotPossible(Refusal):
    code = "desk.answer_day_not_possible"
    status = 422
    sentence = _("Please choose a day from %(first)s to %(last)s for the answer.")


@transaction.atomic
def urge_case(*, case_id: int, text: str, until: date, actor: User, now: datetime) -> Case:
    """Ask the unit that leads a case in writing, to be answered by the end of ``until``.

    Raises
    ------
    NotYourCase, NotPossibleNow, WordsMissing, TooManyWords
    UrgedAlready
        If an urging of this case waits for its answer.
    AnswerDayNotPossible
        If the day is past, or far away.
    """
    case = fetch(case_id, Step.URGE, actor)
    words = clean_words(text)
    waiting = queries.waiting_urging(case)
    if waiting is not None:
        raise UrgedAlready(case=case.number, number=waiting.number, until=waiting.until)
    today = day_of(now)
    last = today + timedelta(days=LONGEST_DAYS)
    if not today <= until <= last:
        raise AnswerDayNotPossible(first=today, last=last)
    note = _note(case, NoteKind.URGING, words, actor=actor, now=now)
    urging = Urging.objects.create(
        case=case,
        unit_id=cast("int", case.lead_unit_id),  # in these states a unit leads it
        year=today.year,
        serial=next_number(f"desk.urging.{today.year}"),
        until=until,
        words=note,
        urged_by=actor,
        urged_at=now,
    )
    move = moves.urge(case, urging_id=urging.pk, until=until, note_id=note.pk)
    return keep(case, move, actor=actor, now=now)


@transaction.atomic
def answer_urging(*, case_id: int, text: str, actor: User, now: datetime) -> Case:
    """Answer the urging that waits for the unit of a case, once.

    Raises
    ------
    NotYourCase, NotPossibleNow, WordsMissing, TooManyWords
    NothingUrged
        If none waits, or somebody of the unit was faster.
    """
    case = fetch(case_id, Step.RESPOND, actor)
    words = clean_words(text)
    urging = queries.waiting_urging(case)
    if urging is None:
        raise NothingUrged(case=case.number)
    note = _note(case, NoteKind.RESPONSE, words, actor=actor, now=now)
    waiting = Urging.objects.filter(pk=urging.pk, answered_at=None, ended_at=None)
    if not waiting.update(answer=note, answered_by=actor, answered_at=now):
        raise NothingUrged(case=case.number)
    in_time = now < day_span(urging.until)[1]
    move = moves.respond(case, urging_id=urging.pk, in_time=in_time, note_id=note.pk)
    return keep(case, move, actor=actor, now=now)


def _note(case: Case, kind: NoteKind, words: str, *, actor: User, now: datetime) -> Note:
    note = Note(case=case, kind=kind, text=words, author=actor, written_at=now, is_public=False)
    note.save()
    return note
