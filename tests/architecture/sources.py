"""The sources of the product, as the architecture tests read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "shuniu"


@dataclass(frozen=True)
class Source:
    """One Python file of the package."""

    path: Path

    @property
    def name(self) -> str:
        return ".".join(self.path.relative_to(PACKAGE.parent).with_suffix("").parts)

    @property
    def layer(self) -> str:
        """Return ``zone``, ``engines``, ``config`` …"""
        return self._inside[0]

    @property
    def app(self) -> str:
        """Return the app of a file in ``zone``."""
        return self._inside[1]

    @property
    def module(self) -> str:
        """Return the module of the app, also for a module that has become a package."""
        return self._inside[2] if len(self._inside) > 2 else "__init__"

    @property
    def _inside(self) -> tuple[str, ...]:
        return self.path.relative_to(PACKAGE).with_suffix("").parts

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text("utf-8"))

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def imports(self) -> Iterator[str]:
        """Yield the dotted names that the file imports; relative imports count from its package."""
        package = self.name.rpartition(".")[0]
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = package.rsplit(".", node.level - 1)[0] if node.level else ""
                prefix = ".".join(filter(None, [base, node.module or ""]))
                yield from (f"{prefix}.{alias.name}" for alias in node.names)


def line_of(node: ast.expr | ast.stmt, source: Source) -> str:
    """Return the place and the text of a node, for a message."""
    return f"{source.name}:{node.lineno}: {ast.unparse(node).splitlines()[0]}"


SOURCES = [
    Source(path)
    for path in sorted(PACKAGE.rglob("*.py"))
    if "migrations" not in path.parts and path.parent != PACKAGE
]
ZONE = [source for source in SOURCES if source.layer == "zone" and len(source._inside) > 2]
