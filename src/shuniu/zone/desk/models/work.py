"""What people do with cases: urge, call back, draw by lot, keep views, teach the reading."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from shuniu.zone.accounts.models import User
from shuniu.zone.desk.choices import (
    Pressed,
    Solved,
)
from shuniu.zone.desk.models.case import Case, Note
from shuniu.zone.registry.models import CalendarEdit, Office


class Urging(models.Model):
    """What a supervisor asked a unit in writing (督办单), and what it answered.

    Numbered within the year. The words are notes of the case and go when its words go.

    Attributes
    ----------
    ended_at
        When it ended without an answer, because the case was over or had left the unit.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="urgings")
    unit = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    until = models.DateField()
    words = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="+")
    urged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    urged_at = models.DateTimeField()
    answer = models.ForeignKey(Note, null=True, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="urging_one_number_a_year"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(answered_at__isnull=True, ended_at__isnull=True),
                name="urging_one_waits_a_case",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """Return the number as documents have it, such as 〔2026〕12号."""
        return f"〔{self.year}〕{self.serial}号"


class CallBack(models.Model):
    """What an enterprise said when it was asked whether a closed case is solved (回访).

    Once in each ``round`` of a case. The words are a note of it; ``rating`` is the grade given
    then, if any.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="call_backs")
    unit = models.ForeignKey(Office, null=True, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    solved = models.CharField(max_length=10, choices=Solved)
    rating = models.PositiveSmallIntegerField(
        null=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    words = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="+")
    called_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="call_back_once_a_round"),
            models.CheckConstraint(
                name="call_back_rating_1_to_5",
                condition=Q(rating__isnull=True) | Q(rating__gte=1, rating__lte=5),
            ),
        ]
        indexes = [models.Index(fields=["called_at"], name="call_back_time")]

    def __str__(self) -> str:
        return f"CallBack #{self.pk}"


class WithdrawalDraw(models.Model):
    """The draw from the ``among`` cases withdrawn in a month: from the seed, all draw the same."""

    month = models.DateField(unique=True)
    seed = models.CharField(max_length=64)
    among = models.PositiveIntegerField()
    drawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Draw of {self.month:%Y-%m}"


class WithdrawalCheck(models.Model):
    """A withdrawn case that was drawn; ``pressed`` is empty until the enterprise was asked."""

    draw = models.ForeignKey(WithdrawalDraw, on_delete=models.PROTECT, related_name="checks")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="withdrawal_check")
    pressed = models.CharField(max_length=10, choices=Pressed, blank=True)
    words = models.ForeignKey(Note, null=True, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"WithdrawalCheck #{self.pk}"


class SavedView(models.Model):
    """A list that a person comes back to, by a name of its own. Nobody else sees it.

    ``query`` is that of the list's address (``CaseFilter.query``), ``removed_at`` when the person
    took the view away: for some days it can be brought back.
    """

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=20)
    query = models.CharField(max_length=400)
    is_default = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                condition=Q(removed_at__isnull=True),
                name="savedview_one_name_a_person",
            ),
            models.UniqueConstraint(
                fields=["owner"],
                condition=Q(is_default=True, removed_at__isnull=True),
                name="savedview_one_default_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"SavedView #{self.pk}"


class ClockReset(models.Model):
    """How far the deadlines of the open cases have followed an edit of the working calendar.

    Cases are taken in the order of their keys; ``last_case_id`` is the last one that followed.
    """

    edit = models.OneToOneField(CalendarEdit, on_delete=models.PROTECT, related_name="+")
    cases = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    last_case_id = models.BigIntegerField(default=0)
    began_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"ClockReset #{self.pk}"


class Lesson(models.Model):
    """What the reading of needs learned from confirmed cases at one time, and whether it holds.

    Attributes
    ----------
    body
        What was counted, as ``engines.extraction.learning`` writes it: pieces of text that at
        least three enterprises have used, no sentence. Empty if it was not better and not kept.
    written_as
        The version of that form.
    cases, compared
        Cases learned from, and cases held back to compare.
    right_before, right_after, units_before, units_after
        How many of those the reading in force and the new one got right.
    """

    body = models.TextField(blank=True)
    written_as = models.PositiveSmallIntegerField()
    cases = models.PositiveIntegerField()
    compared = models.PositiveIntegerField()
    right_before = models.PositiveIntegerField()
    right_after = models.PositiveIntegerField()
    units_before = models.PositiveIntegerField()
    units_after = models.PositiveIntegerField()
    learned_at = models.DateTimeField()
    is_in_force = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_in_force"],
                condition=Q(is_in_force=True),
                name="lesson_one_in_force",
            ),
            models.CheckConstraint(
                name="lesson_in_force_has_body", condition=Q(is_in_force=False) | ~Q(body="")
            ),
        ]

    def __str__(self) -> str:
        return f"Lesson #{self.pk}"
