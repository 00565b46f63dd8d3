"""What every fact of a case has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shuniu.zone.kernel.facts import FactRecord


@dataclass(frozen=True, slots=True)
class CaseFact(FactRecord):
    """Something that happened to one case."""

    about: ClassVar[str] = "case_id"
    case_id: int
