"""What a case is found by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q

from shuniu.zone.desk.choices import UNSEARCHED_NOTES, CasePart
from shuniu.zone.desk.models import Attachment, Case, CaseWords, Note
from shuniu.zone.kernel.search import Found, Query, runs_of, tokens_of
from shuniu.zone.registry.queries import Standing

PUBLIC = CasePart.BODY + CasePart.HEADING  # first where most is found


def marks_for(who: Standing) -> str:
    """Return the parts of a case that somebody may search: enterprises not the inner notes."""
    return PUBLIC + CasePart.INNER if who.is_staff else PUBLIC


def with_words(who: Standing, text: str) -> Q:
    """Return the condition for cases in which somebody may find all words of a text."""
    found = CaseWords.objects.filter(Found(Query.read(text), marks_for(who)))
    return Q(pk__in=found.values("pk"))


def words_of_cases(keys: Collection[int]) -> dict[int, str]:
    """Return what cases are found by, as their table of words holds it.

    A case whose words were purged is found by number and enterprise alone.
    """
    cases = list(Case.objects.filter(pk__in=keys).select_related("enterprise"))
    kept = [case.pk for case in cases if case.purged_at is None]
    body: dict[int, list[str]] = defaultdict(list)
    inner: dict[int, list[str]] = defaultdict(list)
    notes = Note.objects.filter(case__in=kept).exclude(kind__in=UNSEARCHED_NOTES).order_by("-pk")
    for case_id, text, is_public in notes.values_list("case_id", "text", "is_public"):
        (body if is_public else inner)[case_id] += runs_of(text)
    files = Attachment.objects.filter(case__in=kept).exclude(path="").order_by("pk")
    for case_id, name in files.values_list("case_id", "name"):
        body[case_id] += runs_of(name)
    return {case.pk: _words(case, body[case.pk], inner[case.pk]) for case in cases}


def _words(case: Case, body: list[str], inner: list[str]) -> str:
    firm = case.enterprise
    numbers = f"{case.number} {case.outside_number} {case.escalated_number}"
    heading = runs_of(f"{numbers} {firm.name} {firm.short_name}")
    if case.purged_at is not None:
        return tokens_of({CasePart.HEADING: heading})
    text = runs_of(f"{case.text} {case.location_note}")
    return tokens_of(
        {CasePart.HEADING: heading, CasePart.BODY: [*text, *body], CasePart.INNER: inner}
    )


def cases_without_words() -> list[int]:
    """Return the keys of the cases that nothing is found by."""
    found = CaseWords.objects.values_list("pk", flat=True)
    return sorted(set(case_keys()).difference(found))


def case_keys(*, enterprise_ids: Collection[int] | None = None) -> list[int]:
    """Return the keys of all cases, or of those of some enterprises."""
    cases = Case.objects.all()
    if enterprise_ids is not None:
        cases = cases.filter(enterprise__in=enterprise_ids)
    return list(cases.order_by("pk").values_list("pk", flat=True))
