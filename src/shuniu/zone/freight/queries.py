"""Questions about the words of freight messages."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from shuniu.zone.freight import policies
from shuniu.zone.freight.choices import WordState
from shuniu.zone.freight.models import GroupWord
from shuniu.zone.kernel.clock import day_span
from shuniu.zone.kernel.queries import DayNumbers
from shuniu.zone.registry.queries import Standing


def words_visible_to(who: Standing) -> QuerySet[GroupWord]:
    """Return the words, those that wait for a decision first, then the newest."""
    if not policies.may_decide_words(who):
        return GroupWord.objects.none()
    rank = Case(
        When(state=WordState.PROPOSED, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    found = GroupWord.objects.select_related("proposed_by", "decided_by")
    return found.annotate(rank=rank).order_by("rank", "-proposed_at", "-pk")


def waiting_words(who: Standing) -> int:
    """Return how many words wait for a decision of this person."""
    return words_visible_to(who).filter(state=WordState.PROPOSED).count()


def words_in_use() -> list[tuple[str, str]]:
    """Return each accepted word with what it means."""
    accepted = GroupWord.objects.filter(state=WordState.ACCEPTED)
    return list(accepted.order_by("word").values_list("word", "means"))


def day_summary(first: date, last: date) -> DayNumbers:
    """Return how many words of freight messages were proposed, and decided on, on some days."""
    start, end = day_span(first)[0], day_span(last)[1]
    counts = GroupWord.objects.aggregate(
        proposed=Count("pk", filter=Q(proposed_at__gte=start, proposed_at__lt=end)),
        decided=Count("pk", filter=Q(decided_at__gte=start, decided_at__lt=end)),
    )
    return DayNumbers(
        _("Freight"),
        (
            (_("Words proposed"), counts["proposed"]),
            (_("Words decided on"), counts["decided"]),
        ),
    )
