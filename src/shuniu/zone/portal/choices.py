"""The words of the portal: forms of files, and how it stands with one."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class FileForm(TextChoices):
    XLSX = "xlsx", pgettext_lazy("file", "XLSX")
    CSV = "csv", pgettext_lazy("file", "CSV")


class ExportState(TextChoices):
    WAITING = "WAITING", pgettext_lazy("file", "waiting")
    MAKING = "MAKING", pgettext_lazy("file", "being made")
    READY = "READY", pgettext_lazy("file", "ready")
    REFUSED = "REFUSED", pgettext_lazy("file", "not made: the list is no longer yours to see")
