"""A call-back through the pages: what was confirmed turns out unsolved, and goes round again."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.desk.people import People, people_of_the_desk
from tests.factories import columns, office
from tests.flows.test_main_line import (
    Watch,
    answered,
    given_out,
    kinds,
    my_turn,
    page,
    sent_by,
    take,
)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr("shuniu.zone.kernel.clock.now", watch)
    return watch


@pytest.fixture
def people(zone: object) -> People:  # noqa: ARG001  # the offices come with the zone
    return people_of_the_desk()


def test_what_was_rated_badly_is_called_back_about_and_opened_again_until_it_is_solved(
    people: People, watch: Watch
) -> None:
    case = sent_by(people)
    given_out(people, case)
    answered(people, case, "已修好")
    take(people.member, case, "confirm", solved="yes", rating="2")
    url = reverse("desk:call-back-list")

    # The bad grade puts it on the list; the unit is offered no call-back.
    watch.shows("20 09:00")
    assert case.number in page(people.supervisor, url)
    offered = reverse("desk:case-step", args=[case.pk, "call-back"])
    assert offered not in page(people.handler, reverse("desk:case-page", args=[case.pk]))

    # The enterprise says that it is not solved: it is open again, one level up.
    take(people.supervisor, case, "call-back", solved="no", rating="1", text="两盏又灭了")
    assert (my_turn(people.supervisor), case.number in page(people.supervisor, url)) == (
        [case.number],
        False,
    )

    # Another round, and the next call-back hears that it is solved now.
    take(people.supervisor, case, "dispatch", unit=office("planning_bureau").pk)
    answered(people, case, "更换了电缆")
    take(people.member, case, "confirm", solved="yes", rating="4")
    take(people.clerk, case, "call-back", solved="yes", rating="4", text="都亮了")
    assert columns(case, ["state", "solved", "round"]) == {
        "state": "CLOSED",
        "solved": "yes",
        "round": 2,
    }
    heard = page(people.leader, f"{url}?which=all")
    assert "50.0%" in heard
    assert [kind for kind in kinds(case) if kind.startswith("called_back")] == [
        "called_back_unsolved",
        "called_back",
    ]
