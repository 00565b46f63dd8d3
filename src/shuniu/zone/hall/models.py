from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shuniu.zone.registry.models import Office


class ServiceItem(models.Model):
    """An item of the service catalogue (办事指南): what is done where, with what, and how fast.

    Changed by :mod:`zone.hall.services` only.

    Attributes
    ----------
    code
        By it lists know the item; it stays.
    materials
        What has to be brought, one thing a line.
    limit_days, promise_days
        Working days: the most that the law allows, and what the unit promises. 0 is at once; None
        where nothing is set.
    owner
        The section or window in charge: a place, not a person.
    phone
        An office telephone.
    version
        One more with every change: what somebody edits is what he or she has seen.
    """

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=120)
    unit = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    materials = models.TextField(blank=True)
    legal_basis = models.TextField(blank=True)
    limit_days = models.PositiveSmallIntegerField(null=True, blank=True)
    promise_days = models.PositiveSmallIntegerField(null=True, blank=True)
    fee = models.CharField(max_length=120, blank=True)
    channel = models.CharField(max_length=120, blank=True)
    owner = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="item_promise_within_limit",
                condition=Q(limit_days__isnull=True)
                | Q(promise_days__isnull=True)
                | Q(promise_days__lte=F("limit_days")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def things_to_bring(self) -> list[str]:
        return self.materials.splitlines()
