from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.fields import PersonalTextField
from shuniu.zone.notices.choices import Channel, OutgoingState, RobotForm, Trouble
from shuniu.zone.registry.models import Office


class Notice(models.Model):
    """Something that one person was told in the product. Its words are made when it is read.

    Attributes
    ----------
    kind
        Code of a ``NoticeKind``.
    key
        Of the row that it is about.
    values
        What fills the places of its sentence: codes, numbers, names of offices; nothing that
        anybody wrote, and no person.
    occasion
        What it follows from: the same thing is told to the same person once.
    """

    recipient = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=40, blank=True)
    values = models.JSONField(default=dict)
    occasion = models.CharField(max_length=100)
    told_at = models.DateTimeField(db_index=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "occasion"], name="notice_told_once")
        ]
        indexes = [
            models.Index(fields=["recipient", "-told_at"], name="notice_recipient_time"),
            models.Index(
                fields=["recipient"], condition=Q(read_at__isnull=True), name="notice_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.recipient_id}"

    @property
    def is_unread(self) -> bool:
        return self.read_at is None


class Mailbox(models.Model):
    """Where and when a person wants to be told by e-mail.

    Attributes
    ----------
    nonce
        What the code that proves the address is made from; the code itself is kept nowhere.
    guesses
        Wrong codes since the last one was sent.
    sent_on, sent_count
        How many codes were sent on which day of the zone.
    unwanted
        Codes of kinds that this person does not want by e-mail.
    language
        In which the person is written to.
    """

    user = models.OneToOneField(
        User, primary_key=True, on_delete=models.CASCADE, related_name="mailbox"
    )
    address = PersonalTextField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    nonce = models.UUIDField(default=uuid.uuid4, editable=False)
    code_sent_at = models.DateTimeField(null=True, blank=True)
    guesses = models.PositiveSmallIntegerField(default=0)
    sent_on = models.DateField(null=True, blank=True)
    sent_count = models.PositiveSmallIntegerField(default=0)
    unwanted = models.JSONField(default=list)
    is_quiet_at_night = models.BooleanField(default=True)
    language = models.CharField(max_length=10)

    def __str__(self) -> str:
        return f"Mailbox of {self.pk}"


class Outlet(models.Model):
    """A way out of the building: the mail server, or the robot of one WeCom group.

    Attributes
    ----------
    office
        Whose group it is; empty for that of the whole zone.
    secret
        The key in the robot's address: whoever has it can write to the group.
    recent
        When messages of the last minute were sent, as ISO moments.
    busy_until
        Until when a worker has taken it: a robot serves one at a time.
    failures
        How often in a row it failed; the pause grows with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.CharField(max_length=5, choices=Channel)
    name = models.CharField(max_length=60)
    office = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    secret = PersonalTextField()
    form = models.CharField(max_length=8, choices=RobotForm, default=RobotForm.MARKDOWN)
    is_on = models.BooleanField(default=True)
    recent = models.JSONField(default=list)
    busy_until = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=14, choices=Trouble, blank=True)
    troubled_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel"], condition=Q(channel="EMAIL"), name="outlet_one_mail_server"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_robot(self) -> bool:
        return self.channel == Channel.ROBOT


class Outgoing(models.Model):
    """A message on its way out: written with the change it tells of, sent at least once.

    Attributes
    ----------
    recipient
        Whom an e-mail is for; empty for the message to a group.
    is_bare
        Number and link only.
    may_disturb
        It goes out at night, too.
    batch
        The message that it was sent with, when several were put together.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="messages")
    recipient = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=40, blank=True)
    values = models.JSONField(default=dict)
    occasion = models.CharField(max_length=100)
    is_bare = models.BooleanField(default=False)
    may_disturb = models.BooleanField(default=False)
    made_at = models.DateTimeField(db_index=True)
    waiting_since = models.DateTimeField()
    state = models.CharField(max_length=8, choices=OutgoingState, default=OutgoingState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    trouble = models.CharField(max_length=14, choices=Trouble, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    batch = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["outlet", "recipient", "occasion"],
                condition=Q(recipient__isnull=False),
                name="outgoing_once_to_person",
            ),
            models.UniqueConstraint(
                fields=["outlet", "occasion"],
                condition=Q(recipient__isnull=True),
                name="outgoing_once_to_group",
            ),
        ]
        indexes = [
            models.Index(
                fields=["outlet", "next_try_at"],
                condition=Q(state="WAITING"),
                name="outgoing_waiting",
            ),
            models.Index(fields=["state", "-made_at"], name="outgoing_state_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.outlet_id}"
