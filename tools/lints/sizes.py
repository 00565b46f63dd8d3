"""Modules and functions stay short enough to be read at once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tools.lints import project_files

MODULE_LINES = 450
FUNCTION_LINES = 70


def complaints(root: Path) -> Iterator[str]:
    """Yield every Python module and function that is too long; generated migrations are exempt."""
    for path in project_files(root, ".py"):
        if "migrations" in path.parts:
            continue
        place = path.relative_to(root)
        text = path.read_text("utf-8")
        length = len(text.splitlines())
        if length > MODULE_LINES:
            yield f"{place}: {length} lines; at most {MODULE_LINES}"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES:
                    where = f"{place}:{node.lineno}: {node.name}"
                    yield f"{where} has {length} lines; at most {FUNCTION_LINES}"
