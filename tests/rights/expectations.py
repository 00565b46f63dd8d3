"""Who may do what: every address, every role, every kind of row.

The roles:

out         nobody is signed in
firm        speaks for enterprise A
chief       the same, and looks after its people
clerk       clerk of the service center
officer     service officer of the center
handler     handles cases in the economic development bureau
superv      supervisor
leader      leader of the zone
reader      reads restricted cases
discip      handles cases in the discipline office
carrier     carrier or driver
escort      escort
provider    service provider
investor    investor
security    security administrator
audit       audit administrator
admin       system administrator

The rows are what the address is about:

own         a case of A that the economic development bureau works on; what belongs to A
foreign     a case of B that the planning bureau works on; what belongs to B
restricted  a case of C that is about the conduct of staff: with the discipline office
reopened    the case of A after its answer did not satisfy
missing     nothing of this number
-           the address is about no row

``+2`` after the method says how many facts a success leaves, also if nobody is signed in; without
it a POST of somebody leaves one and everything else none.

A line says which status which roles get, and after the last semicolon what all others get; what
stands first wins. ``@`` begins the name of a group of roles. ``in`` is the way to the sign-in page,
and what somebody gets who is not signed in and not named. What is not in the table: HEAD answers
and leaves facts as GET; every other method is 405, but ``in`` for somebody who is not signed in;
and a write without the token of its form is 403 for everybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.rights.table import TABLE

ROLES = (
    "out",
    "firm",
    "chief",
    "clerk",
    "officer",
    "handler",
    "superv",
    "leader",
    "reader",
    "discip",
    "carrier",
    "escort",
    "provider",
    "investor",
    "security",
    "audit",
    "admin",
)
GROUPS = {
    "@all": ROLES[1:],
    "@firm": ("firm", "chief"),
    "@readers": ("clerk", "officer", "superv", "leader"),
    "@own": ("firm", "chief", "clerk", "officer", "handler", "superv", "leader"),
    "@staff": ("clerk", "officer", "handler", "superv", "leader", "reader", "discip"),
    "@outside": ("carrier", "escort", "provider", "investor"),
    "@admins": ("security", "audit", "admin"),
}
# Staff and enterprise administrators: their password alone opens nothing.
WITH_SECOND_FACTOR = (
    "chief",
    "clerk",
    "officer",
    "handler",
    "superv",
    "leader",
    "reader",
    "discip",
    "security",
    "audit",
    "admin",
)

_NAMES = frozenset({"own name", "foreign name", "restricted name"})
_OWN = frozenset({"own", "own name"})
_ALL = frozenset({"own", "foreign", "own staff", "foreign staff"}) | _NAMES
# Whose words each role may read at all; a telephone number only as the answer to asking for it.
READS: dict[str, frozenset[str]] = dict.fromkeys(ROLES, frozenset()) | {
    "firm": _OWN,
    "chief": _OWN | {"own contact", "own phone"},
    "clerk": _ALL | {"import"},
    "officer": _ALL,
    "handler": _NAMES | {"own", "own staff"},
    "superv": _ALL,
    "leader": _ALL,
    "reader": _NAMES | {"restricted", "restricted staff"},
    "discip": _NAMES | {"restricted", "restricted staff"},
    "security": frozenset({"incident"}),
    "admin": frozenset({"robot"}),
}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ASK_FOR_EVERY_METHOD = ("out", "chief", "clerk")
WRITES = ("POST", "PUT", "PATCH", "DELETE")
# What the answer to asking for it may show besides.
REVEALS: dict[str, tuple[str, ...]] = {
    "registry:contact-reveal": ("{row} contact", "{row} phone"),
    "registry:registration-reveal": ("applicant",),
}
# Answers that leave no fact although they are a success: they only choose how pages look.
LEAVES_NOTHING = frozenset({"kernel:language", "kernel:theme"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One person, one address, one row, one method, and what must come of it.

    ``facts`` is how many facts a success must leave: one for each change and each thing revealed.
    ``by_part`` asks for the part of the page that HTMX swaps.
    """

    address: str
    row: str
    method: str
    role: str
    expected: str
    facts: int = 0
    by_part: bool = False

    @property
    def is_allowed(self) -> bool:
        return self.expected in {"200", "302"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: the answer to each role."""

    address: str
    row: str
    method: str
    answers: dict[str, str]
    facts: int
    facts_of_strangers: int = 0

    @property
    def is_open(self) -> bool:
        """Return whether somebody who is not signed in gets an answer of its own."""
        return self.answers["out"] != "in"

    def facts_of(self, role: str) -> int:
        """Return how many facts the answer to a role must leave."""
        if self.answers[role] not in {"200", "302"}:
            return 0
        return self.facts_of_strangers if role == "out" else self.facts


def _line(text: str) -> Line:
    """Return a line of the table: ``address row method status role …; status role …; status``."""
    head, *clauses = (clause.split() for clause in text.split(";"))
    address, row, method, *first = head
    parts = [first, *clauses]
    answers = dict.fromkeys(ROLES, parts[-1][0]) | {"out": "in"}
    for status, *roles in reversed(parts):
        for role in roles:
            answers |= dict.fromkeys(GROUPS.get(role, (role,)), status)
    method, _, number = method.partition("+")
    if number:
        return Line(address, row, method, answers, int(number), int(number))
    is_told = method == "POST" and address not in LEAVES_NOTHING
    return Line(address, row, method, answers, int(is_told))


LINES = tuple(_line(text) for text in TABLE.strip().splitlines() if text.strip())
ADDRESSES = frozenset(line.address for line in LINES)


def cells_of(role: str) -> list[Cell]:
    """Return the cells of a role.

    Every line by its method; a page that is shown, also by part. Left out is what cannot differ:
    nothing that is missing is asked for by somebody who is refused before it is looked for, and of
    the roles outside, which have no row of their own, one alone asks for rows of others. The
    methods that no line names are asked of one row and one step of each address, because the method
    is judged before them, and by the roles of ``ASK_FOR_EVERY_METHOD``.
    """
    cells = []
    for line in LINES:
        cell = Cell(
            line.address, line.row, line.method, role, line.answers[role], line.facts_of(role)
        )
        if (line.row == "missing" and cell.expected == "403") or _is_as_carrier(cell):
            continue
        cells.append(cell)
        if line.method == "GET" and cell.expected == "200":
            cells.append(replace(cell, by_part=True))
    if role in ASK_FOR_EVERY_METHOD:
        cells += _other_methods(role)
    return cells


def _is_as_carrier(cell: Cell) -> bool:
    """Return whether the carrier asks the same: about a row of others."""
    outside = GROUPS["@outside"]
    return cell.role in outside[1:] and cell.row in {"foreign", "restricted", "reopened"}


def _other_methods(role: str) -> Iterator[Cell]:
    """Yield one cell for each view and each method that the table does not name."""
    for name in dict.fromkeys(line.address.partition("/")[0] for line in LINES):
        lines = [line for line in LINES if line.address.partition("/")[0] == name]
        named = {line.method for line in lines}
        first = next((line for line in lines if line.method == "GET"), lines[0])
        for method in METHODS:
            cell = Cell(first.address, first.row, method, role, "405")
            if method == "HEAD" and "GET" in named and "HEAD" not in named:
                yield replace(cell, expected=first.answers[role], facts=first.facts_of(role))
            elif method not in named:
                is_let_in = role != "out" or any(line.is_open for line in lines)
                yield cell if is_let_in else replace(cell, expected="in")
