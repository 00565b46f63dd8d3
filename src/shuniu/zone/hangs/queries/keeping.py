"""What the hangs hold in words and files: how much, since when, and of whom."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuniu.zone.hangs.choices import EvidenceKind, HangState
from shuniu.zone.hangs.models import Evidence, EvidenceFile, Hang
from shuniu.zone.kernel.data_map import CopyTable, Held, copy_table, held_of


def hangs_due(before: datetime) -> QuerySet[Hang]:
    """Return the hangs with words that were struck off before ``before``."""
    return Hang.objects.filter(purged_at__isnull=True, struck_at__lt=before)


def hangs_held() -> Held:
    """Return the hangs with words; the time runs from when one is struck off."""
    kept = Hang.objects.filter(purged_at__isnull=True)
    return held_of(kept, "struck_at", Q(state=HangState.STRUCK))


def stored_paths() -> set[str]:
    """Return the stored files that a hang names."""
    return set(EvidenceFile.objects.exclude(path="").values_list("path", flat=True))


def data_of(user: AbstractBaseUser) -> tuple[CopyTable, ...]:
    """Return what a person wrote on hangs."""
    return (_hangs(user), _evidence(user), _files(user))


def _hangs(user: AbstractBaseUser) -> CopyTable:
    heads = {
        "number": _("Number"),
        "source_title": pgettext_lazy("hang", "Source"),
        "promise": pgettext_lazy("hang", "Promised"),
        "promised_on": _("Promised day"),
        "opened_at": pgettext_lazy("hang", "Opened"),
    }
    found = Hang.objects.filter(opened_by_id=user.pk).order_by("pk")
    return copy_table(
        "hangs_hang", _("Supervised items that you opened"), heads, found.values_list(*heads)
    )


def _evidence(user: AbstractBaseUser) -> CopyTable:
    heads = {
        "hang": _("Supervised item"),
        "written_at": _("Written"),
        "kind": _("Step"),
        "text": _("What was written"),
    }
    found = Evidence.objects.filter(author_id=user.pk).select_related("hang").order_by("pk")
    rows = (
        (row.hang.number, row.written_at, str(EvidenceKind(row.kind).label), row.text)
        for row in found
    )
    return copy_table("hangs_evidence", _("Words that you wrote on supervised items"), heads, rows)


def _files(user: AbstractBaseUser) -> CopyTable:
    heads = {
        "hang": _("Supervised item"),
        "name": _("File"),
        "size_bytes": _("Bytes"),
        "sha256": _("Checksum (SHA-256)"),
        "path": _("Stored as"),
    }
    names = ["evidence__hang__number", "name", "size_bytes", "sha256", "path"]
    found = EvidenceFile.objects.filter(evidence__author_id=user.pk).order_by("pk")
    return copy_table(
        "hangs_evidencefile",
        _("Files that you added to supervised items"),
        heads,
        found.values_list(*names),
    )
