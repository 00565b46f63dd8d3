"""Asking enterprises why they withdrew a need: a share of each month, drawn by lot."""

from __future__ import annotations

import math
from datetime import date, datetime
from random import Random

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.desk import facts, queries
from shuniu.zone.desk.choices import NoteKind, Pressed, Step
from shuniu.zone.desk.models import Case, Note, WithdrawalCheck, WithdrawalDraw
from shuniu.zone.desk.services import moves
from shuniu.zone.desk.services.keeping import clean_words, fetch, keep
from shuniu.zone.kernel.clock import day_of
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry.queries import profile_in_force


class MonthNotOver(Refusal):
    code = "desk.month_not_over"
    status = 422
    sentence = _("The cases withdrawn in a month are drawn from when the month is over.")


@transaction.atomic
def draw_withdrawals(*, month: date, seed: str, actor: User | None, now: datetime) -> int:
    """Draw the share of the profile from the cases withdrawn in a month, at least one.

    Once for each month: a second draw changes nothing. Returns how many were drawn.

    Parameters
    ----------
    month
        Its first day.
    seed
        Decides the lot, together with the cases; kept in the fact.

    Raises
    ------
    MonthNotOver
        If the month is not over.
    """
    if queries.month_after(month) > day_of(now):
        raise MonthNotOver
    draw, is_new = WithdrawalDraw.objects.get_or_create(
        month=month, defaults={"seed": seed, "among": 0, "drawn_at": now}
    )
    if not is_new:
        return 0
    among = list(queries.withdrawn_in(month).select_for_update(no_key=True, of=("self",)))
    drawn = drawn_from(among, profile_in_force().profile.call_backs.withdrawn_share, seed)
    WithdrawalDraw.objects.filter(pk=draw.pk).update(among=len(among))
    WithdrawalCheck.objects.bulk_create(WithdrawalCheck(draw=draw, case=case) for case in drawn)
    for case in drawn:
        case.sampled_at = now
        case.save(update_fields=["sampled_at"])
        sampled = facts.WithdrawalSampled(case_id=case.pk, month=month)
        record_fact(sampled, actor=actor, at=now)
    told = facts.WithdrawalsDrawn(
        month=month, seed=seed, among=len(among), case_ids=tuple(case.pk for case in drawn)
    )
    record_fact(told, actor=actor, at=now)
    return len(drawn)


def drawn_from(among: list[Case], share: float, seed: str) -> list[Case]:
    """Return the cases that a seed draws: the share of them rounded up, in order of their keys."""
    cases = sorted(among, key=lambda case: case.pk)
    count = math.ceil(len(cases) * share)
    lot = Random(seed)  # noqa: S311  # whoever knows the seed is to draw the same
    return sorted(lot.sample(cases, count), key=lambda case: case.pk)


@transaction.atomic
def check_withdrawal(
    *, case_id: int, pressed: Pressed, text: str, actor: User, now: datetime
) -> Case:
    """Note what an enterprise says when it is asked whether somebody pressed it to withdraw.

    Raises
    ------
    NotYourCase
        Also if the case was not drawn, or somebody asked before.
    NotPossibleNow, WordsMissing, TooManyWords
    """
    case = fetch(case_id, Step.CHECK_WITHDRAWAL, actor)
    words = clean_words(text)
    note = Note.objects.create(
        case=case, kind=NoteKind.WHY_WITHDREW, text=words, author=actor, written_at=now,
        is_public=False,
    )  # fmt: skip
    WithdrawalCheck.objects.filter(case=case).update(
        pressed=pressed, words=note, asked_by=actor, asked_at=now
    )
    move = moves.check_withdrawal(case, pressed=pressed, note_id=note.pk)
    return keep(case, move, actor=actor, now=now)
