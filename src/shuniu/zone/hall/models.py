from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shuniu.zone.accounts.models import User
from shuniu.zone.hall.choices import KeyKind, TicketState
from shuniu.zone.registry.models import Enterprise, Office


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


class Ticket(models.Model):
    """A place in the queue of a counter on one day. It names nobody.

    Attributes
    ----------
    key
        By it the slip is opened without signing in: 122 random bits that only the slip tells.
    series, serial
        The counter that gave the number, and the how manieth of its day; ``counter`` is where the
        ticket waits now. Without gaps: the number is taken in the transaction of the ticket.
    calls
        How often it was called; ``window`` is where to, at last.
    first_called_at
        Until then the visitor has waited.
    """

    key = models.UUIDField(unique=True)
    day = models.DateField()
    series = models.CharField(max_length=40)
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=8)
    counter = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=TicketState, default=TicketState.WAITING)
    window = models.PositiveSmallIntegerField(null=True)
    calls = models.PositiveSmallIntegerField(default=0)
    enterprise = models.ForeignKey(
        Enterprise, null=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    first_called_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    served_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["taken_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "series", "serial"], name="ticket_number_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["day", "window"],
                condition=Q(state=TicketState.CALLED),
                name="ticket_one_at_a_window",
            ),
        ]
        indexes = [
            models.Index(fields=["day", "state", "counter", "taken_at"], name="ticket_waiting"),
            models.Index(fields=["enterprise", "day"], name="ticket_of_enterprise"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_waiting(self) -> bool:
        return self.state == TicketState.WAITING

    @property
    def is_called(self) -> bool:
        return self.state == TicketState.CALLED

    @property
    def is_skipped(self) -> bool:
        return self.state == TicketState.SKIPPED


class HallKey(models.Model):
    """What lets a device in the hall show or give tickets; nobody is signed in there.

    ``digest`` is the SHA-256 of the key, which is shown once.
    """

    kind = models.CharField(max_length=8, choices=KeyKind)
    name = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
