from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from shuniu.zone.kernel.models import Delivery, DeliveryState, Tick

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Background:
    """What runs in the background.

    Attributes
    ----------
    waiting
        Reactions that are not delivered yet, and since when the oldest is due.
    dead
        Reactions that were given up, the newest first.
    ticks
        When each entry of the schedule was last started.
    """

    waiting: int
    oldest_due_at: datetime | None
    done: int
    dead: tuple[Delivery, ...]
    ticks: tuple[Tick, ...]


def background(now: datetime) -> Background:
    """Return what runs in the background as it stands ``now``."""
    due = Q(state=DeliveryState.WAITING, next_try_at__lte=now)
    counts = Delivery.objects.aggregate(
        waiting=Count("pk", filter=Q(state=DeliveryState.WAITING)),
        done=Count("pk", filter=Q(state=DeliveryState.DONE)),
        oldest=Min("next_try_at", filter=due),
    )
    dead = Delivery.objects.filter(state=DeliveryState.DEAD).select_related("fact")
    return Background(
        waiting=counts["waiting"],
        oldest_due_at=counts["oldest"],
        done=counts["done"],
        dead=tuple(dead.order_by("-pk")[:MOST_SHOWN]),
        ticks=tuple(Tick.objects.order_by("name")),
    )
