"""Many open pages leave the server free to answer, and the database free of their connections."""

from __future__ import annotations

import time

from tests.drills.kills import enterprise_of
from tests.drills.live import open_pages
from tests.drills.people import WRITERS
from tests.drills.person import Person, new_key
from tests.drills.server import Place, wait_until, web_server

PAGES = 120


def test_a_need_is_sent_while_a_hundred_and_twenty_pages_are_open_and_they_are_told(
    place: Place,
) -> None:
    with web_server(place) as web, Person(web.address, WRITERS[0]) as person:
        person.sign_in()
        with open_pages(person, PAGES) as pages:
            started = time.monotonic()
            key, until = new_key(), time.monotonic() + 30
            person.open_case(enterprise_id=enterprise_of(place), key=key, until=until)
            seconds = time.monotonic() - started
            wait_until(
                lambda: all("desk" in page.told for page in pages), "the pages are told", seconds=15
            )
            connections = connections_of(place)

    assert seconds < 5
    assert connections < 10


def connections_of(place: Place) -> int:
    """Return how many connections to the place's database are open; SQLite has no list of them."""
    if not place.database:
        return 0
    [(number,)] = place.rows(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
        place.database,
    )
    return int(number)
