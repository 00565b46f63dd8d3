"""Asking an enterprise about a closed case: by the center or a supervisor, not by the unit."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shuniu.zone.accounts.models import User
from shuniu.zone.desk.choices import NoteKind, Solved, Step
from shuniu.zone.desk.models import CallBack, Case, Note
from shuniu.zone.desk.services import moves
from shuniu.zone.desk.services.enterprise import RatingOutOfRange
from shuniu.zone.desk.services.keeping import clean_words, fetch, keep


@transaction.atomic
def call_back(
    *,
    case_id: int,
    solved: Solved,
    text: str,
    rating: int | None = None,
    actor: User,
    now: datetime,
) -> Case:
    """Note what the enterprise says of a closed case. "Not solved" opens it again, one level up.

    ``rating`` is the grade that it gives now; None if it gives none.

    Raises
    ------
    NotYourCase
        Also if ``actor`` or their unit handled the case, or somebody called back before.
    NotPossibleNow, WordsMissing, TooManyWords
    RatingOutOfRange
        If the rating is not 1 to 5.
    """
    case = fetch(case_id, Step.CALL_BACK, actor)
    words = clean_words(text)
    if rating is not None and not 1 <= rating <= 5:
        raise RatingOutOfRange
    note = Note.objects.create(
        case=case, kind=NoteKind.CALL_BACK, text=words, author=actor, written_at=now,
        is_public=False,
    )  # fmt: skip
    row = CallBack.objects.create(
        case=case,
        unit=case.lead_unit,
        round=case.round,
        solved=solved,
        rating=rating,
        words=note,
        called_by=actor,
        called_at=now,
    )
    move = moves.call_back(
        case, call_back_id=row.pk, solved=solved, rating=rating, note_id=note.pk, now=now
    )
    return keep(case, move, actor=actor, now=now)
