"""Who may do what: every address, every role, every kind of row.

The columns are the roles:

out         nobody is signed in
firm        speaks for enterprise A
clerk       clerk of the service center
handler     handles cases in the economic development bureau
superv      supervisor
leader      leader of the zone
admin       system administrator
discip      handles cases in the discipline office

The rows are what the address is about:

own         a case of A that the economic development bureau works on; what belongs to A
foreign     a case of B that the planning bureau works on; what belongs to B
restricted  a case of C that is about the conduct of staff: with the discipline office
reopened    the case of A after its answer did not satisfy
missing     nothing of this number
-           the address is about no row

A cell is the status of the answer; ``in`` is the way to the sign-in page. What is not in the table:
HEAD answers as GET; every other method is 405, but ``in`` for somebody who is not signed in; and a
write without the token of its form is 403 for everybody.
"""

from __future__ import annotations

from dataclasses import dataclass

TABLE = """
address                     row         method  out  firm  clerk handler superv leader admin discip

kernel:health               -           GET     200  200   200   200     200    200    200   200
kernel:live                 -           GET     403  200   200   200     200    200    200   200
kernel:language             -           POST    302  302   302   302     302    302    302   302
kernel:theme                -           POST    302  302   302   302     302    302    302   302
accounts:sign-in            -           GET     200  302   302   302     302    302    302   302
accounts:sign-in            -           POST    422  302   302   302     302    302    302   302
accounts:sign-out           -           POST    302  302   302   302     302    302    302   302

portal:home                 -           GET     in   302   302   302     302    302    302   302
portal:styles               -           GET     in   403   200   200     200    200    200   200
portal:system               -           GET     in   403   403   403     403    403    200   403
portal:delivery-again       own         POST    in   403   403   403     403    403    302   403
portal:delivery-again       missing     POST    in   403   403   403     403    403    409   403

registry:profile            -           GET     in   403   403   403     403    403    200   403
registry:profile            -           POST    in   403   403   403     403    403    422   403
registry:contact-reveal     own         POST    in   403   200   200     200    403    404   200
registry:contact-reveal     foreign     POST    in   404   200   200     200    403    404   200

briefings:list              -           GET     in   403   200   403     200    200    403   403
briefings:today             -           GET     in   403   302   403     302    302    403   403
briefings:day               -           GET     in   403   200   403     200    200    403   403
briefings:word              -           GET     in   403   200   403     200    200    403   403

desk:need                   own         GET     in   200   403   403     403    403    403   403
desk:need                   own         POST    in   302   403   403     403    403    403   403
desk:need                   foreign     POST    in   422   403   403     403    403    403   403
desk:need-for-enterprise    own         GET     in   403   200   403     403    403    403   403
desk:need-for-enterprise    own         POST    in   403   302   403     403    403    403   403
desk:need-for-enterprise    foreign     POST    in   403   302   403     403    403    403   403
desk:case-list              -           GET     in   200   200   200     200    200    200   200

desk:case-page              own         GET     in   200   200   200     200    200    404   404
desk:case-page              foreign     GET     in   404   200   404     200    200    404   404
desk:case-page              restricted  GET     in   404   404   404     404    404    404   200
desk:attachment             own         GET     in   200   200   200     200    200    404   404
desk:attachment             foreign     GET     in   404   200   404     200    200    404   404
desk:attachment             restricted  GET     in   404   404   404     404    404    404   200
desk:attachments-add        own         POST    in   302   302   302     403    403    404   404
desk:attachments-add        foreign     POST    in   404   302   404     403    403    404   404
desk:attachments-add        restricted  POST    in   404   404   404     404    404    404   302

desk:case-step/accept       own         POST    in   403   302   403     403    403    404   404
desk:case-step/accept       foreign     POST    in   404   302   404     403    403    404   404
desk:case-step/accept       restricted  POST    in   404   404   404     404    404    404   302
desk:case-step/dispatch     own         POST    in   403   302   403     403    403    404   404
desk:case-step/dispatch     reopened    POST    in   403   403   403     302    403    404   404
desk:case-step/dispatch     foreign     POST    in   404   302   404     403    403    404   404
desk:case-step/dispatch     restricted  POST    in   404   404   404     404    404    404   302
desk:case-step/sign         own         POST    in   403   403   302     403    403    404   404
desk:case-step/sign         foreign     POST    in   404   403   404     403    403    404   404
desk:case-step/sign         restricted  POST    in   404   404   404     404    404    404   302
desk:case-step/contact      own         POST    in   403   403   302     403    403    404   404
desk:case-step/contact      foreign     POST    in   404   403   404     403    403    404   404
desk:case-step/contact      restricted  POST    in   404   404   404     404    404    404   302
desk:case-step/plan         own         POST    in   403   403   302     403    403    404   404
desk:case-step/plan         foreign     POST    in   404   403   404     403    403    404   404
desk:case-step/plan         restricted  POST    in   404   404   404     404    404    404   302
desk:case-step/note         own         POST    in   403   403   302     403    403    404   404
desk:case-step/note         foreign     POST    in   404   403   404     403    403    404   404
desk:case-step/note         restricted  POST    in   404   404   404     404    404    404   302
desk:case-step/reply        own         POST    in   403   403   302     403    403    404   404
desk:case-step/reply        foreign     POST    in   404   403   404     403    403    404   404
desk:case-step/reply        restricted  POST    in   404   404   404     404    404    404   302
desk:case-step/return       own         POST    in   403   403   302     403    403    404   404
desk:case-step/return       foreign     POST    in   404   403   404     403    403    404   404
desk:case-step/return       restricted  POST    in   404   404   404     404    404    404   403
desk:case-step/confirm      own         POST    in   302   403   403     403    403    404   404
desk:case-step/confirm      foreign     POST    in   404   403   404     403    403    404   404
desk:case-step/confirm      restricted  POST    in   404   404   404     404    404    404   403
desk:case-step/refuse       own         POST    in   302   403   403     403    403    404   404
desk:case-step/refuse       foreign     POST    in   404   403   404     403    403    404   404
desk:case-step/refuse       restricted  POST    in   404   404   404     404    404    404   403
desk:case-step/withdraw     own         POST    in   302   403   403     403    403    404   404
desk:case-step/withdraw     foreign     POST    in   404   403   404     403    403    404   404
desk:case-step/withdraw     restricted  POST    in   404   404   404     404    404    404   403
desk:case-step/add          own         POST    in   302   403   403     403    403    404   404
desk:case-step/add          foreign     POST    in   404   403   404     403    403    404   404
desk:case-step/add          restricted  POST    in   404   404   404     404    404    404   403
"""

# Whose words each role may read at all; a telephone number only as the answer to asking for it.
READS: dict[str, frozenset[str]] = {
    "out": frozenset(),
    "firm": frozenset({"own", "own name"}),
    "clerk": frozenset({"own", "foreign", "own name", "foreign name", "restricted name"}),
    "handler": frozenset({"own", "own name", "foreign name", "restricted name"}),
    "superv": frozenset({"own", "foreign", "own name", "foreign name", "restricted name"}),
    "leader": frozenset({"own", "foreign", "own name", "foreign name", "restricted name"}),
    "admin": frozenset(),
    "discip": frozenset({"restricted", "own name", "foreign name", "restricted name"}),
}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
WRITES = ("POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True)
class Cell:
    """One person, one address, one row, one method, and what must come of it."""

    address: str
    row: str
    method: str
    role: str
    expected: str


def _lines() -> tuple[tuple[str, ...], list[list[str]]]:
    head, *lines = (line.split() for line in TABLE.strip().splitlines() if line.strip())
    return tuple(head[3:]), lines


ROLES, _LINES = _lines()
ADDRESSES = frozenset(line[0] for line in _LINES)


def cells_of(role: str) -> list[Cell]:
    """Return the cells of a role, all methods of every address and row."""
    column = ROLES.index(role) + 3
    told = {(line[0], line[1], line[2]): line[column] for line in _LINES}
    is_open = {line[0] for line in _LINES if line[3] != "in"}
    cells = []
    for address, row in dict.fromkeys((line[0], line[1]) for line in _LINES):
        other = "405" if role != "out" or address in is_open else "in"
        for method in METHODS:
            asked = "GET" if method == "HEAD" else method
            expected = told.get((address, row, asked), told.get((address, "own", asked), other))
            if asked == "POST" or (address, row, asked) in told or expected == other:
                cells.append(Cell(address, row, method, role, expected))
    return cells
