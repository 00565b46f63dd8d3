"""Which other cases may be the same need: two rules, each of which says why. Nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from shuniu.engines.base.coordinates import Position
from shuniu.engines.base.shapes import distance_between_m
from shuniu.engines.extraction.similarity import SAME_NEED, similarity
from shuniu.zone.desk import queries
from shuniu.zone.desk.models import Case
from shuniu.zone.registry.models import Site
from shuniu.zone.registry.queries import Standing

# The same trouble at the same place: within this way and this time (domain rule of the center).
NEAR_M = 1_000.0
NEAR_TIME = timedelta(hours=48)
MOST_SHOWN = 5


class Rule(StrEnum):
    """Why two cases may be one."""

    WORDS = "words"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Alike:
    """A case that may be the same need.

    ``like_pct`` is how alike the texts are; ``apart_m`` how far the two enterprises are from each
    other, None where a position is not known; ``apart`` the time between the two.
    """

    case: Case
    rule: Rule
    like_pct: int
    apart_m: float | None
    apart: timedelta


def cases_alike(*, case: Case, who: Standing) -> tuple[Alike, ...]:
    """Return the open cases that may be the same need as ``case``, the likeliest first.

    By their words, or of the same category, at most ``NEAR_M`` and ``NEAR_TIME`` apart. What a
    person told apart, or put together, is left out.
    """
    others = list(queries.cases_to_compare(who, case))
    where = _positions({row.enterprise_id for row in (case, *others)})
    found = [one for other in others if (one := _compared(case, other, where)) is not None]
    found.sort(key=lambda one: (one.rule != Rule.WORDS, -one.like_pct, one.apart, one.case.pk))
    return tuple(found[:MOST_SHOWN])


def alike_of(*, case: Case, other: Case) -> Alike | None:
    """Return by which rule two cases may be the same need; None if by none."""
    where = _positions({case.enterprise_id, other.enterprise_id})
    return _compared(case, other, where)


def _compared(case: Case, other: Case, where: dict[int, Sequence[Position]]) -> Alike | None:
    like = similarity(case.text, other.text)
    apart = abs(case.submitted_at - other.submitted_at)
    apart_m = _apart_m(where.get(case.enterprise_id, ()), where.get(other.enterprise_id, ()))
    rule: Rule | None = None
    if like >= SAME_NEED:
        rule = Rule.WORDS
    elif _is_near(apart_m, apart) and _category(case) and _category(case) == _category(other):
        rule = Rule.NEAR
    if rule is None:
        return None
    return Alike(other, rule, round(100 * like), apart_m, apart)


def _is_near(apart_m: float | None, apart: timedelta) -> bool:
    return apart_m is not None and apart_m <= NEAR_M and apart <= NEAR_TIME


def _category(case: Case) -> str:
    """Return what a case is about: as it was accepted, else as the reading of its text has it."""
    return case.category or str(case.suggestion.get("category", ""))


def _apart_m(mine: Sequence[Position], theirs: Sequence[Position]) -> float | None:
    ways = [distance_between_m(one, other) for one in mine for other in theirs]
    return min(ways, default=None)


def _positions(enterprise_ids: Collection[int]) -> dict[int, Sequence[Position]]:
    """Return where the enterprises are: all of their sites whose position is known."""
    found: dict[int, list[Position]] = {}
    sites = Site.objects.filter(enterprise_id__in=enterprise_ids, lon__isnull=False)
    for key, lon, lat in sites.order_by("pk").values_list("enterprise_id", "lon", "lat"):
        if lon is not None and lat is not None:
            found.setdefault(key, []).append(Position(lon, lat))
    return {key: tuple(places) for key, places in found.items()}
