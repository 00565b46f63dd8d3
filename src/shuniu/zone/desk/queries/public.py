"""What anybody may know of cases, where the zone gives it out: no words, no names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from shuniu.zone.desk.choices import OVER, Sensitivity
from shuniu.zone.desk.models import Case


@dataclass(frozen=True, slots=True)
class PublicFilter:
    """Which cases: by numbers, or received in ``[start, end)``; an empty one stands for all."""

    numbers: Collection[str] = ()
    categories: Collection[str] = ()
    start: datetime | None = None
    end: datetime | None = None
    is_over: bool | None = None


def public_cases(wanted: PublicFilter) -> QuerySet[Case]:
    """Return sorted cases that are neither confidential nor restricted, the newest first."""
    rows = Case.objects.filter(sensitivity=Sensitivity.NORMAL).exclude(category="")
    if wanted.numbers:
        rows = rows.filter(number__in=wanted.numbers)
    if wanted.categories:
        rows = rows.filter(category__in=wanted.categories)
    if wanted.start is not None:
        rows = rows.filter(submitted_at__gte=wanted.start)
    if wanted.end is not None:
        rows = rows.filter(submitted_at__lt=wanted.end)
    if wanted.is_over is not None:
        rows = rows.filter(state__in=OVER) if wanted.is_over else rows.exclude(state__in=OVER)
    return rows.select_related("lead_unit").order_by("-submitted_at", "-pk")
