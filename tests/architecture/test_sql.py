"""No value of anybody becomes part of the text of an SQL statement."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.architecture.sources import PACKAGE, Source

# What takes SQL as text: methods of querysets, cursors and schema editors, and expressions.
METHODS = {"raw", "extra", "execute", "executemany", "executescript", "callproc"}
EXPRESSIONS = {"RawSQL", "RunSQL"}
# Who may write SQL, by module and function, and why Django's queries do not do there.
PLACES = {
    "shuniu.config.startup:weak_settings": "settings of the database have no model",
    "shuniu.zone.kernel.keyring:database_moment": "the clock of the database has no model",
    "shuniu.zone.kernel.keyring:writers_are_over": "transactions of others have no model",
    "shuniu.zone.kernel.ledger:entries": "the chain is read as it is stored, past the models",
    "shuniu.zone.kernel.search.tables:database_backwards": "a table that Django cannot make",
    "shuniu.zone.kernel.search.tables:database_forwards": "a table that Django cannot make",
    "shuniu.zone.kernel.services.columns:_write": "Django asks once for each row and column",
    "shuniu.zone.kernel.services.purging:wipe_free_space": "VACUUM has no model",
    "shuniu.zone.kernel.services.searching:count_words": "ANALYZE has no model",
    "shuniu.zone.kernel.services.searching:forget_deleted_words": "an order to FTS5",
    "shuniu.zone.kernel.services.writing:_take_chain": "an advisory lock has no model",
    "shuniu.zone.kernel.views.site:health": "the cheapest question that there is",
    "shuniu.zone.portal.queries:_rows_in": "counts tables that have no model, too",
    "shuniu.zone.registry.migrations.0003_copy_contacts:copy_back": "writes past a sealed field",
}
# Where something else than a quoted name is put into the text, as it stands there.
BUILT = {
    ("shuniu.config.startup:weak_settings", "name"): "a key of a constant of the module",
    ("shuniu.zone.kernel.services.columns:_write", "statement"): (
        "made of names and types of columns and of places for values"
    ),
    ("shuniu.zone.kernel.search.tables:database_forwards", "statement"): (
        "made of the name of the table alone, quoted"
    ),
    (
        "shuniu.zone.registry.migrations.0003_copy_contacts:copy_back",
        "column",
    ): "one of the two names in the constant PERSONAL",
}
PLANTED = """
from django.db import connection
from django.db.models.expressions import RawSQL
QUESTION = "SELECT 1"

def by_format(words):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM desk_case WHERE text LIKE '{words}'")

def by_percent(words):
    Case.objects.raw("SELECT * FROM desk_case WHERE text = '%s'" % words)

def by_plus(words):
    return Case.objects.extra(where=["text = '" + words + "'"])

def by_method(words):
    return Case.objects.annotate(found=RawSQL("text = '{}'".format(words), []))

def by_way_of_a_name(words):
    text = "SELECT " + words
    connection.cursor().execute(text)

def quoted_once(words):
    table = connection.ops.quote_name("desk_case")
    if words:
        table = words
    connection.cursor().execute(f"SELECT 1 FROM {table}")

def constant(words):
    connection.cursor().execute(QUESTION + " WHERE 1 = %s", [words])
    connection.cursor().execute(f"SELECT 1 FROM {connection.ops.quote_name(words)}")
"""


@dataclass(frozen=True, slots=True)
class Statement:
    """One place that hands SQL over: where it is, and what is put into its text by value."""

    place: str
    values: tuple[str, ...]


def statements(tree: ast.Module, name: str) -> Iterator[Statement]:
    """Yield every statement of a module."""
    constants = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    for call in sorted(calls, key=lambda call: call.lineno):
        if _takes_sql(call):
            around = [f for f in functions if f.lineno <= call.lineno <= (f.end_lineno or 0)]
            inner = around[-1] if around else None
            fixed = constants | (_quoted_names(inner) if inner else set())
            given = [*call.args[:1], *(word.value for word in call.keywords)]
            values = tuple(value for node in given for value in _values_in(node, fixed))
            yield Statement(f"{name}:{inner.name if inner else ''}", values)


def _takes_sql(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr in METHODS | EXPRESSIONS
    return isinstance(call.func, ast.Name) and call.func.id in EXPRESSIONS


def _quoted_names(function: ast.FunctionDef) -> set[str]:
    """Return the names that hold a quoted name whenever they are set in a function."""
    quoting = [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and _is_quoting(node.value)
    ]
    quoted = Counter(name for node in quoting for name in _set_in(node))
    set_at_all = Counter(_set_in(function))
    arguments = {argument.arg for argument in function.args.args + function.args.kwonlyargs}
    return {name for name, times in quoted.items() if times == set_at_all[name]} - arguments


def _set_in(node: ast.AST) -> Iterator[str]:
    """Yield the names that are set in a node, once for each time."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
            yield inner.id


def _is_quoting(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "quote_name"
    )


def _values_in(node: ast.expr, fixed: set[str]) -> Iterator[str]:
    """Yield what in the text of a statement is neither constant nor a quoted name."""
    match node:
        case ast.Constant() | ast.Name(id="connection"):
            return
        case ast.Name(id=name) if name in fixed:
            return
        case ast.JoinedStr(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
            for part in parts:
                yield from _values_in(part, fixed)
        case ast.FormattedValue(value=value):
            yield from _values_in(value, fixed)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from _values_in(left, fixed)
            yield from _values_in(right, fixed)
        case _ if _is_quoting(node):
            return
        case _:
            yield ast.unparse(node)


def complaints(found: list[Statement]) -> list[str]:
    """Return the statements that stand where none may, or that are built of values."""
    strangers = [f"{s.place}: SQL" for s in found if s.place not in PLACES]
    built = [
        f"{s.place}: {value}" for s in found for value in s.values if (s.place, value) not in BUILT
    ]
    return strangers + built


@pytest.fixture(scope="module")
def written() -> list[Statement]:
    sources = [Source(path) for path in sorted(PACKAGE.rglob("*.py"))]
    return [found for source in sources for found in statements(source.tree, source.name)]


def test_sql_is_written_only_where_it_must_be_and_never_of_values(
    written: list[Statement],
) -> None:
    assert complaints(written) == []


def test_nothing_is_excused_that_is_not_there(written: list[Statement]) -> None:
    assert {found.place for found in written} == set(PLACES)
    assert {(s.place, value) for s in written for value in s.values} == set(BUILT)


def test_sql_that_is_built_of_values_is_found() -> None:
    found = list(statements(ast.parse(PLANTED), "planted"))

    assert [(s.place.partition(":")[2], s.values) for s in found if s.values] == [
        ("by_format", ("words",)),
        ("by_percent", ("\"SELECT * FROM desk_case WHERE text = '%s'\" % words",)),
        ("by_plus", ("words",)),
        ("by_method", ("\"text = '{}'\".format(words)",)),
        ("by_way_of_a_name", ("text",)),
        ("quoted_once", ("table",)),
    ]


def test_sql_in_a_place_that_is_not_listed_is_found() -> None:
    found = list(statements(ast.parse(PLANTED), "planted"))

    assert complaints(found)[-2:] == [
        "planted:by_way_of_a_name: text",
        "planted:quoted_once: table",
    ]
    assert "planted:constant: SQL" in complaints(found)
