from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.base.stopping import Rounds
from shuniu.engines.loadmatch import live
from shuniu.engines.loadmatch.check import broken_rule
from shuniu.engines.loadmatch.live import Change, LiveDay
from shuniu.engines.loadmatch.problem import Problem, Shipment, Trip
from shuniu.engines.loadmatch.solve import solve

# Places 0 to 4 stand on a road, 10 km apart.
ROAD_M = 10_000 * np.abs(np.arange(5)[:, None] - np.arange(5)[None, :])
TRIP = Trip("T", 0, 4, 0, 1000, 20_000, 1000, 1000, 20_000, 100)
LOT = Shipment("S", 1, 3, 0, 20_000, 0, 20_000, 600, 100, 5000)


def day(trips: list[Trip], lots: list[Shipment]) -> LiveDay:
    problem = Problem(tuple(trips), tuple(lots), ROAD_M, ROAD_M // 10, 100)
    return LiveDay(problem, solve(problem, Rounds(30), seed=1), seed=1)


def random_lot(chance: np.random.Generator, key: str) -> Shipment:
    pickup, delivery = chance.choice(5, 2, replace=False).tolist()
    early, value_fen = int(chance.integers(0, 8000)), int(chance.integers(500, 6000))
    late = early + int(chance.integers(1000, 9000))
    window = (early, late, early, late + 6000)
    needs = frozenset({"tail_lift"} if chance.random() < 0.2 else ())
    kg = int(chance.integers(50, 700))
    return Shipment(key, pickup, delivery, *window, kg, 50, value_fen, needs)


def random_trip(chance: np.random.Generator, key: str) -> Trip:
    start, end = chance.choice(5, 2, replace=False).tolist()
    early = int(chance.integers(0, 6000))
    has = frozenset({"tail_lift"} if chance.random() < 0.5 else ())
    return Trip(key, start, end, early, early + 1000, early + 12_000, 1000, 900, 30_000, 100, has)


def random_changes(seed: int, count: int) -> tuple[LiveDay, list[Change]]:
    """A day with so many random changes, and what they did."""
    chance = np.random.default_rng(seed)
    now = day([random_trip(chance, f"T{n}") for n in range(3)], [])
    changes: list[Change] = []
    lots: list[str] = []
    trips = ["T0", "T1", "T2"]
    for n in range(count):
        what = chance.random()
        if what < 0.55 or not lots:
            changes.append(now.arrive(random_lot(chance, f"S{n}")))
            lots.append(f"S{n}")
        elif what < 0.7:
            changes.append(now.amend(random_lot(chance, str(chance.choice(lots)))))
        elif what < 0.85:
            changes.append(now.withdraw(lots.pop(int(chance.integers(len(lots))))))
        elif what < 0.93 or not trips:
            changes.append(now.trip_arrives(random_trip(chance, f"N{n}")))
            trips.append(f"N{n}")
        else:
            changes.append(now.trip_leaves(trips.pop(int(chance.integers(len(trips))))))
    return now, changes


def test_a_shipment_that_comes_rides_at_once() -> None:
    now = day([TRIP], [])

    change = now.arrive(LOT)

    assert change == Change(("T",), 5000.0)
    assert (now.trip_of("S"), now.saving_fen) == ("T", 5000.0)


def test_a_shipment_that_is_worth_more_takes_the_place_of_another() -> None:
    now = day([TRIP], [LOT])

    change = now.arrive(replace(LOT, id="B", value_fen=9000))

    assert change == Change(("T",), 4000.0)
    assert (now.trip_of("S"), now.trip_of("B")) == (None, "T")


def test_the_room_of_a_withdrawn_shipment_is_given_to_another() -> None:
    now = day([TRIP], [LOT, replace(LOT, id="B", value_fen=4000)])

    change = now.withdraw("S")

    assert change == Change(("T",), -1000.0)
    assert now.trip_of("B") == "T"
    assert [lot.id for lot in now.problem().shipments] == ["B"]


def test_a_shipment_that_grows_too_heavy_stays_behind() -> None:
    now = day([TRIP], [LOT])

    change = now.amend(replace(LOT, kg=1001))

    assert change == Change(("T",), -5000.0)
    assert now.trip_of("S") is None


def test_a_trip_that_comes_takes_what_waits() -> None:
    now = day([], [LOT])

    change = now.trip_arrives(TRIP)

    assert change == Change(("T",), 5000.0)
    assert now.trip_of("S") == "T"


def test_the_lots_of_a_trip_that_leaves_look_for_another() -> None:
    now = day([TRIP, replace(TRIP, id="U", origin=1, cost_fen_per_km=200)], [LOT])
    left, other = ("T", "U") if now.trip_of("S") == "T" else ("U", "T")

    change = now.trip_leaves(left)

    assert change == Change((other,), 0.0)
    assert now.trip_of("S") == other
    assert [trip.id for trip in now.problem().trips] == [other]


def test_a_shipment_that_no_truck_may_carry_changes_nothing() -> None:
    now = day([TRIP], [LOT])

    change = now.arrive(replace(LOT, id="B", requires=frozenset({"cooling"})))

    assert change == Change((), 0.0)
    assert now.trip_of("B") is None


def test_the_day_is_laid_out_anew_when_its_spare_places_are_used_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(live, "SPARE_LOTS", 1)
    monkeypatch.setattr(live, "SPARE_TRIPS", 1)
    now = day([TRIP], [])

    for n in range(3):
        now.arrive(replace(LOT, id=f"S{n}", kg=300))
        now.trip_arrives(replace(TRIP, id=f"N{n}"))
        now.amend(replace(LOT, id=f"S{n}", kg=200))

    assert now.saving_fen == 15_000
    assert broken_rule(now.problem(), now.plan()) is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda now: now.arrive(LOT), "shipment S: this id occurs twice."),
        (lambda now: now.trip_arrives(TRIP), "trip T: this id occurs twice."),
        (lambda now: now.withdraw("B"), "shipment B: no such shipment is in the day."),
        (lambda now: now.trip_leaves("U"), "trip U: no such trip is in the day."),
        (
            lambda now: now.arrive(replace(LOT, id="B", delivery=5)),
            "shipment B: location 5; there are 5 from 0 on.",
        ),
    ],
)
def test_a_change_that_cannot_be_is_refused_with_its_place(change: object, sentence: str) -> None:
    now = day([TRIP], [LOT])

    with pytest.raises(InvalidProblem) as refused:
        change(now)  # type: ignore[operator]

    assert str(refused.value) == sentence
    assert now.saving_fen == 5000


@settings(max_examples=20)
@given(st.integers(0, 10**6))
def test_after_any_changes_the_plan_is_accepted_by_the_independent_checker(seed: int) -> None:
    now, changes = random_changes(seed, 25)

    plan = now.plan()

    assert broken_rule(now.problem(), plan) is None
    assert plan.saving_fen == pytest.approx(now.saving_fen, abs=0.01)
    assert sum(change.gain_fen for change in changes) == pytest.approx(now.saving_fen, abs=0.01)


def test_the_same_changes_give_the_same_routes() -> None:
    first, changes = random_changes(5, 30)
    second, again = random_changes(5, 30)

    assert (changes, first.plan()) == (again, second.plan())
