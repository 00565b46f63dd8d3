"""What units were asked in writing, and whether they answered."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuniu.zone.desk.choices import Sensitivity
from shuniu.zone.desk.models import Case, Urging
from shuniu.zone.desk.queries.rows import cases_visible_to
from shuniu.zone.kernel.clock import day_span
from shuniu.zone.kernel.queries import DayNumbers
from shuniu.zone.registry.queries import Standing

_WAITING = Q(answered_at__isnull=True, ended_at__isnull=True)


def waiting_urging(case: Case) -> Urging | None:
    """Return the urging of a case that waits for the answer of the unit."""
    return Urging.objects.filter(_WAITING, case=case).first()


def urgings_of(case: Case) -> QuerySet[Urging]:
    """Return the urgings of a case, the newest first."""
    return Urging.objects.filter(case=case).order_by("-pk")


def urgings_visible_to(who: Standing) -> QuerySet[Urging]:
    """Return the urgings of the cases that a member of staff sees; nobody else reads any."""
    urgings = Urging.objects.select_related(
        "case__enterprise", "unit", "urged_by", "answered_by", "words", "answer"
    )
    if not who.is_staff:
        return urgings.none()
    return urgings.filter(case__in=cases_visible_to(who).order_by().values("pk"))


def listed_urgings(who: Standing, which: str, today: date) -> QuerySet[Urging]:
    """Return the urgings of one list.

    ``waiting`` and ``late`` (the day of the answer is past), what is to be answered first on top;
    ``all``, the newest first.
    """
    urgings = urgings_visible_to(who)
    if which == "waiting":
        return urgings.filter(_WAITING).order_by("until", "pk")
    if which == "late":
        return urgings.filter(_WAITING, until__lt=today).order_by("until", "pk")
    return urgings.order_by("-pk")


def urgings_of_days(first: date, last: date) -> DayNumbers:
    """Return what was urged and answered on some days, and what waited at their end."""
    start, end = day_span(first)[0], day_span(last)[1]
    waited = (Q(answered_at__isnull=True) | Q(answered_at__gte=end)) & (
        Q(ended_at__isnull=True) | Q(ended_at__gte=end)
    )
    told = Urging.objects.exclude(case__sensitivity=Sensitivity.RESTRICTED)
    counts = told.filter(urged_at__lt=end).aggregate(
        urged=Count("pk", filter=Q(urged_at__gte=start)),
        answered=Count("pk", filter=Q(answered_at__gte=start, answered_at__lt=end)),
        waiting=Count("pk", filter=waited),
        late=Count("pk", filter=waited & Q(until__lt=last)),
    )
    return DayNumbers(
        pgettext_lazy("briefing", "Urging"),
        (
            (_("Units urged in writing"), counts["urged"]),
            (_("Urgings answered"), counts["answered"]),
            (_("Urgings without an answer"), counts["waiting"]),
            (_("of these past their day"), counts["late"]),
        ),
    )
