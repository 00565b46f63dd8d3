"""The service hall of the demo: what can be done there, and who came this morning."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import pytest

from shuniu.demo.hall import ITEMS, make_catalogue, make_queue
from shuniu.zone.hall.models import ServiceItem
from shuniu.zone.hall.queries import day_summary
from shuniu.zone.kernel.clock import day_of
from tests.factories import THURSDAY_10
from tests.hall.people import People

MIDNIGHT = THURSDAY_10.replace(hour=0)


def test_each_item_of_the_catalogue_has_the_unit_that_does_it(
    people: People,  # noqa: ARG001  # the units come with the zone
) -> None:
    make_catalogue(THURSDAY_10)

    units = {item.name: item.unit.code for item in ServiceItem.objects.select_related("unit")}
    assert units == {name: unit for unit, name, *_rest in ITEMS}
    assert len(units) == 30


@pytest.mark.parametrize(
    ("now", "tickets"),
    [(THURSDAY_10, 20), (MIDNIGHT, 0), (MIDNIGHT + timedelta(minutes=50), 8)],
)
def test_who_came_in_the_last_two_hours_of_the_day_was_called_or_waits(
    people: People, now: datetime, tickets: int
) -> None:
    came = make_queue([people.clerk], Random(7), now)  # noqa: S311  # the same for the same seed

    assert (came, day_summary(day_of(now)).tickets) == (tickets, tickets)
