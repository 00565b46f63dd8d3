"""Deleting what is over, with a certificate of what was deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import QuerySet

from shuniu.zone.kernel import (
    files,
)
from shuniu.zone.kernel.data_map import PurgeBatch, Removed
from shuniu.zone.kernel.facts import (
    DataPurged,
)
from shuniu.zone.kernel.models import (
    Delivery,
    DeliveryState,
    FactWords,
    KeptAnswer,
    PurgeCertificate,
)
from shuniu.zone.kernel.services.searching import forget_deleted_words
from shuniu.zone.kernel.services.writing import record_fact

PURGED_AT_ONCE = 200

_WITH_CLEARING = 180_000
_FORGET_VALUES = """
    SELECT pg_clear_attribute_stats(schemaname::text, tablename::text, attname::text, inherited)
    FROM pg_stats WHERE schemaname = current_schema AND tablename = %s
"""


def delete_some(rows: QuerySet[Any], limit: int) -> Removed:
    """Delete at most ``limit`` of the rows, with what hangs on them, and say how many of what."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:limit])
    if not keys:
        return Removed()
    _count, by_model = rows.model._base_manager.filter(pk__in=keys).delete()  # noqa: SLF001  # Django's documented door
    return Removed(tuple((name.lower().replace(".", "_"), n) for name, n in by_model.items()))


def purge_answers(*, before: datetime, limit: int, now: datetime) -> Removed:  # noqa: ARG001  # the shape of a batch
    """Delete kept answers that nobody will ask for again."""
    return delete_some(KeptAnswer.objects.filter(made_at__lt=before), limit)


def purge_deliveries(*, before: datetime, limit: int, now: datetime) -> Removed:  # noqa: ARG001  # the shape of a batch
    """Delete background work that is done."""
    done = Delivery.objects.filter(state=DeliveryState.DONE, fact__happened_at__lt=before)
    return delete_some(done, limit)


def purge_fact_words(*, before: datetime, limit: int, now: datetime) -> Removed:  # noqa: ARG001  # the shape of a batch
    """Delete what people wrote to say why."""
    return delete_some(FactWords.objects.filter(written_at__lt=before), limit)


def purge_browser_sessions(*, before: datetime, limit: int, now: datetime) -> Removed:  # noqa: ARG001  # the shape of a batch
    """Delete sessions whose cookie is worth nothing any more."""
    return delete_some(Session.objects.filter(expire_date__lt=before), limit)


def run_purge(
    *,
    data_class: str,
    batch: PurgeBatch,
    before: datetime,
    actor: AbstractBaseUser | None,
    now: datetime,
) -> PurgeCertificate | None:
    """Let a purge run to its end, batch by batch, and return its certificate.

    Each batch is one transaction with its counts. A run that was cut off goes on with the
    certificate that it began. Nothing is recorded, and None returned, when nothing was due.
    """
    while _purge_some(data_class, batch, before, actor, now):
        pass
    return _end_purge(data_class, actor, now)


@transaction.atomic
def _purge_some(
    data_class: str,
    batch: PurgeBatch,
    before: datetime,
    actor: AbstractBaseUser | None,
    now: datetime,
) -> bool:
    removed = batch(before=before, limit=PURGED_AT_ONCE, now=now)
    if not removed:
        return False
    certificate, _is_new = PurgeCertificate.objects.select_for_update(no_key=True).get_or_create(
        data_class=data_class,
        ended_at=None,
        defaults={"before": before, "began_at": now, "actor_id": actor.pk if actor else None},
    )
    for table, count in removed.rows:
        certificate.rows[table] = certificate.rows.get(table, 0) + count
    certificate.files += len(removed.files)
    certificate.before = max(certificate.before, before)
    certificate.save()
    transaction.on_commit(lambda: files.remove(removed.files), robust=True)
    return True


@transaction.atomic
def _end_purge(
    data_class: str, actor: AbstractBaseUser | None, now: datetime
) -> PurgeCertificate | None:
    begun = PurgeCertificate.objects.select_for_update(no_key=True).filter(ended_at=None)
    certificate = begun.filter(data_class=data_class).first()
    if certificate is None:
        return None
    purged = DataPurged(
        certificate_id=certificate.pk,
        data_class=data_class,
        before=certificate.before,
        rows=certificate.row_count,
        files=certificate.files,
    )
    certificate.fact = record_fact(purged, actor=actor, at=now)
    certificate.ended_at = now
    certificate.save(update_fields=["fact", "ended_at"])
    return certificate


def wipe_free_space() -> bool:
    """Let nothing that was deleted be read in the files of the database; false if it must wait.

    SQLite overwrites what is deleted (``secure_delete``), but tables of words keep it until they
    are merged, and pages that were moved and the log of earlier transactions may still hold it: so
    the file is written anew and the log cut off.
    PostgreSQL writes the tables anew, and then its own table of the commonest values of columns,
    where an earlier analysis may have kept a name.
    """
    if connection.vendor == "sqlite":
        forget_deleted_words()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy, _pages, _moved = cursor.fetchone()
        return not is_busy
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SELECT current_setting('server_version_num')::int >= %s", [_WITH_CLEARING])
        (can_clear,) = cursor.fetchone()
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"VACUUM FULL {name}")
            if can_clear:  # an analysis of no rows clears none
                cursor.execute(_FORGET_VALUES, [table])
            cursor.execute(f"ANALYZE {name}")
        cursor.execute("VACUUM FULL pg_statistic")
    return True
