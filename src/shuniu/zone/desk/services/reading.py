"""Reading a new case before a clerk does: a suggestion with the words that it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from django.db import transaction

from shuniu.engines.extraction.learning import VERSION, from_json, model_with
from shuniu.engines.extraction.needs import NeedModel, NeedReading, read_need, train
from shuniu.engines.extraction.plain import Span
from shuniu.profiles.problems import lexicon_of
from shuniu.zone.accounts.models import User
from shuniu.zone.desk import facts, queries
from shuniu.zone.desk.choices import CaseState
from shuniu.zone.desk.models import Case
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry.queries import profile_of


def read_case(*, case_id: int, actor: User | None, now: datetime) -> Case:
    """Read the text of a case and keep what it seems to be about, for the clerk to confirm.

    Reading happens outside the transaction; a case that was accepted or read meanwhile stays as
    it is, so that the command can be repeated.
    """
    seen = Case.objects.get(pk=case_id)
    lesson = queries.lesson_in_force(VERSION)
    reading = read_need(seen.text, _model(seen.profile_id, lesson.pk if lesson else None))
    with transaction.atomic():
        case = Case.objects.select_for_update(no_key=True).get(pk=case_id)
        if case.state != CaseState.SUBMITTED or "category" in case.suggestion:
            return case
        case.suggestion = suggestion_of(seen.text, reading)
        case.save(update_fields=["suggestion"])
        read = facts.CaseRead(
            case_id=case.pk,
            category=reading.category,
            unit=reading.unit,
            urgency=reading.urgency,
            route=reading.route,
        )
        record_fact(read, actor=actor, at=now)
        return case


def suggestion_of(text: str, reading: NeedReading) -> dict[str, object]:
    """Return a reading as it is stored with the case: codes, and the text in marked pieces."""
    reasons = {*reading.category_reasons, *reading.unit_reasons, *reading.urgency_reasons}
    return {
        "category": reading.category,
        "top3": list(reading.top3),
        "unit_code": reading.unit,
        "urgency": reading.urgency,
        "route": reading.route,
        "is_sure": reading.sure,
        "pieces": _pieces(text, reasons),
        "words": {
            "category": _words(reading.category_reasons),
            "unit": _words(reading.unit_reasons),
            "urgency": _words(reading.urgency_reasons),
        },
    }


def _words(reasons: Iterable[Span]) -> list[str]:
    return list(dict.fromkeys(span.words for span in reasons))


def _pieces(text: str, reasons: Iterable[Span]) -> list[tuple[str, bool]]:
    """Cut the text where a reason begins or ends; mark the pieces that are reasons."""
    marked = [False] * len(text)
    for span in reasons:
        marked[span.from_at : span.to_at] = [True] * (span.to_at - span.from_at)
    pieces: list[tuple[str, bool]] = []
    for letter, is_marked in zip(text, marked, strict=True):
        if pieces and pieces[-1][1] == is_marked:
            pieces[-1] = (pieces[-1][0] + letter, is_marked)
        else:
            pieces.append((letter, is_marked))
    return pieces


@lru_cache(maxsize=4)
def _model(version_id: int, lesson_id: int | None) -> NeedModel:
    lexicon = lexicon_of(profile_of(version_id))
    if lesson_id is None:
        return train(lexicon)
    return model_with(lexicon, from_json(queries.body_of(lesson_id)))
