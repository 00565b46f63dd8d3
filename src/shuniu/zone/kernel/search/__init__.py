"""Finding rows by words: the one place that speaks two dialects of SQL.

A table of words has one row for each row that can be found, with the same key and the same text of
tokens in both databases (see ``words``). SQLite finds in it by FTS5, PostgreSQL by a GIN index.
"""

from __future__ import annotations

from shuniu.zone.kernel.search.slips import Known, slips_of
from shuniu.zone.kernel.search.tables import (
    CreateWordsTable,
    Found,
    WordsTable,
    is_any,
    newest_key,
    newest_keys,
    stands_in,
    stored_columns,
    words_tables,
)
from shuniu.zone.kernel.search.words import (
    BEGIN,
    MOST_CHARACTERS,
    Piece,
    Query,
    begun,
    cuts_of,
    excerpt,
    folded,
    marked,
    pairs_in,
    runs_of,
    tokens_of,
)

__all__ = [
    "BEGIN",
    "MOST_CHARACTERS",
    "CreateWordsTable",
    "Found",
    "Known",
    "Piece",
    "Query",
    "WordsTable",
    "begun",
    "cuts_of",
    "excerpt",
    "folded",
    "is_any",
    "marked",
    "newest_key",
    "newest_keys",
    "pairs_in",
    "runs_of",
    "slips_of",
    "stands_in",
    "stored_columns",
    "tokens_of",
    "words_tables",
]
