"""Deleting the words of issues whose time is over; figures, numbers and states stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils import translation

from shuniu.zone.briefings import queries
from shuniu.zone.briefings.channels import Briefing, Item, restored, stored
from shuniu.zone.briefings.models import Instruction, Issue
from shuniu.zone.desk.choices import PURGED_TEXT
from shuniu.zone.kernel.data_map import Removed
from shuniu.zone.registry.queries import zone_language


def purge_issues(*, before: datetime, limit: int, now: datetime) -> Removed:
    """Take the words of needs and of people out of issues drafted before ``before``.

    The lead goes back to the sentence that was counted; titles, remarks and reasons go.
    """
    keys = list(queries.issues_due(before).order_by("pk").values_list("pk", flat=True)[:limit])
    issues = list(Issue.objects.select_for_update(no_key=True).filter(pk__in=keys))
    for issue in issues:
        counted = _without_words(restored(issue.composed))
        issue.composed = stored(counted)
        issue.content = stored(_without_words(restored(issue.content), counted.summary))
        issue.returned_why = issue.withdrawn_why = ""
        issue.purged_at = now
    fields = ["composed", "content", "returned_why", "withdrawn_why", "purged_at"]
    Issue.objects.bulk_update(issues, fields)
    with translation.override(zone_language()):
        mark = str(PURGED_TEXT)
    written = Instruction.objects.filter(issue_id__in=keys).update(words=mark, about_title=mark)
    counts = {"briefings_issue": len(issues), "briefings_instruction": written}
    return Removed(tuple((name, count) for name, count in counts.items() if count))


def _without_words(briefing: Briefing, summary: str | None = None) -> Briefing:
    with translation.override(briefing.language):
        mark = str(PURGED_TEXT)

    def emptied(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(replace(item, text=mark) for item in items)

    return replace(
        briefing,
        title="",
        notes={},
        summary=briefing.summary if summary is None else summary,
        late=emptied(briefing.late),
        notable=emptied(briefing.notable),
        more_notable=emptied(briefing.more_notable),
        instructions=tuple(replace(item, words=mark) for item in briefing.instructions),
        practices=emptied(briefing.practices),
        hangs=briefing.hangs
        and replace(
            briefing.hangs,
            told=tuple(replace(item, promise=mark) for item in briefing.hangs.told),
        ),
    )
