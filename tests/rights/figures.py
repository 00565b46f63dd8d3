"""What the questions about rights cover, and what came of removing each guard, as numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.rights.commands import people, trials
from tests.rights.expectations import ADDRESSES, METHODS, ROLES, cells_of
from tests.rights.guards import by_kind
from tests.rights.probes import RULES
from tests.rights.removal import Removal

LEAST_PCT = 98


@dataclass(frozen=True, slots=True)
class Figures:
    """What was asked, and what came out.

    Attributes
    ----------
    addresses
        Addresses of the product, each step of a case or a person counted as one.
    roles
        Roles that are asked, nobody among them.
    cells
        Questions of the matrix, by role and by method.
    commands
        Questions put to commands: command, row, role.
    rules
        Small questions of one rule each.
    wrong
        Answers otherwise than they must be, before anything was removed.
    guards, noticed
        Guards by kind; those whose removal was noticed.
    survivors
        Guards whose removal nobody noticed.
    """

    addresses: int
    roles: int
    cells_by_role: Mapping[str, int]
    cells_by_method: Mapping[str, int]
    commands: int
    rules: int
    wrong: int
    guards: Mapping[str, int]
    noticed: Mapping[str, int]
    survivors: tuple[str, ...]

    @property
    def removed(self) -> int:
        return sum(self.guards.values())

    @property
    def share_pct(self) -> float:
        """Return how many of a hundred removals were noticed."""
        return 100 * sum(self.noticed.values()) / self.removed


def figures_of(wrong: Sequence[str], removals: Sequence[Removal]) -> Figures:
    """Count what was asked and what came out."""
    cells = [cell for role in ROLES for cell in cells_of(role)]
    methods = Counter(cell.method for cell in cells)
    return Figures(
        addresses=len(ADDRESSES),
        roles=len(ROLES),
        cells_by_role=dict(Counter(cell.role for cell in cells)),
        cells_by_method={method: methods[method] for method in METHODS},
        commands=len(trials()) * len(people()),
        rules=len(RULES),
        wrong=len(wrong),
        guards=by_kind([removal.guard for removal in removals]),
        noticed=by_kind([removal.guard for removal in removals if removal.noticed_by]),
        survivors=tuple(removal.guard.name for removal in removals if not removal.noticed_by),
    )
