"""What an enterprise does with its own case, and what its silence does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.desk import problems, queries
from shuniu.zone.desk.choices import Solved, Step
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.services import moves
from shuniu.zone.desk.services.keeping import clean_words, fetch, keep
from shuniu.zone.desk.services.opening import attach
from shuniu.zone.kernel.refusals import Refusal


class RatingOutOfRange(Refusal):
    code = "desk.rating_out_of_range"
    status = 422
    sentence = _("Please rate with one to five stars.")


@transaction.atomic
def confirm_case(
    *, case_id: int, solved: Solved, rating: int, text: str = "", actor: User, now: datetime
) -> Case:
    """Close a case by the enterprise's own word.

    Raises
    ------
    NotYourCase, NotPossibleNow, TooManyWords
    RatingOutOfRange
        If the rating is not 1 to 5, or "not solved" is confirmed instead of refused.
    """
    case = fetch(case_id, Step.CONFIRM, actor)
    if not 1 <= rating <= 5 or solved == Solved.NO:
        raise RatingOutOfRange
    words = clean_words(text, required=False)
    move = moves.confirm(case, solved=solved, rating=rating, text=words, by_silence=False, now=now)
    return keep(case, move, actor=actor, now=now)


@transaction.atomic
def refuse_answer(*, case_id: int, text: str, actor: User, now: datetime) -> Case:
    """Say that the answer does not solve it: the case is opened again, one level up.

    Raises
    ------
    NotYourCase, NotPossibleNow, WordsMissing, TooManyWords
    """
    case = fetch(case_id, Step.REFUSE, actor)
    return keep(case, moves.refuse(case, text=clean_words(text), now=now), actor=actor, now=now)


@transaction.atomic
def object_to_rejection(*, case_id: int, text: str, actor: User, now: datetime) -> Case:
    """Say why a need should be taken on after all: a supervisor judges it.

    Raises
    ------
    NotYourCase, NotPossibleNow, WordsMissing, TooManyWords
    """
    case = fetch(case_id, Step.OBJECT, actor)
    return keep(case, moves.object_to(case, text=clean_words(text), now=now), actor=actor, now=now)


@transaction.atomic
def answer_question(
    *,
    case_id: int,
    text: str,
    uploads: Sequence[UploadedFile[bytes]] = (),
    actor: User,
    now: datetime,
) -> Case:
    """Answer what the unit asked, in words, by files or both: its clocks go on.

    Raises
    ------
    NotYourCase, NotPossibleNow, WordsMissing, TooManyWords, TooManyFiles
    """
    case = fetch(case_id, Step.ANSWER, actor)
    words = clean_words(text, required=not uploads)
    attach(case, uploads, actor=actor, now=now)
    return keep(case, moves.answer(case, text=words, now=now), actor=actor, now=now)


@transaction.atomic
def withdraw_case(*, case_id: int, text: str, actor: User, now: datetime) -> Case:
    """Take a need back, with the reason.

    Raises
    ------
    NotYourCase, NotPossibleNow, WordsMissing, TooManyWords
    """
    case = fetch(case_id, Step.WITHDRAW, actor)
    return keep(case, moves.withdraw(case, text=clean_words(text), now=now), actor=actor, now=now)


def confirm_silent(*, actor: User | None, now: datetime) -> int:
    """Close answered cases after the days of silence of their profile; return how many.

    They are marked, and silence never counts as satisfaction.
    """
    closed = 0
    for case_id in queries.answered_cases().values_list("pk", flat=True):
        closed += _confirm_if_silent(case_id, actor=actor, now=now)
    return closed


@transaction.atomic
def _confirm_if_silent(case_id: int, *, actor: User | None, now: datetime) -> bool:
    case = Case.objects.select_for_update(no_key=True).get(pk=case_id)
    ends_at = problems.silence_ends_at(case)
    if not moves.is_possible(case, Step.CONFIRM) or ends_at is None or now < ends_at:
        return False
    move = moves.confirm(
        case, solved=Solved.EXPLAINED, rating=None, text="", by_silence=True, now=now
    )
    keep(case, move, actor=actor, now=now)
    return True
