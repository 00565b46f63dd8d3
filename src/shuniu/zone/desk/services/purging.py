"""Deleting words and files of cases that are long over; counts, states and times stay."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils import translation

from shuniu.zone.desk import queries
from shuniu.zone.desk.choices import PURGED_TEXT
from shuniu.zone.desk.models import Attachment, Case, Note
from shuniu.zone.desk.services.words import index_cases
from shuniu.zone.kernel import files
from shuniu.zone.kernel.data_map import Removed
from shuniu.zone.registry.queries import zone_language

# What a suggestion quotes from the text.
QUOTES = frozenset({"pieces", "words"})


def purge_needs(*, before: datetime, limit: int, now: datetime) -> Removed:
    """Replace the words of cases that were over before ``before``, and give up their files.

    Rows, moments and states stay, so that every figure of every day is what it was.
    """
    keys = list(queries.cases_due(before).order_by("pk").values_list("pk", flat=True)[:limit])
    cases = list(Case.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys))
    if not cases:
        return Removed()
    with translation.override(zone_language()):
        mark = str(PURGED_TEXT)
    for case in cases:
        case.text, case.location_note, case.purged_at = mark, "", now
        case.suggestion = {k: v for k, v in case.suggestion.items() if k not in QUOTES}
    Case.objects.bulk_update(cases, ["text", "location_note", "suggestion", "purged_at"])
    notes = Note.objects.filter(case__in=cases).update(text=mark)
    attachments = Attachment.objects.filter(case__in=cases).exclude(path="")
    paths = tuple(attachments.values_list("path", flat=True))
    emptied = attachments.update(name=mark, path="", sha256="")
    index_cases(case_ids=keys)
    counts = {"desk_case": len(cases), "desk_note": notes, "desk_attachment": emptied}
    return Removed(tuple((name, n) for name, n in counts.items() if n), paths)


def purge_loose_files(
    *,
    before: datetime,
    limit: int,
    now: datetime,  # noqa: ARG001  # the shape of a batch
    others: Collection[str] = frozenset(),
) -> Removed:
    """Delete stored files that no case names: uploads broken off, and what could not be deleted.

    ``others`` are the paths that floors above name.
    """
    loose = [path for path, _written_at in queries.loose_files(before, others)]
    return Removed(files=files.remove(loose[:limit]))
