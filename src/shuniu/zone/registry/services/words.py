"""Keeping what enterprises are found by the same as what is in their records."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from shuniu.zone.kernel.services import forget_others, write_index
from shuniu.zone.registry import queries
from shuniu.zone.registry.models import Enterprise, EnterpriseWords

BATCH = 500


def index_enterprises(*, enterprise_ids: Collection[int]) -> int:
    """Write what enterprises are found by, and return how many were written; it may be repeated.

    A record that was merged into another is found no more; what it was called leads to the other,
    so both are to be named here when that changes. Part of the transaction of the command that
    changed the records, which has locked them.
    """
    keys = sorted(enterprise_ids)
    for first in range(0, len(keys), BATCH):
        _index_some(keys[first : first + BATCH])
    return len(keys)


@transaction.atomic
def _index_some(keys: list[int]) -> None:
    write_index(EnterpriseWords, queries.words_of_enterprises(keys))


def index_missing_enterprises() -> int:
    """Write what those enterprises are found by that have no words yet; return how many."""
    found = EnterpriseWords.objects.values_list("pk", flat=True)
    return index_enterprises(enterprise_ids=set(queries.enterprise_keys()).difference(found))


def rebuild_words() -> int:
    """Write anew what every enterprise is found by, and return how many records there are."""
    keys = queries.enterprise_keys()
    forget_others(EnterpriseWords, set(keys))
    for first in range(0, len(keys), BATCH):
        _rebuild_some(keys[first : first + BATCH])
    return len(keys)


@transaction.atomic
def _rebuild_some(keys: list[int]) -> None:
    """Lock the records, so that nobody changes one between its reading and its writing."""
    locked = Enterprise.objects.select_for_update(no_key=True).order_by("pk").filter(pk__in=keys)
    list(locked.values_list("pk", flat=True))
    _index_some(keys)
