"""Two supervisors at once: one strikes the item off, the other learns who was faster."""

from __future__ import annotations

from functools import partial

import pytest

from shuniu.zone.hangs import services
from shuniu.zone.hangs.choices import HangState
from shuniu.zone.hangs.models import Hang
from shuniu.zone.kernel.models import Fact
from tests.desk.at_once import at_once
from tests.factories import THURSDAY_10
from tests.hangs.people import called_back, people_of_hangs

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8


@pytest.mark.usefixtures("shared_database", "zone")
def test_of_two_who_strike_it_off_one_does_and_the_other_learns_who_was_faster() -> None:
    people = people_of_hangs()
    both = (people.supervisor, people.second)

    for _round in range(ROUNDS):
        hang = called_back(people)
        got = at_once(
            [
                partial(services.strike_off, hang_id=hang.pk, actor=one, now=THURSDAY_10)
                for one in both
            ]
        )

        winners = [one for one, what in zip(both, got, strict=True) if isinstance(what, Hang)]
        losses = [what for what in got if not isinstance(what, Hang)]
        assert len(winners) == 1
        assert [(type(loss), loss.places) for loss in losses] == [
            (
                services.NotPossibleNow,
                {
                    "hang": hang.number,
                    "state": HangState.STRUCK.label,
                    "who": winners[0].name,
                },
            )
        ]
        told = Fact.objects.filter(kind="hangs.hang.struck", subject=f"hangs.hang:{hang.pk}")
        assert [fact.actor_id for fact in told] == [winners[0].pk]
        hang.refresh_from_db()
        assert hang.struck_by == winners[0]


@pytest.mark.usefixtures("shared_database", "zone")
def test_striking_off_and_refusing_at_once_is_one_of_the_two() -> None:
    people = people_of_hangs()

    for _round in range(ROUNDS):
        hang = called_back(people)
        got = at_once(
            [
                partial(
                    services.strike_off, hang_id=hang.pk, actor=people.supervisor, now=THURSDAY_10
                ),
                partial(
                    services.refuse_strike,
                    hang_id=hang.pk,
                    text="还没通电。",
                    actor=people.second,
                    now=THURSDAY_10,
                ),
            ]
        )

        hang.refresh_from_db()
        assert sum(isinstance(what, Hang) for what in got) == 1
        is_struck = isinstance(got[0], Hang)
        assert hang.state == (HangState.STRUCK if is_struck else HangState.OPEN)
        assert (hang.round, hang.struck_by) == ((1, people.supervisor) if is_struck else (2, None))
