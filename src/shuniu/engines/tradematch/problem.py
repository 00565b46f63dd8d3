"""The enterprises of a zone, and a case that offers goods or asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shuniu.engines.base.errors import InvalidProblem


class Kind(StrEnum):
    """What the poster wants: to sell (supply) or to buy (demand)."""

    SUPPLY = "supply"
    DEMAND = "demand"


@dataclass(frozen=True, slots=True)
class Enterprise:
    """What the register knows about an enterprise.

    ``industry_code`` is four digits of GB/T 4754-2017. ``scope`` is the registered business scope
    and may be empty, as may ``products`` (what it sells) and ``inputs`` (what it uses up).
    """

    id: str
    name: str
    industry_code: str | None = None
    scope: str = ""
    products: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    employees: int | None = None
    above_scale: bool = False

    def __post_init__(self) -> None:
        code = self.industry_code
        if code is not None and not (len(code) == 4 and code.isascii() and code.isdigit()):
            raise InvalidProblem(
                f"enterprise {self.id}: industry_code is {code!r}; it must have four digits."
            )
        if self.employees is not None and self.employees < 0:
            raise InvalidProblem(f"enterprise {self.id}: employees is {self.employees}.")


@dataclass(frozen=True, slots=True)
class Case:
    """A wish to sell or to buy, in the poster's words; ``product`` may be empty."""

    kind: Kind
    poster: str
    text: str
    product: str = ""

    def __post_init__(self) -> None:
        if not self.text.strip() and not self.product.strip():
            raise InvalidProblem("text and product are both empty: nothing to look for.")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A partner: ``score`` from 0 to 100, and why, in Chinese sentences (at least one)."""

    enterprise_id: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Suggestions by falling score; competitors (of a supply) in the order of the register."""

    suggestions: tuple[Suggestion, ...]
    competitors: tuple[str, ...]
