"""Lists that people have saved, and how many of them are over."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from shuniu.zone.desk.models import SavedView
from shuniu.zone.kernel.data_map import Held, held_of


def views_of(user_id: int) -> QuerySet[SavedView]:
    """Return the views of a person in the order in which they were saved."""
    return SavedView.objects.filter(owner_id=user_id, removed_at__isnull=True).order_by("pk")


def removed_view(user_id: int, view_id: int, *, since: datetime) -> SavedView | None:
    """Return a view of a person that was removed after ``since``."""
    removed = SavedView.objects.filter(owner_id=user_id, removed_at__gte=since)
    return removed.filter(pk=view_id).first()


def views_due(before: datetime) -> QuerySet[SavedView]:
    """Return the views that were removed, or whose owner left, before ``before``."""
    has_left = Q(owner__is_active=False, owner__closed_at__lt=before)
    return SavedView.objects.filter(Q(removed_at__lt=before) | has_left)


def views_held() -> Held:
    """Return how many views there are, and since when the oldest of those that end is over."""
    rows = SavedView.objects.annotate(over_at=Coalesce("removed_at", "owner__closed_at"))
    return held_of(rows, "over_at")
