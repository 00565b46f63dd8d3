"""Commands alone write, are told the time, and are called by name."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import SOURCES, ZONE, Source, line_of

ALWAYS_WRITE = {"save", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
MAY_WRITE = {"create", "update", "delete"}
NOT_ROWS = {
    "self.fields",
    "self.data",
    "request.session",
    "context",
    "digest",  # of hashlib
    "book",  # of openpyxl
    "document",  # of python-docx
    "upright",  # a picture of Pillow
}
CLOCKS = {
    "clock.now",
    "clock.today",
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "time.monotonic",
    "time.perf_counter",
    "time.process_time",
    "time.time",
    "timezone.localdate",
    "timezone.localtime",
    "timezone.now",
}
ENTRY_LAYERS = {"cli", "config", "demo"}
ENTRY_MODULES = {"views", "api", "jobs", "management"}
KERNEL_CLOCKS = {"clock", "live", "web"}  # the clock itself, a stream, middleware
RECORDERS = {"record_fact", "record_facts"}

SERVICES = [source for source in ZONE if source.module == "services" and source.app != "kernel"]
APPS = sorted({source.app for source in SERVICES})


def name_of(source: Source) -> str:
    return source.name


def writes(call: ast.Call) -> bool:
    """Return True for ``row.save()``, ``rows.delete()``, ``enterprise.cases.update()``."""
    if not isinstance(call.func, ast.Attribute):
        return False
    receiver = ast.unparse(call.func.value)
    return call.func.attr in ALWAYS_WRITE | MAY_WRITE and receiver not in NOT_ROWS


def may_ask_the_clock(source: Source) -> bool:
    if source.layer in ENTRY_LAYERS:
        return True
    if source.layer != "zone" or source not in ZONE:
        return False
    return source.module in ENTRY_MODULES or (
        source.app == "kernel" and source.module in KERNEL_CLOCKS
    )


@pytest.mark.parametrize(
    "source", [source for source in ZONE if source.module != "services"], ids=name_of
)
def test_only_services_write(source: Source) -> None:
    assert [line_of(call, source) for call in source.calls() if writes(call)] == []


@pytest.mark.parametrize(
    "source", [source for source in SOURCES if source.layer in ENTRY_LAYERS], ids=name_of
)
def test_what_composes_the_product_writes_through_commands(source: Source) -> None:
    rows = [call for call in source.calls() if writes(call) and ".objects" in ast.unparse(call)]

    assert [line_of(call, source) for call in rows] == []


@pytest.mark.parametrize(
    "source", [source for source in SOURCES if not may_ask_the_clock(source)], ids=name_of
)
def test_nothing_below_the_entry_points_asks_the_clock(source: Source) -> None:
    asked = [
        line_of(node, source)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node).endswith(tuple(CLOCKS))
    ]

    assert asked == []


@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_nothing_is_announced_by_signals(source: Source) -> None:
    names = [name for name in source.imports() if ".signals" in name or name.endswith(".receiver")]
    connected = [call for call in source.calls() if ast.unparse(call.func).endswith(".connect")]

    assert (names, [line_of(call, source) for call in connected]) == ([], [])


@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_no_error_is_swallowed_unseen(source: Source) -> None:
    swallowed = [
        f"{source.name}:{node.lineno}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and all(isinstance(line, ast.Pass | ast.Continue) for line in node.body)
    ]

    assert swallowed == []


def public_names(app: str) -> set[str]:
    """Return what the services of an app offer: those of a package what its parts hand up."""
    own = {"services", app}  # a package inside of a package hands nothing up by itself
    services = [source for source in SERVICES if source.app == app]
    parts = {source.path.stem: source for source in services if source.path.parent.name in own}
    if "__init__" in parts:
        return {name.rpartition(".")[2] for name in parts["__init__"].imports()}
    functions = [node for node in parts["services"].tree.body if isinstance(node, ast.FunctionDef)]
    return {node.name for node in functions if not node.name.startswith("_")}


def commands(app: str) -> Iterator[ast.FunctionDef]:
    """Yield the public functions that write, record a fact or open a transaction."""
    offered = public_names(app)
    bodies = (node for source in SERVICES if source.app == app for node in source.tree.body)
    for node in bodies:
        if not isinstance(node, ast.FunctionDef) or node.name not in offered:
            continue
        calls = [inner for inner in ast.walk(node) if isinstance(inner, ast.Call)]
        names = {ast.unparse(call.func) for call in calls}
        is_atomic = "transaction.atomic" in names | set(map(ast.unparse, node.decorator_list))
        if is_atomic or names & RECORDERS or any(map(writes, calls)):
            yield node


@pytest.mark.parametrize("app", APPS)
def test_a_command_takes_everything_by_name_and_ends_with_who_and_when(app: str) -> None:
    wrong = []
    for command in commands(app):
        by_name = [argument.arg for argument in command.args.kwonlyargs]
        by_place = [*command.args.posonlyargs, *command.args.args]
        ends_well = by_name[-1:] == ["now"] and "actor" not in by_name[:-2]
        if by_place or not ends_well:
            wrong.append(f"{command.name}({', '.join(by_name)})")

    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_a_command_without_an_actor_is_started_by_no_person(app: str) -> None:
    of_nobody = {
        f"services.{command.name}"
        for command in commands(app)
        if "actor" not in [argument.arg for argument in command.args.kwonlyargs]
    }
    pages = [page for page in ZONE if page.app == app and page.module in {"views", "api"}]

    called = {ast.unparse(call.func) for page in pages for call in page.calls()}
    assert called & of_nobody == set()
