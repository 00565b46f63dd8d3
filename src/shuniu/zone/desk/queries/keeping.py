"""What the desk holds in words and files: how much, since when, and of whom."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuniu.zone.desk.choices import OVER, CaseState, NoteKind
from shuniu.zone.desk.models import Attachment, Case, Note, SavedView
from shuniu.zone.hangs import queries as hangs
from shuniu.zone.kernel import files
from shuniu.zone.kernel import queries as kernel
from shuniu.zone.kernel.data_map import CopyTable, Held, copy_table, held_of


def cases_with_words() -> QuerySet[Case]:
    """Return the cases whose words are still there; ``over_at`` is when one was over."""
    kept = Case.objects.filter(purged_at__isnull=True)
    return kept.annotate(over_at=Coalesce("closed_at", "withdrawn_at", "rejected_at", "split_at"))


def cases_due(before: datetime) -> QuerySet[Case]:
    """Return the cases with words that were over before ``before``."""
    kept = Case.objects.filter(purged_at__isnull=True)
    over_at = Coalesce("closed_at", "withdrawn_at", "rejected_at", "split_at")
    return kept.annotate(over_at=over_at).filter(over_at__lt=before)


def needs_held() -> Held:
    """Return the cases with words; the time runs from when one is over."""
    return held_of(cases_with_words(), "over_at", Q(state__in=OVER))


def loose_files(
    before: datetime, others: Collection[str] = frozenset()
) -> list[tuple[str, datetime]]:
    """Return stored files that no case and no import names, with when each was written.

    ``others`` are the paths that floors above name.
    """
    stored = list(files.stored_before(before))
    named = set(Attachment.objects.exclude(path="").values_list("path", flat=True))
    named |= kernel.import_files() | hangs.stored_paths() | set(others)
    return [(path, written_at) for path, written_at in stored if path not in named]


def loose_files_held(before: datetime, others: Collection[str] = frozenset()) -> Held:
    """Return how many files no case names, and the oldest of them."""
    found = loose_files(before, others)
    return Held(len(found), min((written_at for _path, written_at in found), default=None))


def data_of(user: AbstractBaseUser) -> tuple[CopyTable, ...]:
    """Return what a person wrote and sent with cases."""
    return (_cases(user), _notes(user), _attachments(user), _views(user))


def _cases(user: AbstractBaseUser) -> CopyTable:
    heads = {
        "number": _("Number"),
        "enterprise": _("Enterprise"),
        "submitted_at": _("Sent in"),
        "state": _("State"),
        "text": _("What was written"),
        "location_note": pgettext_lazy("case", "Place"),
        "suggestion": _("Read by the system as"),
    }
    found = Case.objects.filter(opened_by_id=user.pk).select_related("enterprise").order_by("pk")
    rows = (
        (
            row.number,
            row.enterprise.name,
            row.submitted_at,
            str(CaseState(row.state).label),
            row.text,
            row.location_note,
            str(row.suggestion.get("category", "")),
        )
        for row in found
    )
    return copy_table("desk_case", _("Cases that you sent in"), heads, rows)


def _views(user: AbstractBaseUser) -> CopyTable:
    heads = {
        "name": pgettext_lazy("view", "Name"),
        "query": _("Filters"),
        "is_default": _("Default"),
        "made_at": _("Saved"),
        "removed_at": _("Removed"),
    }
    found = SavedView.objects.filter(owner_id=user.pk).order_by("pk")
    rows = ((row.name, row.query, row.is_default, row.made_at, row.removed_at) for row in found)
    return copy_table("desk_savedview", _("Your saved views"), heads, rows)


def _notes(user: AbstractBaseUser) -> CopyTable:
    heads = {
        "case": _("Case"),
        "written_at": _("Written"),
        "kind": _("Step"),
        "text": _("What was written"),
    }
    found = Note.objects.filter(author_id=user.pk).select_related("case").order_by("pk")
    rows = (
        (row.case.number, row.written_at, str(NoteKind(row.kind).label), row.text) for row in found
    )
    return copy_table("desk_note", _("Words that you wrote in cases"), heads, rows)


def _attachments(user: AbstractBaseUser) -> CopyTable:
    heads = {
        "case": _("Case"),
        "added_at": _("Added"),
        "name": _("File"),
        "size_bytes": _("Bytes"),
        "sha256": _("Checksum (SHA-256)"),
        "path": _("Stored as"),
    }
    names = ["case__number", "added_at", "name", "size_bytes", "sha256", "path"]
    found = Attachment.objects.filter(added_by_id=user.pk).order_by("pk")
    return copy_table("desk_attachment", _("Files that you sent"), heads, found.values_list(*names))
