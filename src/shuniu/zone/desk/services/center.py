"""What the center does with a case: accept it and give it to a unit."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.desk.choices import Step, Urgency
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.services import moves
from shuniu.zone.desk.services.keeping import clean_words, fetch, keep
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.registry.models import Office
from shuniu.zone.registry.queries import profile_of


class UnknownCategory(Refusal):
    code = "desk.unknown_category"
    status = 422
    sentence = _("The zone has no category “%(category)s”. Please choose one from the list.")


class UnitNotAvailable(Refusal):
    code = "desk.unit_not_available"
    status = 422
    sentence = _("“%(unit)s” takes no cases any more. Please choose another unit.")


class StaysRestricted(Refusal):
    code = "desk.stays_restricted"
    status = 422
    sentence = _("A restricted case stays with the discipline office.")


@transaction.atomic
def accept_case(
    *,
    case_id: int,
    category: str,
    subcategory: str,
    urgency: Urgency,
    text: str = "",
    actor: User,
    now: datetime,
) -> Case:
    """Accept a case: what it is about and how urgent, which sets its deadlines.

    Raises
    ------
    NotYourCase, NotPossibleNow
        If ``actor`` may not, or somebody was faster.
    UnknownCategory
        If the profile of the case has no such category.
    """
    case = fetch(case_id, Step.ACCEPT, actor)
    known = {c.code: c for c in profile_of(case.profile_id).categories}
    if category not in known:
        raise UnknownCategory(category=category)
    second = {s.code for s in known[category].subcategories}
    move = moves.accept(
        case,
        category=category,
        subcategory=subcategory if subcategory in second else "",
        urgency=urgency,
        text=clean_words(text, required=False),
        now=now,
    )
    return keep(case, move, actor=actor, now=now)


@transaction.atomic
def reject_case(*, case_id: int, text: str, instead: str, actor: User, now: datetime) -> Case:
    """Do not take a need on: say why, and where the enterprise can go instead.

    Raises
    ------
    NotYourCase, NotPossibleNow
        If ``actor`` may not, or somebody was faster.
    WordsMissing, TooManyWords
        If one of the two is empty, or they are too long.
    """
    case = fetch(case_id, Step.REJECT, actor)
    words = clean_words(f"{clean_words(text)}\n\n→ {clean_words(instead)}")
    return keep(case, moves.reject(case, text=words, now=now), actor=actor, now=now)


@transaction.atomic
def dispatch_case(*, case_id: int, unit: Office, actor: User, now: datetime) -> Case:
    """Give a case to the unit that will lead it. Its clocks go on.

    Raises
    ------
    NotYourCase, NotPossibleNow
        If ``actor`` may not, or somebody was faster.
    UnitNotAvailable
        If the unit has left the profile.
    StaysRestricted
        If a restricted case would be read by another unit.
    """
    case = fetch(case_id, Step.DISPATCH, actor)
    if not unit.is_active:
        raise UnitNotAvailable(unit=unit.zh)
    if case.is_restricted and unit.kind != moves.DISCIPLINE:
        raise StaysRestricted
    return keep(case, moves.dispatch(case, unit=unit, now=now), actor=actor, now=now)
