"""What the reading of needs has learned, what it can learn from, and how often it was right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, QuerySet
from django.db.models.fields.json import KT

from shuniu.zone.desk.choices import Sensitivity
from shuniu.zone.desk.models import Case, Lesson

# More cases than this say nothing new, and older ones less than newer ones.
MOST_CASES = 5_000
AGREED_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often the clerks took the category that was suggested, since ``since``."""

    since: datetime
    cases: int
    taken: int

    @property
    def overruled(self) -> int:
        return self.cases - self.taken


def lessons() -> QuerySet[Lesson]:
    """Return what was learned, the newest first, without what was counted."""
    return Lesson.objects.defer("body").order_by("-pk")


def lesson_in_force(version: int) -> Lesson | None:
    """Return the lesson that the reading uses; None if it uses what the profile says alone.

    One that was not written as ``version`` of the engine writes cannot be read.
    """
    return lessons().filter(is_in_force=True, written_as=version).first()


def body_of(lesson_id: int) -> str:
    """Return what was counted in a lesson, as the engine wrote it."""
    return str(Lesson.objects.values_list("body", flat=True).get(pk=lesson_id))


def confirmed_cases() -> QuerySet[Case]:
    """Return the cases that teach: sorted and given to a unit by a person, the newest first.

    Restricted and protected ones teach nothing, nor do words that were deleted.
    """
    return (
        Case.objects.filter(
            sensitivity=Sensitivity.NORMAL,
            accepted_at__isnull=False,
            lead_unit__isnull=False,
            purged_at__isnull=True,
        )
        .exclude(category="")
        .select_related("lead_unit")
        .order_by("-accepted_at", "-pk")[:MOST_CASES]
    )


def confirmed_since(moment: datetime | None) -> int:
    """Return how many cases were sorted after ``moment``."""
    cases = Case.objects.filter(sensitivity=Sensitivity.NORMAL, lead_unit__isnull=False)
    if moment is None:
        return cases.filter(accepted_at__isnull=False).count()
    return cases.filter(accepted_at__gt=moment).count()


def agreement(now: datetime) -> Agreement:
    """Return how often clerks took the first suggestion in the last days."""
    since = now - AGREED_WITHIN
    read = Case.objects.filter(
        accepted_at__gte=since, suggestion__has_key="category", sensitivity=Sensitivity.NORMAL
    )
    same = read.annotate(suggested=KT("suggestion__category")).filter(suggested=F("category"))
    return Agreement(since, read.count(), same.count())
