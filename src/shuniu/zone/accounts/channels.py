"""The audit trail as CSV."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shuniu.zone.accounts.queries.trail import TrailEntry
from shuniu.zone.kernel.channels import csv_lines
from shuniu.zone.kernel.clock import local


def trail_head() -> str:
    """Return the line above the rows."""
    return csv_lines(
        [
            (
                _("Position"),
                _("Time"),
                _("Part"),
                _("What"),
                _("Kind"),
                _("Who"),
                _("Sign-in name"),
                _("From where"),
                _("About"),
                _("Result"),
                _("Details"),
                _("Seal"),
            )
        ]
    )


def trail_lines(entries: Iterable[TrailEntry]) -> str:
    """Return the rows of some entries; each time with its distance from UTC."""
    return csv_lines(
        (
            entry.position,
            local(entry.at).isoformat(timespec="milliseconds"),
            entry.group,
            entry.label,
            entry.kind,
            entry.who,
            entry.sign_in_name,
            entry.origin,
            entry.subject,
            pgettext("result", "refused") if entry.is_refusal else pgettext("result", "done"),
            json.dumps(entry.data, ensure_ascii=False, sort_keys=True),
            entry.seal,
        )
        for entry in entries
    )
