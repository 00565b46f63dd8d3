from __future__ import annotations

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel.fields import PersonalTextField


class Fact(models.Model):
    """One thing that happened. Rows are added by ``record_facts`` alone, and never changed.

    Attributes
    ----------
    origin
        Where the request came from: an address, "worker", "command line", or empty if unknown.
    position
        Place in the chain of facts: 1, 2, 3 and so on without gaps.
    seal
        Ties the row to the one before it, see ``chain``.
    """

    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=60)
    happened_at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    data = models.JSONField(encoder=DjangoJSONEncoder)
    origin = models.CharField(max_length=45, blank=True)
    position = models.BigIntegerField(unique=True)
    seal = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="fact_subject"),
            models.Index(fields=["kind", "happened_at"], name="fact_kind_time"),
            models.Index(fields=["happened_at", "position"], name="fact_time"),
            models.Index(fields=["actor", "happened_at"], name="fact_actor_time"),
            models.Index(fields=["origin", "happened_at"], name="fact_origin_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class FactWords(models.Model):
    """What a person wrote to say why, beside a fact: it ends one day, while facts do not."""

    fact = models.OneToOneField(
        Fact, primary_key=True, on_delete=models.PROTECT, related_name="words"
    )
    text = PersonalTextField()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Words of fact {self.pk}"


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


class ChainCheck(models.Model):
    """One check of the chain of facts, asked for by a person or by the schedule.

    Attributes
    ----------
    finished_at
        Empty while the worker has not finished it.
    facts, heads
        How many facts and exported heads were looked at.
    problems
        What is not as it was written: position, kind and count of each, the first ones only.
    """

    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    facts = models.PositiveBigIntegerField(default=0)
    heads = models.PositiveBigIntegerField(default=0)
    problems = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"Check #{self.pk}"

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None

    @property
    def is_whole(self) -> bool:
        return self.is_finished and not self.problems


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
    """The answer that a form was given, kept so that sending it twice changes nothing.

    What was shown once, such as a phone number or a code, is in the body: so it is sealed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = PersonalTextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="kept_answer_key")]

    def __str__(self) -> str:
        return self.key


class PurgeCertificate(models.Model):
    """What one run of the purge took away of one class of data; nothing of what it was.

    Attributes
    ----------
    before
        The cut-off: data whose time began earlier were due.
    rows
        How many rows were deleted or emptied, by table.
    actor
        Who decided it; nobody when the time was over.
    fact
        The fact that the run recorded when it was through; it seals the counts.
    """

    data_class = models.CharField(max_length=30)
    before = models.DateTimeField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    rows = models.JSONField(default=dict)
    files = models.PositiveIntegerField(default=0)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    fact = models.OneToOneField(Fact, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["data_class"],
                condition=models.Q(ended_at__isnull=True),
                name="purge_runs_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.data_class} #{self.pk}"

    @property
    def row_count(self) -> int:
        return sum(self.rows.values())
