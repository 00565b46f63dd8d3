"""Splitting a text that tells of several needs into a case for each; the clock never restarts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.engines.extraction.plain import plain
from shuniu.engines.extraction.routes import matters
from shuniu.zone.accounts.models import User
from shuniu.zone.desk import facts
from shuniu.zone.desk.choices import Step
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.services import moves
from shuniu.zone.desk.services.keeping import clean_words, fetch, keep, set_clocks
from shuniu.zone.desk.services.opening import counter_of, number_of
from shuniu.zone.desk.services.telling import tell_of
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import next_number, record_fact

FEWEST_PARTS, MOST_PARTS = 2, 6


class PartsNotPossible(Refusal):
    code = "desk.parts_not_possible"
    status = 422
    sentence = _("Please divide it into %(fewest)s to %(most)s cases, each with words of its own.")


@transaction.atomic
def split_case(*, case_id: int, texts: Sequence[str], actor: User, now: datetime) -> Case:
    """Open a case for each part of a text, with the clock of the first; that one is over.

    Raises
    ------
    NotYourCase, NotPossibleNow, TooManyWords
    PartsNotPossible
        If there are not two to six parts.
    """
    case = fetch(case_id, Step.SPLIT, actor)
    words = [kept for text in texts if (kept := clean_words(text, required=False))]
    if not FEWEST_PARTS <= len(words) <= MOST_PARTS:
        raise PartsNotPossible(fewest=FEWEST_PARTS, most=MOST_PARTS)
    parts = [_part(case, text, now=now) for text in words]
    part_ids = tuple(part.pk for part in parts)
    keep(case, moves.split(case, part_ids=part_ids, now=now), actor=actor, now=now)
    told = []
    for part in parts:
        fact = facts.CaseSplitOff(
            case_id=part.pk,
            from_id=case.pk,
            submitted_at=_utc(part.submitted_at),
            contacted_at=_utc(part.contacted_at) if part.contacted_at else "",
            waits=tuple((begins, ends) for begins, ends in part.waits),
        )
        told.append((part, record_fact(fact, actor=actor, at=now)))
    tell_of(told, actor=actor, now=now)
    return case


def suggested_parts(text: str) -> tuple[str, ...]:
    """Return the parts of a text that tell of a matter each; one part: the text is not divided."""
    read = plain(text)
    spans = [read.span(start, end) for start, end in matters(read)]
    return tuple(text[span.from_at : span.to_at].strip() for span in spans)[:MOST_PARTS]


def _part(case: Case, text: str, *, now: datetime) -> Case:
    part = Case(
        number=number_of(next_number(counter_of(now)), now),
        enterprise=case.enterprise,
        opened_by_id=case.opened_by_id,
        profile_id=case.profile_id,
        channel=case.channel,
        text=text,
        outside_number=case.outside_number,
        location_note=case.location_note,
        urgency=case.urgency,
        sensitivity=case.sensitivity,
        submitted_at=case.submitted_at,
        contacted_at=case.contacted_at,
        waits=case.waits,
        updated_at=now,
        turn_since=now,
        split_from=case,
    )
    set_clocks(part, now=now)
    part.save()
    return part


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
