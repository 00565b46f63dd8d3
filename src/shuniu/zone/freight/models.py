from __future__ import annotations

from django.db import models
from django.db.models import Q

from shuniu.zone.accounts.models import User
from shuniu.zone.freight.choices import WordState


class GroupWord(models.Model):
    """A word of the freight groups, corrected by somebody: ``word`` is read as ``means``.

    Changed by :mod:`zone.freight.services` only. Holds no phone number: the command refuses one.

    Attributes
    ----------
    state
        Only accepted words are used for reading.
    decided_at
        When it was accepted or refused last.
    """

    word = models.CharField(max_length=30, unique=True)
    means = models.CharField(max_length=30)
    state = models.CharField(max_length=8, choices=WordState, default=WordState.PROPOSED)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="group_word_decided_has_moment",
                condition=Q(state=WordState.PROPOSED) | Q(decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Word #{self.pk}"
