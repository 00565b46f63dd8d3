"""The chain of facts as it is in the database: its head, and the check of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from shuniu.zone.kernel import heads
from shuniu.zone.kernel.models import Fact
from shuniu.zone.kernel.verification import Entry, Report, verify

CHUNK = 2_000
ROWS = """
    SELECT position, kind, subject, CAST(happened_at AS text), actor_id, origin,
           CAST(data AS text), seal
    FROM kernel_fact ORDER BY position, id
"""


def head() -> tuple[int, str] | None:
    """Return position and seal of the last fact; None in an empty ledger."""
    return Fact.objects.order_by("-position").values_list("position", "seal").first()


def export_head(*, now: datetime) -> bool:
    """Write the head down outside the database if it has moved; return whether it was written."""
    last = head()
    return last is not None and heads.export_head(position=last[0], seal=last[1], at=now)


def check(*, heads_file: Path | None = None) -> Report:
    """Check the whole ledger against its own chain and against the exported heads.

    The heads are read first: what is recorded meanwhile then lies beyond the last one, where a
    sound ledger may well have more.
    """
    last = head()
    written = list(heads.read_heads(heads_file or heads.heads_file()))
    return verify(entries(), written, key=settings.CHAIN_KEY, at_least=last[0] if last else 0)


def entries() -> Iterator[Entry]:
    """Yield all facts in the order of their positions, as they are stored at one moment."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(ROWS)
        while rows := cursor.fetchmany(CHUNK):
            yield from map(Entry._make, rows)
