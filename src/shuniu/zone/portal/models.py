from __future__ import annotations

from django.db import models

from shuniu.zone.accounts.models import User


class DataIncident(models.Model):
    """A breach of personal data in the register (PIPL, article 57).

    Changed by :mod:`zone.portal.services` only. Kinds and numbers are asked for, never names.

    Attributes
    ----------
    people
        How many people are concerned, as far as known; None while nobody knows.
    persons_not_told
        Why the persons need not be told (article 57: harm was effectively avoided); empty if told.
    settled_at
        When nothing was left to do.
    """

    title = models.CharField(max_length=80)
    happened = models.TextField()
    noticed_at = models.DateTimeField()
    data_kinds = models.TextField()
    people = models.PositiveIntegerField(null=True, blank=True)
    consequences = models.TextField()
    measures = models.TextField(blank=True)
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    authority_told_at = models.DateTimeField(null=True, blank=True)
    persons_told_at = models.DateTimeField(null=True, blank=True)
    persons_not_told = models.CharField(max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Incident #{self.pk}"

    @property
    def is_settled(self) -> bool:
        return self.settled_at is not None
