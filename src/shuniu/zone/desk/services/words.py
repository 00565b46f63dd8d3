"""Keeping what cases are found by the same as what is in them."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from shuniu.zone.desk import queries
from shuniu.zone.desk.models import Case, CaseWords
from shuniu.zone.kernel.services import forget_others, write_index

BATCH = 200


def index_cases(*, case_ids: Collection[int]) -> int:
    """Write what cases are found by, and return how many were written; it may be repeated."""
    keys = sorted(case_ids)
    for first in range(0, len(keys), BATCH):
        _index_some(keys[first : first + BATCH])
    return len(keys)


@transaction.atomic
def _index_some(keys: list[int]) -> None:
    locked = Case.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    list(locked.filter(pk__in=keys).values_list("pk", flat=True))
    write_index(CaseWords, queries.words_of_cases(keys))


def index_cases_of(*, enterprise_ids: Collection[int]) -> int:
    """Write anew what the cases of enterprises are found by, whose names are in it."""
    return index_cases(case_ids=queries.case_keys(enterprise_ids=enterprise_ids))


def index_missing_cases() -> int:
    """Write what those cases are found by that have no words yet, and return how many they were.

    A zone that was set up before there was a search has its cases without words.
    """
    return index_cases(case_ids=queries.cases_without_words())


def rebuild_words() -> int:
    """Write anew what every case is found by, and return how many cases there are."""
    keys = queries.case_keys()
    forget_others(CaseWords, set(keys))
    return index_cases(case_ids=keys)
