"""D4: answers are lost, and the same form is sent again under its key."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.drills.figures import Kept, kept_of
from tests.drills.kills import enterprise_of, signed_in
from tests.drills.people import WRITERS
from tests.drills.person import Person, Sent, case_of, new_key, words_of
from tests.drills.proxy import Fault, lossy
from tests.drills.server import Place, web_server

BROWSERS = 4
SHARE = 0.6
READS_EVERY = 10


@dataclass(frozen=True, slots=True)
class Cut:
    """``faults`` of the network, ``seconds`` in all, and what became of the needs.

    ``repeated`` acknowledged needs were sent once more; ``other_id`` of them were answered with
    another case.
    """

    operations: int
    faults: int
    seconds: int
    repeated: int
    other_id: int
    kept: Kept


@dataclass(frozen=True, slots=True)
class _Share:
    sent: tuple[Sent, ...]
    repeated: int
    other_id: int


def cut_answers(
    place: Place, *, operations: int, seconds: float, seed: int, defect: str = ""
) -> Cut:
    """Open up to ``operations`` cases over a network that loses requests and answers."""
    started = time.monotonic()
    with (
        web_server(place, defect=defect) as web,
        signed_in(web, WRITERS[:BROWSERS]) as people,
        lossy(web.port, share=SHARE, seed=seed) as proxy,
        ThreadPoolExecutor(BROWSERS) as pool,
    ):
        enterprise_id = enterprise_of(place)

        def work(n: int) -> _Share:
            with people[n].through(proxy.address) as shaky:
                return _send(
                    people[n],
                    shaky,
                    operations=operations // BROWSERS,
                    until=started + seconds,
                    enterprise_id=enterprise_id,
                    chance=random.Random(seed * BROWSERS + n),  # noqa: S311  # drawn again by the same seed
                )

        shares = list(pool.map(work, range(BROWSERS)))
        sent = [one for share in shares for one in share.sent]
        return Cut(
            operations=len(sent),
            faults=sum(times for fault, times in proxy.faults.items() if fault is not Fault.NONE),
            seconds=round(time.monotonic() - started),
            repeated=sum(share.repeated for share in shares),
            other_id=sum(share.other_id for share in shares),
            kept=kept_of(place, sent),
        )


def _send(
    steady: Person,
    shaky: Person,
    *,
    operations: int,
    until: float,
    enterprise_id: int,
    chance: random.Random,
) -> _Share:
    """Send needs over ``shaky``; some are sent once more afterwards, over the steady network."""
    sent: list[Sent] = []
    repeated: list[bool] = []
    while len(sent) < operations and time.monotonic() < until:
        one = shaky.open_case(enterprise_id=enterprise_id, key=new_key(), until=until + 60)
        sent.append(one)
        if chance.random() < 0.2:
            fields = {"text": words_of(one.key), "enterprise": str(enterprise_id)}
            again = case_of(steady.send("/needs/", fields, key=one.key))
            repeated.append(again != one.case_id)
        if len(sent) % READS_EVERY == 0:
            steady.client.get(f"/cases/{one.case_id}/")
    return _Share(tuple(sent), len(repeated), sum(repeated))


def is_exact(cut: Cut) -> bool:
    return cut.kept.is_exact and not cut.other_id
