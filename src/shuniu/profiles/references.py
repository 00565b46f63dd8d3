"""What the parts of a profile say about each other: names that must exist, once each.

The checks read the file as it was written and step over whatever has the wrong shape, because
the shape is told elsewhere: so one run names every error.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, get_args

from shuniu.profiles.schema import CategoryCode, RoleCode

Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ProfileError:
    """One thing that is wrong in a profile.

    Attributes
    ----------
    path
        Where: ``categories[3].unit``; ``line 12`` if the file is not TOML; the
        empty text for the file as a whole.
    message
        What would be right.
    """

    path: str
    message: str

    def __str__(self) -> str:
        """Return one line for a person."""
        return f"{self.path}: {self.message}" if self.path else self.message


def reference_errors(written: Table) -> Iterator[ProfileError]:
    """Yield an error for each name that is there twice, is missing, or means nothing."""
    yield from _codes_twice(written)
    yield from _codes_missing("categories", get_args(CategoryCode), written)
    yield from _codes_missing("roles", get_args(RoleCode), written)
    yield from _unknown_offices(written)


def _tables(value: Any) -> Iterator[tuple[int, Table]]:
    if isinstance(value, list):
        yield from ((at, row) for at, row in enumerate(value) if isinstance(row, dict))


def _codes(value: Any) -> list[str]:
    return [row["code"] for _, row in _tables(value) if isinstance(row.get("code"), str)]


def _codes_twice(written: Table) -> Iterator[ProfileError]:
    lists = [(name, written.get(name)) for name in ("offices", "roles", "categories")]
    for at, category in _tables(written.get("categories")):
        lists.append((f"categories[{at}].subcategories", category.get("subcategories")))
    for path, rows in lists:
        for code, times in Counter(_codes(rows)).items():
            if times > 1:
                yield ProfileError(path, f"the code {code} is there {times} times; keep one")


def _codes_missing(name: str, wanted: tuple[str, ...], written: Table) -> Iterator[ProfileError]:
    rows = written.get(name)
    if not isinstance(rows, list):
        return
    missing = [code for code in wanted if code not in _codes(rows)]
    if missing:
        yield ProfileError(name, f"each code is needed; add {', '.join(missing)}")


def _office_references(written: Table) -> Iterator[tuple[str, Any]]:
    for name in ("categories", "routing"):
        for at, row in _tables(written.get(name)):
            yield f"{name}[{at}].unit", row.get("unit")
    handling = written.get("handling")
    if isinstance(handling, dict):
        for key in ("fallback_unit", "conflict_unit"):
            yield f"handling.{key}", handling.get(key)


def _unknown_offices(written: Table) -> Iterator[ProfileError]:
    if not isinstance(written.get("offices"), list):
        return
    offices = [row for _, row in _tables(written["offices"])]
    codes = _codes(written["offices"])
    for path, unit in _office_references(written):
        if isinstance(unit, str) and unit not in codes:
            meant = _meant(unit, offices, codes)
            hint = f"did you mean {meant}? " if meant else ""
            yield ProfileError(
                path, f"no office is called {unit}; {hint}offices: {', '.join(codes)}"
            )


def _meant(unit: str, offices: list[Table], codes: list[str]) -> str | None:
    for office in offices:
        names = [office.get("zh"), office.get("en")]
        if isinstance(office.get("aliases"), list):
            names += office["aliases"]
        if unit in names and isinstance(office.get("code"), str):
            return str(office["code"])
    return next(iter(get_close_matches(unit, codes, n=1)), None)
