from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class Fact(models.Model):
    """One thing that happened. Rows are added, never changed."""

    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=60)
    happened_at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    data = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="fact_subject"),
            models.Index(fields=["kind", "happened_at"], name="fact_kind_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class DeliveryState(models.TextChoices):
    WAITING = "WAITING", _("waiting")
    DONE = "DONE", _("done")
    DEAD = "DEAD", _("given up")


class Delivery(models.Model):
    """A fact on its way to one reaction: written with the fact, delivered at least once."""

    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="deliveries")
    reaction = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fact", "reaction"], name="delivery_once_per_fact")
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state="WAITING"),
                name="delivery_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reaction} of fact {self.fact_id}"


class Tick(models.Model):
    """The last time that an entry of the schedule was started."""

    name = models.CharField(max_length=80, primary_key=True)
    started_for = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Counter(models.Model):
    """A series of numbers without gaps, such as the cases of one day."""

    name = models.CharField(max_length=60, primary_key=True)
    value = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


class KeptAnswer(models.Model):
    """The answer that a form was given, kept so that sending it twice changes nothing."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="kept_answer_key")]

    def __str__(self) -> str:
        return self.key
