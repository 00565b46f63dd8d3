"""What a person was told in the product, as far as it still concerns this person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from shuniu.zone.notices.choices import NoticeFilter
from shuniu.zone.notices.models import Notice, Outgoing
from shuniu.zone.notices.queries.wording import Words, kind_of, words_of
from shuniu.zone.registry.queries import Standing

MOST_COUNTED = 100
Visible = Callable[[Standing, Collection[str]], Collection[str]]
"""Which of some rows, by their keys, a person may see."""


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """A notice as its list shows it; ``words`` is None when the reader may not see it any more."""

    notice: Notice
    words: Words | None
    icon: str


def notices_of(user_id: int) -> QuerySet[Notice]:
    """Return what a person was told."""
    return Notice.objects.filter(recipient_id=user_id)


def filtered_notices(user_id: int, which: NoticeFilter, kind: str) -> QuerySet[Notice]:
    """Return the notices of a list: those that are unread first, then the newest."""
    rows = notices_of(user_id)
    if which == NoticeFilter.UNREAD:
        rows = rows.filter(read_at__isnull=True)
    if kind:
        rows = rows.filter(kind=kind)
    is_read = Q(read_at__isnull=False)
    return rows.alias(is_read=is_read).order_by("is_read", "-told_at", "-pk")


def unread_count(user_id: int) -> int:
    """Return how many notices wait to be read; at most ``MOST_COUNTED`` are counted."""
    return notices_of(user_id).filter(read_at__isnull=True)[:MOST_COUNTED].count()


def told_between(first: datetime, last: datetime) -> frozenset[int]:
    """Return who was told something from one moment to another, both included."""
    told = Notice.objects.filter(told_at__gte=first, told_at__lte=last)
    return frozenset(told.values_list("recipient_id", flat=True).distinct())


def shown(who: Standing, notices: Iterable[Notice]) -> list[ShownNotice]:
    """Return notices with their words, in one question for each sort of thing they are about."""
    rows = list(notices)
    seen = visible_of(who, ((row.kind, row.key) for row in rows))
    return [_shown(row, is_seen=(row.kind, row.key) in seen) for row in rows]


def _shown(notice: Notice, *, is_seen: bool) -> ShownNotice:
    kind = kind_of(notice.kind)
    if kind is None or not is_seen:
        return ShownNotice(notice, None, "lock")
    return ShownNotice(notice, words_of(kind, notice.values), kind.icon)


def is_visible(who: Standing, row: Notice | Outgoing) -> bool:
    """Return whether a person may (still) see what they were told of."""
    return bool(visible_of(who, [(row.kind, row.key)]))


def visible_of(who: Standing, told: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return which pairs of kind and key are about something that a person may see now."""
    by_subject: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for code, key in told:
        kind = kind_of(code)
        if kind is not None:
            by_subject[kind.subject].add((code, key))
    rules: Mapping[str, Visible] = import_string(settings.NOTICE_SUBJECTS)
    seen = by_subject.pop("", set())
    for subject, pairs in by_subject.items():
        keys = rules[subject](who, {key for _code, key in pairs})
        seen |= {(code, key) for code, key in pairs if key in keys}
    return seen
