"""A case as a hang names it, and the hangs that wrap a case."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from shuniu.zone.desk.models import Case
from shuniu.zone.desk.queries.rows import LONGEST_KEY, cases_visible_to
from shuniu.zone.hangs import queries as hangs
from shuniu.zone.hangs.choices import SourceKind
from shuniu.zone.hangs.models import Hang
from shuniu.zone.registry.queries import Standing, profile_of


def hang_source(who: Standing, key: str) -> hangs.Source | None:
    """Return a case that this person may see and that can be hung up; not a restricted one.

    It is named by its number and category: a hang holds no words of the enterprise.
    """
    if not (key.isascii() and key.isdecimal() and len(key) <= LONGEST_KEY):
        return None
    case = cases_visible_to(who).filter(pk=int(key)).first()
    if case is None or case.is_restricted:
        return None
    categories = profile_of(case.profile_id).categories
    named = [case.number, *(one.zh for one in categories if one.code == case.category)]
    unit = case.lead_unit.code if case.lead_unit else ""
    url = reverse("desk:case-page", args=[case.pk])
    return hangs.Source(SourceKind.CASE, str(case.pk), " ".join(named), url, unit)


def hangs_of(who: Standing, case: Case) -> QuerySet[Hang]:
    """Return the hangs that wrap a case and that this person may see, the newest first."""
    return hangs.hangs_of_source(who, SourceKind.CASE, str(case.pk))
