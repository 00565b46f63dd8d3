from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shuniu.zone.accounts.models import User
from shuniu.zone.hangs.choices import EvidenceKind, HangState, SourceKind
from shuniu.zone.registry.models import Office


class Hang(models.Model):
    """A supervised item (挂单): something promised, by whom, until when, and what became of it.

    Changed by :mod:`zone.hangs.services` only.

    Attributes
    ----------
    source_kind, source_key
        What it wraps: ``case`` and the key of a row that this app does not know. A free one, such
        as a decision of a meeting, has no key.
    source_title, source_url
        How the app that opened it names the row, and the address inside the product that shows it.
    first_promised_on
        The day promised at first; ``moves`` says how often the day was moved since.
    round
        1 at first, one more each time that striking it off did not go through.
    state_since
        Since when the present holder has had the ball.
    asked_by, called_back_by, struck_by
        Who took the three steps of striking off: three people, two of them not of the unit.
    struck_in_time
        Whether it was struck off by the day that was promised at last.
    late_told_for, review_told_for
        The promised day, and the day of review, that people were reminded of last.
    purged_at
        When its words and files were deleted because their time was over.
    """

    number = models.CharField(max_length=20, unique=True)
    source_kind = models.CharField(max_length=12, choices=SourceKind)
    source_key = models.CharField(max_length=40, blank=True)
    source_title = models.CharField(max_length=120)
    source_url = models.CharField(max_length=200, blank=True)
    promise = models.TextField()
    unit = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="hangs")
    responsible = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    first_promised_on = models.DateField()
    promised_on = models.DateField()
    moves = models.PositiveSmallIntegerField(default=0)
    review_on = models.DateField()
    state = models.CharField(max_length=14, choices=HangState, default=HangState.OPEN)
    state_since = models.DateTimeField()
    round = models.PositiveSmallIntegerField(default=1)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True)
    called_back_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    called_back_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_in_time = models.BooleanField(null=True)
    updated_at = models.DateTimeField()
    late_told_for = models.DateField(null=True)
    review_told_for = models.DateField(null=True)
    purged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_key"],
                condition=~Q(source_key="") & ~Q(state=HangState.STRUCK),
                name="hang_one_at_a_time_for_a_row",
            ),
            models.CheckConstraint(
                name="hang_struck_by_three_people",
                condition=~Q(state=HangState.STRUCK)
                | (
                    Q(
                        struck_at__isnull=False,
                        asked_by__isnull=False,
                        called_back_by__isnull=False,
                        struck_by__isnull=False,
                    )
                    & ~Q(asked_by=F("called_back_by"))
                    & ~Q(asked_by=F("struck_by"))
                    & ~Q(called_back_by=F("struck_by"))
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "promised_on"], name="hang_state_promised"),
            models.Index(fields=["unit", "state"], name="hang_unit_state"),
            models.Index(fields=["source_kind", "source_key"], name="hang_source"),
            models.Index(fields=["opened_at"], name="hang_opened"),
            models.Index(fields=["struck_at"], name="hang_struck"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_over(self) -> bool:
        return self.state == HangState.STRUCK


class Evidence(models.Model):
    """Words on a hang, perhaps with files. Facts point here, so that words can be purged."""

    hang = models.ForeignKey(Hang, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=10, choices=EvidenceKind)
    text = models.TextField()
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} on hang {self.hang_id}"


class EvidenceFile(models.Model):
    """A file that proves something; its bytes lie outside the web root."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=100)

    def __str__(self) -> str:
        return f"Evidence file #{self.pk}"

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")
