"""Rows are locked so that others may still point at them.

Each recorded fact holds up all others until its transaction ends, and PostgreSQL looks at the rows
that new rows point at when it ends. A whole lock on such a row, held by somebody who waits to
record a fact, would let the two wait for each other for ever.
"""

from __future__ import annotations

import ast

import pytest

from tests.architecture.sources import ZONE, Source, line_of


def name_of(source: Source) -> str:
    return source.name


@pytest.mark.parametrize("source", ZONE, ids=name_of)
def test_a_row_is_locked_without_its_key(source: Source) -> None:
    whole = [
        line_of(call, source)
        for call in source.calls()
        if ast.unparse(call.func).endswith(".select_for_update")
        and "no_key" not in {word.arg for word in call.keywords}
    ]

    assert whole == []
