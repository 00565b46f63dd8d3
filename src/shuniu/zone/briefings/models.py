from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shuniu.zone.accounts.models import User
from shuniu.zone.briefings.choices import OUT, Edition, IssueState
from shuniu.zone.hangs.models import Hang


class Issue(models.Model):
    """One issue (期) of the briefing, from the draft to the paper that went out.

    Changed by :mod:`zone.briefings.services` only.

    Attributes
    ----------
    edition
        Daily, weekly or monthly.
    day
        The working day that it is dated with, or the last day of the week or month;
        ``first_day`` is the first day that it counts.
    content
        The briefing as plain values, see ``channels.sheet``; fixed once it is published.
    composed
        The figures as they were counted last, without what a clerk wrote: the words come back
        from here when their time is over.
    version
        Grows with each step, so that nobody decides on what they have not seen.
    year, number
        Given when it is published: the number begins again each year. A withdrawn issue keeps it.
    corrects
        The withdrawn issue that this one stands for.
    returned_why, withdrawn_why
        What the leader wrote, for the clerk and for the readers.
    purged_at
        When its words were deleted because their time was over.
    """

    edition = models.CharField(max_length=7, choices=Edition, default=Edition.DAILY)
    day = models.DateField()
    first_day = models.DateField()
    state = models.CharField(max_length=10, choices=IssueState, default=IssueState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    content = models.JSONField()
    composed = models.JSONField()
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    number_words = models.CharField(max_length=60, blank=True)
    corrects = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="correction"
    )
    drafted_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    edited_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    returned_why = models.CharField(max_length=500, blank=True)
    withdrawn_why = models.CharField(max_length=500, blank=True)
    purged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-day", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "day"],
                condition=~Q(state=IssueState.WITHDRAWN),
                name="issue_one_for_a_day",
            ),
            models.UniqueConstraint(
                fields=["edition", "year", "number"], name="issue_number_once_a_year"
            ),
            models.CheckConstraint(
                name="issue_out_has_number",
                condition=Q(state__in=sorted(OUT), number__isnull=False, year__isnull=False)
                | (~Q(state__in=sorted(OUT)) & Q(number__isnull=True, year__isnull=True)),
            ),
            models.CheckConstraint(
                name="issue_signed_has_signer",
                condition=~Q(state__in=[IssueState.SIGNED, *sorted(OUT)])
                | Q(signed_by__isnull=False, signed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="issue_days_in_order", condition=Q(first_day__lte=F("day"))
            ),
        ]
        indexes = [models.Index(fields=["state", "day"], name="issue_state_day")]

    def __str__(self) -> str:
        return f"Issue of {self.day}"

    @property
    def is_daily(self) -> bool:
        return self.edition == Edition.DAILY

    @property
    def is_out(self) -> bool:
        return self.state in OUT

    @property
    def is_draft(self) -> bool:
        return self.state == IssueState.DRAFT

    @property
    def waits_for_signature(self) -> bool:
        return self.state == IssueState.EDITED

    @property
    def is_signed(self) -> bool:
        return self.state == IssueState.SIGNED

    @property
    def is_published(self) -> bool:
        return self.state == IssueState.PUBLISHED

    @property
    def is_withdrawn(self) -> bool:
        return self.state == IssueState.WITHDRAWN


class Instruction(models.Model):
    """What a leader wrote on a published issue (批示): it is a supervised item from then on.

    Attributes
    ----------
    about_title
        What of the issue it is about, as the issue names it; empty for the whole issue.
    case_id
        The case that it is about, 0 if none: the desk knows whether it may be told.
    words
        What the leader wrote; deleted with the words of the issue.
    """

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="instructions")
    hang = models.OneToOneField(Hang, on_delete=models.PROTECT, related_name="instruction")
    about_title = models.CharField(max_length=120, blank=True)
    case_id = models.PositiveBigIntegerField(default=0)
    words = models.TextField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ("-given_at", "-pk")
        indexes = [models.Index(fields=["given_at"], name="instruction_given")]

    def __str__(self) -> str:
        return f"Instruction #{self.pk}"
