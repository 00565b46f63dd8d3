"""A case, and what belongs to it."""

from __future__ import annotations

from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from shuniu.zone.accounts.models import User
from shuniu.zone.desk.choices import (
    OVER,
    PAUSED,
    WITH_ENTERPRISE,
    CaseState,
    Channel,
    Decision,
    Grade,
    Light,
    LinkKind,
    NoteKind,
    RequestKind,
    Sensitivity,
    Solved,
    Urgency,
)
from shuniu.zone.kernel.search import WordsTable
from shuniu.zone.registry.models import Enterprise, Office, ProfileVersion


class Case(models.Model):
    """One need of one enterprise, from the first sentence to the confirmed answer.

    Changed by :mod:`zone.desk.services` only. The moments, deadlines and the light are derived from
    the facts of the case: they are columns so that a sweep is cheap, and can be rebuilt.

    Attributes
    ----------
    profile
        The zone profile under which it was opened: its service level and lights hold to the end.
    round
        1 at first, one more for every answer that did not satisfy.
    turn_since
        Since when the present holder has had the ball.
    waits
        Spans ``[from, to]`` in which the case waited for the enterprise, as ISO moments; they do
        not count against the unit.
    paused_at
        Since when the clocks stand still; None while they run. When they go on, the span becomes
        one of ``waits``.
    extended_at, extended_to
        When more time was granted, and until when.
    asked_for
        What the unit asked a supervisor for, while that is not decided.
    review_on
        When a suspended case is looked at again.
    escalated_to, escalated_number
        The body of the district that got the case, and the number that it has there. They stay when
        it is taken back.
    outside_number
        The number of the channel that it came by, such as that of the 12345 hotline.
    urged_until
        By the end of which day the unit is to answer the urging that waits for it.
    call_back_since
        Since when it is closed and somebody is to ask the enterprise whether it is solved; None
        when nobody is, or somebody did.
    called_back_at
        When the enterprise was asked that; None again when the case was opened again.
    sampled_at
        When a withdrawn case was drawn to be asked about; None again when somebody asked.
    purged_at
        When words and files were deleted because their time was over.
    parent
        The case that it is handled with, or was answered with.
    split_at, split_from
        When it was divided into several, and the case of which this one is a part.
    """

    number = models.CharField(max_length=20, unique=True)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="cases")
    opened_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="opened_cases"
    )
    profile = models.ForeignKey(ProfileVersion, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20, choices=Channel)
    text = models.TextField()
    outside_number = models.CharField(max_length=40, blank=True)
    location_note = models.CharField(max_length=120, blank=True)
    category = models.CharField(max_length=30, blank=True)
    subcategory = models.CharField(max_length=60, blank=True)
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.NORMAL)
    sensitivity = models.CharField(max_length=24, choices=Sensitivity, default=Sensitivity.NORMAL)
    state = models.CharField(max_length=12, choices=CaseState, default=CaseState.SUBMITTED)
    lead_unit = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="cases")
    handler = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="handled_cases"
    )
    round = models.PositiveSmallIntegerField(default=1)
    returns = models.PositiveSmallIntegerField(default=0)
    turn_since = models.DateTimeField()
    suggestion = models.JSONField(default=dict)

    submitted_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    planned_at = models.DateTimeField(null=True)
    planned_on = models.DateField(null=True)
    replied_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    rejected_at = models.DateTimeField(null=True)
    split_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()
    waits = models.JSONField(default=list)
    paused_at = models.DateTimeField(null=True)
    extended_at = models.DateTimeField(null=True)
    extended_to = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)
    asked_for = models.CharField(max_length=12, choices=RequestKind, blank=True)
    escalated_to = models.CharField(max_length=60, blank=True)
    escalated_number = models.CharField(max_length=40, blank=True)
    urged_until = models.DateField(null=True)
    call_back_since = models.DateTimeField(null=True)
    called_back_at = models.DateTimeField(null=True)
    sampled_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    split_from = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="parts"
    )

    contact_due_at = models.DateTimeField()
    plan_due_at = models.DateTimeField()
    done_due_at = models.DateTimeField()
    is_due_assumed = models.BooleanField(default=False)
    light = models.CharField(max_length=8, choices=Light, default=Light.GREEN)
    light_reason = models.CharField(max_length=30, blank=True)
    next_light_at = models.DateTimeField(null=True)

    solved = models.CharField(max_length=10, choices=Solved, blank=True)
    rating = models.PositiveSmallIntegerField(
        null=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    is_confirmed_by_silence = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="case_over_has_no_light",
                condition=Q(light=Light.NONE) | ~Q(state__in=sorted(OVER)),
            ),
            models.CheckConstraint(
                name="case_closed_has_time_and_answer",
                condition=~Q(state=CaseState.CLOSED)
                | (Q(closed_at__isnull=False) & ~Q(solved="") & ~Q(solved=Solved.NO)),
            ),
            models.CheckConstraint(
                name="case_with_person_has_handler",
                condition=~Q(state__in=[CaseState.SIGNED, CaseState.IN_PROGRESS])
                | Q(handler__isnull=False),
            ),
            models.CheckConstraint(
                name="case_paused_only_where_allowed",
                condition=Q(paused_at__isnull=True, state__in=sorted(set(CaseState) - PAUSED))
                | Q(paused_at__isnull=False, state__in=sorted(PAUSED)),
            ),
            models.CheckConstraint(
                name="case_merged_has_parent",
                condition=~Q(state=CaseState.MERGED)
                | (Q(parent__isnull=False) & ~Q(parent=models.F("pk"))),
            ),
            models.CheckConstraint(
                name="case_rating_1_to_5",
                condition=Q(rating__isnull=True) | Q(rating__gte=1, rating__lte=5),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "done_due_at"], name="case_state_due"),
            models.Index(fields=["enterprise", "-submitted_at"], name="case_enterprise_time"),
            models.Index(fields=["lead_unit", "state"], name="case_unit_state"),
            models.Index(fields=["submitted_at"], name="case_submitted"),
            models.Index(fields=["closed_at"], name="case_closed"),
            models.Index(
                fields=["next_light_at"],
                condition=Q(next_light_at__isnull=False),
                name="case_next_light",
            ),
            models.Index(
                fields=["call_back_since"],
                condition=Q(call_back_since__isnull=False),
                name="case_call_back",
            ),
            models.Index(
                fields=["sampled_at"],
                condition=Q(sampled_at__isnull=False),
                name="case_sampled",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def ended_at(self) -> datetime | None:
        """Return when it was over; None while it is open."""
        return self.closed_at or self.withdrawn_at or self.rejected_at or self.split_at

    @property
    def is_waiting_for_enterprise(self) -> bool:
        return self.state in WITH_ENTERPRISE

    @property
    def is_merged(self) -> bool:
        """Return whether another case leads it."""
        return self.state == CaseState.MERGED

    @property
    def is_asked(self) -> bool:
        """Return whether the unit asked the enterprise something that it needs to go on."""
        return self.state == CaseState.WAITING

    @property
    def grade_words(self) -> str:
        """Return how satisfied the enterprise said it was; nothing if it did not say."""
        return str(Grade(self.rating).label) if self.rating else ""

    @property
    def is_restricted(self) -> bool:
        return self.sensitivity == Sensitivity.RESTRICTED


class Note(models.Model):
    """Words that belong to a step of a case. Facts point here, so that words can be purged.

    ``refused_at`` is for answers: when the enterprise said that this one does not solve it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=12, choices=NoteKind)
    text = models.TextField()
    author = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    is_public = models.BooleanField(default=True)
    refused_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "written_at"], name="note_kind_time"),
            # Whether a case was answered by a moment: SQLite would take the index above for it.
            models.Index(fields=["case", "kind", "written_at"], name="note_case_kind_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of case {self.case_id}"


class CaseLink(models.Model):
    """What a person said of two cases: that they are related, or not the same. It goes both ways.

    ``first`` is the older one.
    """

    first = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links_on")
    second = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links_back")
    kind = models.CharField(max_length=10, choices=LinkKind)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second", "kind"], name="caselink_once_a_pair"
            ),
            models.CheckConstraint(
                name="caselink_older_first", condition=Q(first__lt=models.F("second"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.first_id} and {self.second_id}"


class CaseRequest(models.Model):
    """What a unit asks a supervisor for: more time, or to suspend a case. One waits at a time.

    Attributes
    ----------
    until
        The new last day, or the day on which the suspended case is looked at again.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=12, choices=RequestKind)
    until = models.DateField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=8, choices=Decision, default=Decision.PENDING)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(decision=Decision.PENDING),
                name="case_request_one_pending",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of case {self.case_id}"


class Attachment(models.Model):
    """A file that came with a case; its bytes lie outside the web root."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=100)
    added_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Attachment #{self.pk}"

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")


class CaseWords(WordsTable):
    """What a case is found by. Its parts are those of ``desk.choices.CasePart``.

    Derived from the case, its notes and its files; rebuilt by ``shuniu search rebuild``.
    """
