"""Which cases have to do with each other, and which may be the same."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet

from shuniu.zone.desk.choices import CAN_LEAD, CaseState, LinkKind, Sensitivity
from shuniu.zone.desk.models import Case, CaseLink
from shuniu.zone.desk.queries.rows import cases_visible_to
from shuniu.zone.registry.queries import Standing

# A need that is sent again comes within these days; at most so many are compared word by word.
COMPARED_DAYS = timedelta(days=14)
MOST_COMPARED = 300


def cases_to_compare(who: Standing, case: Case) -> QuerySet[Case]:
    """Return the visible open cases near in time that nobody has compared with ``case`` yet."""
    known = CaseLink.objects.filter(Q(first=case) | Q(second=case))
    pairs = list(known.values_list("first_id", "second_id"))
    said = {case.pk, *(key for pair in pairs for key in pair)}
    return (
        cases_visible_to(who)
        .filter(
            state__in=sorted(CAN_LEAD),
            submitted_at__gte=case.submitted_at - COMPARED_DAYS,
            submitted_at__lte=case.submitted_at + COMPARED_DAYS,
        )
        .exclude(pk__in=said)
        .exclude(sensitivity=Sensitivity.RESTRICTED)
        .order_by("-submitted_at", "-pk")[:MOST_COMPARED]
    )


def followers_of(case: Case) -> QuerySet[Case]:
    """Return the cases that are handled or were answered with this one, the oldest first."""
    return Case.objects.filter(parent=case).select_related("enterprise").order_by("pk")


def waiting_followers(case: Case) -> int:
    """Return how many cases get the plan and the answer of this one."""
    return Case.objects.filter(parent=case, state=CaseState.MERGED).count()


def parts_of_case(case: Case) -> QuerySet[Case]:
    """Return the cases into which this one was divided."""
    return Case.objects.filter(split_from=case).select_related("enterprise").order_by("pk")


def related_cases(who: Standing, case: Case) -> QuerySet[Case]:
    """Return the cases that a person related to this one, as far as they may be seen."""
    links = CaseLink.objects.filter(kind=LinkKind.RELATED)
    there = links.filter(first=case).values("second_id")
    back = links.filter(second=case).values("first_id")
    found = cases_visible_to(who).filter(Q(pk__in=there) | Q(pk__in=back))
    return found.order_by("pk")


def links_between(case: Case, other: Case) -> set[str]:
    """Return what was said of two cases."""
    first, second = sorted((case.pk, other.pk))
    links = CaseLink.objects.filter(first_id=first, second_id=second)
    return set(links.values_list("kind", flat=True))
