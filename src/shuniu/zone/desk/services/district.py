"""Handing a case up to the district, and taking it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shuniu.zone.accounts.models import User
from shuniu.zone.desk.choices import Step
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.services import moves
from shuniu.zone.desk.services.keeping import clean_words, fetch, keep

LONGEST_BODY = 60
LONGEST_NUMBER = 40


@transaction.atomic
def escalate_case(
    *, case_id: int, body: str, number: str = "", text: str, actor: User, now: datetime
) -> Case:
    """Hand a case up to a body of the district, with the number that it has there.

    The zone still answers the enterprise, so its clocks go on.

    Raises
    ------
    NotYourCase, NotPossibleNow, WordsMissing, TooManyWords
    """
    case = fetch(case_id, Step.ESCALATE, actor)
    to = clean_words(body)[:LONGEST_BODY]
    there = clean_words(number, required=False)[:LONGEST_NUMBER]
    words = clean_words(f"{to} {there}".strip() + f"\n{clean_words(text)}")
    move = moves.escalate(case, body=to, number=there, text=words, now=now)
    return keep(case, move, actor=actor, now=now)


@transaction.atomic
def take_back_case(*, case_id: int, text: str, actor: User, now: datetime) -> Case:
    """Take a case back from the district with what was said there; the center gives it out again.

    Raises
    ------
    NotYourCase, NotPossibleNow, WordsMissing, TooManyWords
    """
    case = fetch(case_id, Step.TAKE_BACK, actor)
    return keep(case, moves.take_back(case, text=clean_words(text), now=now), actor=actor, now=now)
