"""Tables of words in both databases, and the condition that finds rows in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, migrations, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState
from django.db.models.expressions import Col
from django.db.models.sql.compiler import SQLCompiler

from shuniu.zone.kernel.search.words import Query, phrase_of

STATISTICS = 1_000
NEWEST, NEXT = 1_000, 8_000
NEARLY = 6
SHADOWS = {  # what FTS5 keeps beside a table that remembers no lengths
    "data": ("id", "block"),
    "idx": ("segid", "term", "pgno"),
    "content": ("id", "c0"),
    "config": ("k", "v"),
}


class WordsTable(models.Model):
    """What a row can be found by: its key, and its tokens as :func:`tokens_of` gives them."""

    key = models.BigIntegerField(primary_key=True, db_column="rowid")
    words = models.TextField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"Words of row {self.key}"


def words_tables() -> list[type[WordsTable]]:
    """Return the tables of words of all apps."""
    return [model for model in apps.get_models() if issubclass(model, WordsTable)]


def stored_columns(table: str) -> dict[str, tuple[str, ...]]:
    """Return the tables and columns that a table of words is made of in the database in use."""
    if connection.vendor == "postgresql":
        return {table: ("rowid", "words", "tokens")}
    shadows = {f"{table}_{name}": columns for name, columns in SHADOWS.items()}
    return {table: ("words",), **shadows}


class CreateWordsTable(migrations.CreateModel):
    """Make a table of words: FTS5 on SQLite; on PostgreSQL a column of tokens with a GIN index.

    The index takes new rows at once (``fastupdate = off``): a list of rows that wait would be read
    by every search. Ten times as many tokens as usual are counted, so that PostgreSQL knows which
    are rare: for those it asks the index, for common ones it reads the newest rows.
    """

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002  # Django's signature
        to_state: ProjectState,
    ) -> None:
        model = to_state.apps.get_model(app_label, self.name)
        if not self.allow_migrate_model(schema_editor.connection.alias, model):
            return
        table = model._meta.db_table  # noqa: SLF001  # Django's documented door
        for statement in _statements(schema_editor.connection, table):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,  # noqa: ARG002  # Django's signature
    ) -> None:
        model = from_state.apps.get_model(app_label, self.name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            table = schema_editor.quote_name(model._meta.db_table)  # noqa: SLF001  # the same
            schema_editor.execute(f"DROP TABLE {table}", params=None)


def _statements(database: BaseDatabaseWrapper, table: str) -> Iterator[str]:
    name = database.ops.quote_name(table)
    if database.vendor == "sqlite":
        yield (
            f"CREATE VIRTUAL TABLE {name}"
            " USING fts5(words, tokenize='ascii', prefix='2', columnsize=0)"
        )
        return
    index = database.ops.quote_name(f"{table}_tokens")
    yield (
        f"CREATE TABLE {name} (rowid bigint PRIMARY KEY, words text NOT NULL, tokens tsvector"
        " GENERATED ALWAYS AS (array_to_tsvector(string_to_array(btrim(words), ' '))) STORED)"
    )
    yield f"ALTER TABLE {name} ALTER COLUMN tokens SET STATISTICS {STATISTICS}"
    yield f"CREATE INDEX {index} ON {name} USING gin (tokens) WITH (fastupdate = off)"


def newest_keys(
    rows: models.QuerySet[WordsTable],
    found: Found,
    limit: int,
    *,
    newest: int | None = None,
    is_one_pair: bool = False,
) -> list[int]:
    """Return the keys of the newest of some rows that are found, at most ``limit``.

    PostgreSQL knows how common one pair is and walks or sorts accordingly. Of several together it
    knows nothing: it is asked for the newest thousand rows first. If these nearly fill the page,
    the next thousands will, and are read one by one; if not, what is asked for is rare enough to
    be sorted. ``newest`` is what :func:`newest_key` says, if known already.
    """
    keys = rows.order_by("-pk").values_list("pk", flat=True)
    if connection.vendor != "postgresql" or is_one_pair:
        return list(keys.filter(found)[:limit])
    last = newest_key(rows.model) if newest is None else newest
    first = list(keys.filter(found, pk__gt=last - NEWEST)[:limit])
    if limit > len(first) >= limit / NEARLY:
        older = keys.filter(found.read(), pk__gt=last - NEXT, pk__lte=last - NEWEST)
        first += older[: limit - len(first)]
    return first if len(first) == limit else list(_by_index(keys.filter(found))[:limit])


def is_any(rows: models.QuerySet[WordsTable], found: Found, *, newest: int | None = None) -> bool:
    """Return whether any of some rows is found.

    What is common stands in one of the newest rows; only for what does not is everything looked at
    that the index gives.
    """
    keys = rows.values_list("pk", flat=True)
    if connection.vendor != "postgresql":
        return bool(keys.filter(found)[:1])
    last = newest_key(rows.model) if newest is None else newest
    young = keys.filter(found, pk__gt=last - NEWEST // 2).order_by("-pk")
    return bool(young[:1]) or bool(_by_index(keys.filter(found))[:1])


def newest_key(model: type[WordsTable]) -> int:
    """Return the key of the newest row where questions begin with it; 0 where they do not."""
    if connection.vendor != "postgresql":
        return 0
    rows = model._default_manager.order_by("-pk")  # noqa: SLF001  # of any model
    return rows.values_list("pk", flat=True).first() or 0


def _by_index(keys: models.QuerySet[WordsTable, int]) -> models.QuerySet[WordsTable, int]:
    """Return the keys in an order that only sorting gives.

    Of the order of the primary key PostgreSQL, which takes words that follow one another for
    independent, would hope to come across a row soon, and read every row where there is none.
    """
    return keys.order_by((models.F("pk") + 0).desc())


class Found(models.Func):
    """Whether a row of a table of words is found by a query in the parts with these marks.

    An empty query finds nothing. With ``is_read`` the index is not asked: rows are read one by one.
    """

    output_field = models.BooleanField()

    def __init__(
        self, query: Query, marks: str, words: str = "words", *, is_read: bool = False
    ) -> None:
        super().__init__(models.F(words))
        self.query, self.marks, self.is_read = query, marks, is_read

    def read(self) -> Found:
        """Return the same condition, for few rows that are read one by one."""
        return Found(self.query, self.marks, is_read=True)

    def as_sql(self, *_args: Any, **_options: Any) -> Any:
        raise NotImplementedError("Words are found on SQLite and PostgreSQL.")

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_options: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        """Return an FTS5 match, which names the table itself as its column."""
        column = self._column()
        if not self.query:
            return "(0 = 1)", ()
        table = connection.ops.quote_name(column.target.model._meta.db_table)  # noqa: SLF001  # the same
        place = compiler.quote_name_unless_alias(column.alias)
        return f"{place}.{table} MATCH %s", (_match(self.query, self.marks),)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_options: Any
    ) -> tuple[str, list[str]]:
        """Return a question to the index; what follows what is looked up in the text of a row."""
        column = self._column()
        if not self.query:
            return "(FALSE)", []
        place = compiler.quote_name_unless_alias(column.alias)
        words, tokens = f"{place}.{connection.ops.quote_name('words')}", f"{place}.tokens"
        found = f"{tokens} @@ %s::tsquery"
        sql, params = found, [_tsquery(self.query.ways, self.marks)]
        if any(len(run) > 2 for run in self.query.runs):
            ways = []
            for way in self.query.ways:
                ordered, places = _in_order(way, self.marks, words)
                if len(self.query.ways) == 1:
                    ways.append(ordered.removeprefix(" AND "))
                else:
                    ways.append(f"({found}{ordered})")
                    params.append(_tsquery((way,), self.marks))
                params += places
            sql += f" AND ({' OR '.join(ways)})"
        return (f"(({sql}) IS TRUE)" if self.is_read else f"({sql})"), params

    def _column(self) -> Col:
        column = self.get_source_expressions()[0]
        if not isinstance(column, Col):
            raise TypeError("Words are found in a table of words.")
        return column


def stands_in(words: str, query: Query, marks: str) -> bool:
    """Return whether the words of one row are found by a query, as :class:`Found` would say."""
    padded = f" {words} "
    return any(all(_is_run_in(padded, run, marks) for run in way) for way in query.ways)


def _is_run_in(padded: str, run: str, marks: str) -> bool:
    if len(run) == 1:
        return any(f" {mark}{run}" in padded for mark in marks)
    return any(f" {' '.join(phrase_of(run, mark))} " in padded for mark in marks)


def _match(query: Query, marks: str) -> str:
    return " OR ".join(f"({' AND '.join(_phrases(run, marks) for run in w)})" for w in query.ways)


def _phrases(run: str, marks: str) -> str:
    if len(run) == 1:
        return f"({' OR '.join(f'{_quoted(mark + run)} *' for mark in marks)})"
    return f"({' OR '.join(_quoted(' '.join(phrase_of(run, mark))) for mark in marks)})"


def _quoted(text: str) -> str:
    return f'"{text}"'


def _tsquery(ways: tuple[tuple[str, ...], ...], marks: str) -> str:
    return " | ".join(f"({' & '.join(_tokens(run, marks) for run in way)})" for way in ways)


def _tokens(run: str, marks: str) -> str:
    if len(run) == 1:
        return f"({' | '.join(_lexeme(mark + run) + ':*' for mark in marks)})"
    every = (map(_lexeme, dict.fromkeys(phrase_of(run, mark))) for mark in marks)
    return f"({' | '.join('(' + ' & '.join(lexemes) + ')' for lexemes in every)})"


def _lexeme(token: str) -> str:
    return f"'{token}'"


def _in_order(way: tuple[str, ...], marks: str, words: str) -> tuple[str, list[str]]:
    """Return the condition that the pairs of each run of three and more follow one another."""
    sql = ""
    params: list[str] = []
    for run in way:
        if len(run) > 2:
            places = [f" {' '.join(phrase_of(run, mark))} " for mark in marks]
            sql += f" AND ({' OR '.join([f'strpos({words}, %s) > 0'] * len(places))})"
            params += places
    return sql, params
