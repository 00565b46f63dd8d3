"""Letting the functions of the product run changed code, and watching which of them run."""

from __future__ import annotations

import ast
import builtins
import copy
import gc
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import partial
from types import CodeType, FunctionType
from typing import Any

from tests.architecture.sources import SOURCES, Source

Code = tuple[str, int, str]
Function = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


def functions(tree: ast.Module) -> Iterator[tuple[str, Function]]:
    """Yield the functions of a module and the methods of its classes, with their names."""
    for node in tree.body:
        if isinstance(node, FUNCTION):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, FUNCTION):
                    yield f"{node.name}.{inner.name}", inner


def first_line(node: Function) -> int:
    """Return the line where the compiled function begins: that of its first decorator."""
    return min([node.lineno, *(d.lineno for d in node.decorator_list)])


def put(
    source: Source, node: Function, change: Callable[[Any], None]
) -> list[tuple[FunctionType, CodeType]]:
    """Let every function made from ``node`` run the changed code; return what each ran before."""
    tree = copy.deepcopy(source.tree)
    twin = next(n for n in ast.walk(tree) if isinstance(n, FUNCTION) and n.lineno == node.lineno)
    change(twin)
    ast.fix_missing_locations(tree)
    codes = dict(_codes(compile(tree, str(source.path), "exec")))
    wanted = (str(source.path), first_line(node), node.name)
    fresh = codes[wanted]
    gc.unfreeze()  # what a test of the start took out of the search for waste is not found either
    before = [
        (thing, thing.__code__)
        for thing in gc.get_objects()
        if type(thing) is FunctionType and key_of(thing.__code__) == wanted
    ]
    for function, _code in before:
        function.__code__ = fresh
    return before


@contextmanager
def watched(wanted: Collection[Code]) -> Iterator[set[Code]]:
    """Let the functions that are wanted say meanwhile that they run, into the set."""
    seen: set[Code] = set()
    before: list[tuple[FunctionType, CodeType]] = []
    vars(builtins)["__guard_runs__"] = seen.add
    for source in SOURCES:
        for _name, node in functions(source.tree):
            code = (str(source.path), first_line(node), node.name)
            if code in wanted:
                call = ast.parse(f"__guard_runs__({code!r})").body
                before += put(source, node, partial(_begin_with, line=call[0]))
    try:
        yield seen
    finally:
        for function, unwatched in before:
            function.__code__ = unwatched
        del vars(builtins)["__guard_runs__"]


def _codes(code: CodeType) -> Iterator[tuple[Code, CodeType]]:
    yield key_of(code), code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _codes(inner)


def key_of(code: CodeType) -> Code:
    """Return what names a function: its file, its first line, its name."""
    return code.co_filename, code.co_firstlineno, code.co_name


def _begin_with(node: Function, line: ast.stmt) -> None:
    node.body.insert(0, line)
