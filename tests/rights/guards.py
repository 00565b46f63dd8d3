"""Everything in the sources that keeps somebody from something, found by reading them.

A guard is one place where a right is judged. Removing it means to run the product with that place
saying yes: a predicate that is always true, a filter that lets every row through, a refusal that is
never raised, a decorator, an entry of a table or a middleware that is not there.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from typing import Any

from django.conf import settings
from django.urls import clear_url_caches

from shuniu.zone.kernel.refusals import Refusal
from tests.architecture.sources import SOURCES, Source
from tests.rights.matrix import addresses
from tests.rights.rewriting import FUNCTION, Code, Function, first_line, functions, put

FORBIDDEN = {"PermissionDenied", "Http404"}
ANSWERS = {"HttpResponseForbidden", "HttpResponseNotFound"}
STATUSES = {403, 404}
OPEN = False
ABOUT_SOMEBODY = {"Standing", "User", "AbstractBaseUser"}
# Predicates of which a yes is the strict answer.
STRICT_BY_YES = ("needs_", "must_")
# Decorators that open something, or have nothing to do with rights.
NO_GUARDS = {
    "login_not_required",
    "without_key",
    "cache",
    "never_cache",
    "sensitive_post_parameters",
    "sensitive_variables",
    "vary_on_headers",
}
# Middlewares without which everybody may do what they might before.
NOT_ABOUT_RIGHTS = {
    "GZipMiddleware",
    "CommonMiddleware",
    "MessageMiddleware",
    "HtmxMiddleware",
    "LanguageMiddleware",
    "OriginMiddleware",
    "IdempotencyMiddleware",
}


@dataclass(frozen=True, slots=True)
class Guard:
    """A place where a right is judged.

    ``remove`` takes it away in this process. ``codes`` are the functions that have to run before it
    can matter; none if that cannot be told, then ``address`` may say where it stands.
    """

    kind: str
    name: str
    remove: Callable[[], object]
    codes: frozenset[Code] = frozenset()
    address: str = ""


def guards() -> list[Guard]:
    """Return every guard of the product; no two have the same name."""
    found: list[Guard] = []
    for source in SOURCES:
        if source.layer in {"zone", "config"}:
            found += _of_source(source)
    return list(_numbered([*found, *_decorators(), *_sign_ins(), *_middlewares()]))


def _numbered(found: list[Guard]) -> Iterator[Guard]:
    """Yield the guards; those that read the same in one function are counted."""
    times: Counter[str] = Counter()
    for guard in found:
        times[guard.name] += 1
        again = times[guard.name]
        yield guard if again == 1 else replace(guard, name=f"{guard.name} ({again})")


def _of_source(source: Source) -> Iterator[Guard]:
    if _is_in(source, "policies"):
        yield from _predicates(source)
        yield from _tables(source)
    if _is_in(source, "queries"):
        yield from _filters(source)
    yield from _uses(source)
    yield from _refusals(source)


def _is_in(source: Source, module: str) -> bool:
    return source.layer == "zone" and source.module == module


def _predicates(source: Source) -> Iterator[Guard]:
    for name, node in functions(source.tree):
        if node.returns is None or ast.unparse(node.returns) != "bool" or _is_declared_only(node):
            continue
        answer = not node.name.startswith(STRICT_BY_YES)
        body = ast.parse(f"return {answer}").body
        yield _changed(source, "predicate", f"{name} says {answer}", node, partial(_set, body=body))


def _is_declared_only(node: Function) -> bool:
    """Return whether a function says what others must look like, and never runs itself."""
    return ast.unparse(node.body[-1]) == "..."


def _filters(source: Source) -> Iterator[Guard]:
    """Queries that return the rows of somebody, and each condition of those that may be seen."""
    for name, node in functions(source.tree):
        model = _rows_of_somebody(node)
        if model is None:
            continue
        body = ast.parse(f"return {model}._base_manager.all()").body
        yield _changed(source, "filter", f"{name} shows all", node, partial(_set, body=body))
        somebody = node.args.args[0].arg if node.args.args else ""
        conditions = [n for n in ast.walk(node) if isinstance(n, ast.If)]
        for number, condition in enumerate(conditions):
            if not any(
                isinstance(n, ast.Name) and n.id == somebody for n in ast.walk(condition.test)
            ):
                continue
            yield _changed(
                source,
                "condition",
                f"{name}: if {ast.unparse(condition.test)}",
                node,
                partial(_turn_condition, number=number, turn=_always),
            )


def _rows_of_somebody(node: Function) -> str | None:
    """Return the model of a query whose rows depend on who asks; otherwise None."""
    answer = node.returns
    if not isinstance(answer, ast.Subscript) or ast.unparse(answer.value) != "QuerySet":
        return None
    asks = {
        ast.unparse(argument.annotation).split(".")[-1].split(" ")[0]
        for argument in (*node.args.args, *node.args.kwonlyargs)
        if argument.annotation
    }
    return ast.unparse(answer.slice) if asks & ABOUT_SOMEBODY else None


def _somebodys() -> frozenset[str]:
    return frozenset(
        node.name
        for source in SOURCES
        if _is_in(source, "queries")
        for _name, node in functions(source.tree)
        if _rows_of_somebody(node)
    )


def _uses(source: Source) -> Iterator[Guard]:
    """Places that ask for the rows of somebody: there, every row is taken instead."""
    if source.layer != "zone":
        return
    names = _somebodys()
    for name, node in functions(source.tree):
        calls = [n for n in ast.walk(node) if isinstance(n, ast.Call) and _last(n.func) in names]
        for number, call in enumerate(calls):
            yield _changed(
                source,
                "use",
                f"{name}: {ast.unparse(call)}",
                node,
                partial(_widen, number=number, names=names),
            )


def _refusals(source: Source) -> Iterator[Guard]:
    """Conditions under which somebody is refused: never met."""
    for name, node in functions(source.tree):
        for number, condition in enumerate(n for n in ast.walk(node) if isinstance(n, ast.If)):
            if any(_forbids(line, source) for line in condition.body):
                yield _changed(
                    source,
                    "refusal",
                    f"{name}: if {ast.unparse(condition.test)}",
                    node,
                    partial(_turn_condition, number=number, turn=_never),
                )


def _forbids(line: ast.stmt, source: Source) -> bool:
    if isinstance(line, ast.Raise) and line.exc is not None:
        raised = line.exc.func if isinstance(line.exc, ast.Call) else line.exc
        name = _last(raised)
        kind = getattr(import_module(source.name.removesuffix(".__init__")), name, None)
        if isinstance(kind, type) and issubclass(kind, Refusal) and kind.status in STATUSES:
            return True
        return name in FORBIDDEN
    if isinstance(line, ast.Return) and isinstance(line.value, ast.Call):
        return _last(line.value.func) in ANSWERS
    return False


def _tables(source: Source) -> Iterator[Guard]:
    """Entries of a table of predicates."""
    names = {node.name for _name, node in functions(source.tree)}
    module = import_module(source.name.removesuffix(".__init__"))
    for node in source.tree.body:
        if not isinstance(node, ast.Assign | ast.AnnAssign):
            continue
        table = node.value
        if not isinstance(table, ast.Dict) or not table.values:
            continue
        if not all(isinstance(value, ast.Name) and value.id in names for value in table.values):
            continue
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        held = getattr(module, ast.unparse(target))
        for key, rule in held.items():
            code = rule.__code__
            yield Guard(
                "entry",
                f"{_short(source)}: {ast.unparse(target)}[{key}]",
                partial(held.__setitem__, key, _yes),
                frozenset({(code.co_filename, code.co_firstlineno, code.co_name)}),
            )


def _decorators() -> Iterator[Guard]:
    for source in SOURCES:
        if not _is_in(source, "views"):
            continue
        for name, node in functions(source.tree):
            for number, decorator in enumerate(node.decorator_list):
                called = decorator.func if isinstance(decorator, ast.Call) else decorator
                if _last(called) not in NO_GUARDS and _last(called) != "property":
                    yield Guard(
                        "decorator",
                        f"{_short(source)}.{name}: @{ast.unparse(decorator)}",
                        partial(_undecorate, source, node.name, number),
                        frozenset(),
                        _address_of(source, node.name),
                    )


def _address_of(source: Source, name: str) -> str:
    view = getattr(import_module(source.name.removesuffix(".__init__")), name)
    return next((where for where, pattern in addresses() if pattern.callback is view), "")


def _undecorate(source: Source, name: str, number: int) -> None:
    """Put the view without one of its decorators where the addresses find it."""
    module = import_module(source.name.removesuffix(".__init__"))
    tree = copy.deepcopy(source.tree)
    node = next(n for n in tree.body if isinstance(n, FUNCTION) and n.name == name)
    del node.decorator_list[number]
    old = getattr(module, name)
    exec(compile(ast.Module([node], []), str(source.path), "exec"), module.__dict__)  # noqa: S102  # our own source
    for _where, pattern in addresses():
        if pattern.callback is old:
            pattern.callback = getattr(module, name)
    clear_url_caches()


def _sign_ins() -> Iterator[Guard]:
    """Addresses that want somebody who has signed in: open to all."""
    for name, pattern in addresses():
        if getattr(pattern.callback, "login_required", True):
            yield Guard(
                "sign-in",
                f"{name} wants nobody to sign in",
                partial(setattr, pattern.callback, "login_required", OPEN),
                frozenset(),
                name,
            )


def _middlewares() -> Iterator[Guard]:
    for path in settings.MIDDLEWARE:
        if path.rpartition(".")[2] not in NOT_ABOUT_RIGHTS:
            yield Guard("middleware", path, partial(_without, path))


def _without(path: str) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != path]


def _changed(
    source: Source, kind: str, what: str, node: Function, change: Callable[[Any], None]
) -> Guard:
    """Return the guard that is removed by changing a function of a source."""
    code = (str(source.path), first_line(node), node.name)
    return Guard(
        kind,
        f"{_short(source)}.{what}",
        lambda: put(source, node, change),
        frozenset({code}),
    )


def _turn_condition(node: Function, number: int, turn: Callable[[ast.If], None]) -> None:
    turn([inner for inner in ast.walk(node) if isinstance(inner, ast.If)][number])


def _yes(*_given: object) -> bool:
    return True


def _set(node: Function, body: list[ast.stmt]) -> None:
    node.body = body


def _always(condition: ast.If) -> None:
    condition.test = ast.Constant(value=True)


def _never(condition: ast.If) -> None:
    condition.test = ast.Constant(value=False)


def _widen(node: Function, number: int, names: frozenset[str]) -> None:
    calls = [n for n in ast.walk(node) if isinstance(n, ast.Call) and _last(n.func) in names]
    call = calls[number]
    inner = copy.copy(call)
    call.func = ast.parse("(lambda rows: rows.model._base_manager.all())", mode="eval").body
    call.args, call.keywords = [inner], []


def _last(node: ast.expr) -> str:
    """Return the last name of a dotted expression."""
    return (
        ast.unparse(node).rpartition(".")[2] if isinstance(node, ast.Name | ast.Attribute) else ""
    )


def _short(source: Source) -> str:
    return source.name.removeprefix("shuniu.").removeprefix("zone.").removesuffix(".__init__")


def by_kind(found: list[Guard]) -> Mapping[str, int]:
    """Return how many guards there are of each kind."""
    kinds = dict.fromkeys(guard.kind for guard in found)
    return {kind: sum(guard.kind == kind for guard in found) for kind in kinds}
