"""C4: all handlers of an office sign for the same case at the same moment."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx

from tests.drills.kills import enterprise_of, signed_in
from tests.drills.people import CLERK, HANDLERS, OFFICE, WRITERS
from tests.drills.person import Person, case_of, new_key
from tests.drills.server import Place, web_server

SECONDS_TO_MEET = 30.0


@dataclass(frozen=True, slots=True)
class Signed:
    """What ``people`` were told in each of ``rounds``.

    Attributes
    ----------
    won
        Answers that said yes.
    refused
        Answers 409 that named the winner.
    unnamed
        Answers 409 that did not.
    other
        Any other answer.
    wrong_rounds
        Rounds that had not exactly one winner, told to everybody and written once.
    """

    rounds: int
    people: int
    seconds: int
    won: int
    refused: int
    unnamed: int
    other: int
    wrong_rounds: int

    @property
    def is_exact(self) -> bool:
        return not (self.wrong_rounds or self.unnamed or self.other)


def sign_at_once(place: Place, *, rounds: int, seconds: float, defect: str = "") -> Signed:
    """Let all handlers sign for one new case in each round, while ``seconds`` are not over."""
    started = time.monotonic()
    told: Counter[str] = Counter()
    done = wrong = 0
    with (
        web_server(place, defect=defect) as web,
        signed_in(web, (WRITERS[0], CLERK)) as (writer, clerk),
        signed_in(web, HANDLERS) as handlers,
        ThreadPoolExecutor(len(handlers)) as pool,
    ):
        while done < rounds and time.monotonic() - started < seconds:
            case_id = _dispatched_case(place, writer, clerk)
            answers = _sign(pool, handlers, case_id)
            told_now = Counter(_kind(a, _winner(place, case_id)) for a in answers)
            told += told_now
            wrong += told_now["won"] != 1 or _times_signed(place, case_id) != 1
            done += 1
    return Signed(
        rounds=done,
        people=len(HANDLERS),
        seconds=round(time.monotonic() - started),
        won=told["won"],
        refused=told["refused"],
        unnamed=told["unnamed"],
        other=told["other"],
        wrong_rounds=wrong,
    )


def _dispatched_case(place: Place, writer: Person, clerk: Person) -> int:
    """Return a case that was opened, accepted and given to the office, all over HTTP."""
    until = time.monotonic() + SECONDS_TO_MEET
    key = new_key()
    case_id = writer.open_case(enterprise_id=enterprise_of(place), key=key, until=until).case_id
    [(office_id,)] = place.rows("SELECT id FROM registry_office WHERE code = %s", OFFICE)
    accept = {"category": "logistics", "urgency": "normal"}
    for step, fields in (("accept", accept), ("dispatch", {"unit": str(office_id)})):
        case_of(clerk.send(f"/cases/{case_id}/{step}/", fields, key=new_key()))
    return case_id


def _sign(
    pool: ThreadPoolExecutor, handlers: Sequence[Person], case_id: int
) -> list[httpx.Response]:
    together = threading.Barrier(len(handlers), timeout=SECONDS_TO_MEET)

    def sign(person: Person) -> httpx.Response:
        together.wait()
        return person.send(f"/cases/{case_id}/sign/", {}, key=new_key())

    return list(pool.map(sign, handlers))


def _winner(place: Place, case_id: int) -> str:
    """Return the name of the person who has the case; empty if nobody has it."""
    rows = place.rows(
        "SELECT u.name FROM desk_case c JOIN accounts_user u ON u.id = c.handler_id"
        " WHERE c.id = %s",
        str(case_id),
    )
    return str(rows[0][0]) if rows else ""


def _times_signed(place: Place, case_id: int) -> int:
    facts = place.rows(
        "SELECT id FROM kernel_fact WHERE kind = %s AND subject = %s",
        "desk.case.signed",
        f"desk.case:{case_id}",
    )
    return len(facts)


def _kind(answer: httpx.Response, winner: str) -> str:
    if answer.status_code == 302:
        return "won"
    if answer.status_code != 409:
        return "other"
    return "refused" if winner and winner in answer.text else "unnamed"
