"""Writing what rows are found by."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection, transaction

from shuniu.zone.kernel.models import WordPair
from shuniu.zone.kernel.search import WordsTable, pairs_in, words_tables

BATCH = 400
PAIRS_AT_ONCE = 1_000


@transaction.atomic
def write_index(table: type[WordsTable], rows: Mapping[int, str]) -> None:
    """Put the tokens of rows into their table of words, in the place of what stood there.

    A row without tokens is taken out. Pairs that were never seen before are added to those that
    are known. The caller has locked the rows, so that nobody writes an older text after this.
    """
    table._default_manager.filter(pk__in=list(rows)).delete()  # noqa: SLF001  # of any model
    written = [table(key=key, words=words) for key, words in rows.items() if words]
    table._default_manager.bulk_create(written, batch_size=BATCH)  # noqa: SLF001  # the same
    _learn({pair for row in written for pair in pairs_in(row.words)})


@transaction.atomic
def forget_others(table: type[WordsTable], keys: set[int]) -> int:
    """Take out of a table of words what is not among ``keys``, and return how many that were."""
    rows = table._default_manager  # noqa: SLF001  # of any model
    lost = sorted(set(rows.values_list("pk", flat=True)) - keys)
    for first in range(0, len(lost), BATCH):
        rows.filter(pk__in=lost[first : first + BATCH]).delete()
    return len(lost)


def rebuild_pairs() -> int:
    """Let the known pairs be those of what can be found now, and return how many they are.

    The words are read outside of any transaction, so that nobody waits meanwhile; a pair that was
    learned after the reading began stays.
    """
    stored = {pk: a + b for pk, a, b in WordPair.objects.values_list("pk", "first", "second")}
    found: set[str] = set()
    for table in words_tables():
        texts = table._default_manager.values_list("words", flat=True)  # noqa: SLF001  # of any model
        for text in texts.iterator(chunk_size=BATCH):
            found |= pairs_in(text)
    gone = [pk for pk, pair in stored.items() if pair not in found]
    for first in range(0, len(gone), PAIRS_AT_ONCE):
        WordPair.objects.filter(pk__in=gone[first : first + PAIRS_AT_ONCE]).delete()
    _learn(found - set(stored.values()))
    return len(found)


def _learn(pairs: set[str]) -> None:
    """Add pairs in one order, so that two who add some of the same never wait for each other."""
    rows = [WordPair(first=pair[0], second=pair[1]) for pair in sorted(pairs)]
    WordPair.objects.bulk_create(rows, batch_size=PAIRS_AT_ONCE, ignore_conflicts=True)


def count_words() -> None:
    """Let PostgreSQL count now how common each token is, which it needs to plan a search well."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in words_tables():
                name = connection.ops.quote_name(table._meta.db_table)  # noqa: SLF001  # Django's documented door
                cursor.execute(f"ANALYZE {name}")


def forget_deleted_words() -> None:
    """Let SQLite's tables of words hold nothing that was deleted: FTS5 keeps it until it merges."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for table in words_tables():
            name = connection.ops.quote_name(table._meta.db_table)  # noqa: SLF001  # Django's documented door
            cursor.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")  # noqa: S608  # a name of ours
