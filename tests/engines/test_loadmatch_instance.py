from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import numpy as np
import pytest

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.loadmatch import instance as module
from shuniu.engines.loadmatch.instance import great_circle_m, problem_from_text, text_of_plan
from shuniu.engines.loadmatch.plan import Action, Plan, Reason, Route, Stop, Unplanned

DAY: dict[str, Any] = {
    "format": "shuniu-freight/1",
    "locations": [[121.0, 31.0], [121.0, 32.0]],
    "travel": {"circuity": 1.3, "speed_kmh": 55},
    "service_s": 900,
    "trips": [
        {
            "id": "T0",
            "origin": 0,
            "destination": 1,
            "depart_earliest_s": 0,
            "depart_latest_s": 100,
            "arrive_latest_s": 20_000,
            "spare_kg": 800,
            "spare_dm3": 4000,
            "max_detour_m": 30_000,
            "cost_fen_per_km": 360,
            "attributes": ["flatbed"],
        }
    ],
    "shipments": [
        {
            "id": "S0",
            "pickup": 0,
            "delivery": 1,
            "pickup_earliest_s": 0,
            "pickup_latest_s": 5000,
            "delivery_earliest_s": 0,
            "delivery_latest_s": 20_000,
            "kg": 600,
            "dm3": 200,
            "requires": ["flatbed"],
            "value_fen": 7500,
        }
    ],
}


def test_an_instance_is_read_with_its_ways_in_whole_metres_and_seconds() -> None:
    problem = problem_from_text(json.dumps(DAY))

    degree_m = round(6_371_000 * np.pi / 180 * 1.3)
    assert problem.distance_m.tolist() == [[0, degree_m], [degree_m, 0]]
    assert problem.duration_s[0, 1] == round(degree_m / (55 / 3.6))
    assert (problem.service_s, problem.trips[0].spare_kg) == (900, 800)
    assert problem.shipments[0].requires == {"flatbed"}


def test_a_quarter_of_the_equator_is_ten_thousand_kilometres() -> None:
    quarter = great_circle_m(np.array([[0.0, 0.0], [90.0, 0.0]]))

    assert round(quarter[0, 1]) == round(6_371_000 * np.pi / 2)


def test_given_matrices_are_taken_as_they_are() -> None:
    day = DAY | {"travel": {"distance_m": [[0, 7], [8, 0]], "duration_s": [[0, 1], [2, 0]]}}

    problem = problem_from_text(json.dumps(day))

    assert problem.distance_m.tolist() == [[0, 7], [8, 0]]
    assert problem.duration_s.tolist() == [[0, 1], [2, 0]]


def test_a_plan_is_written_in_its_format() -> None:
    stops = (Stop(Action.PICKUP, "S0"), Stop(Action.DELIVERY, "S0"))
    left = Unplanned("S1", Reason.ROOM_IS_USED_FOR_OTHERS)
    plan = Plan((Route("T0", stops, 0, 7500.0),), 7500.0, 8000.0, (left,))

    assert json.loads(text_of_plan(plan)) == {
        "format": "shuniu-freight-plan/1",
        "saving_fen": 7500.0,
        "upper_bound_fen": 8000.0,
        "routes": [{"trip": "T0", "stops": [["pickup", "S0"], ["delivery", "S0"]]}],
        "unplanned": [{"shipment": "S1", "reason": "room_is_used_for_others"}],
    }


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("format",), "other/2", r"format is 'other/2'; this reads 'shuniu-freight/1'"),
        (("locations",), None, "instance: locations is missing, or not a list"),
        (("locations", 1), [121.0], r"locations\[1\] is \[121.0\]; it must be \[longitude"),
        (("locations", 1, 0), float("nan"), r"locations\[1\] .* two finite numbers"),
        (("locations", 1, 0), 10**400, r"locations\[1\] .* two finite numbers"),
        (("locations", 1, 0), True, r"locations\[1\] .* two finite numbers"),
        (("locations", 1, 0), 181, r"locations\[1\] .* no such place is on Earth"),
        (("travel",), 3, "travel: missing, or not an object"),
        (("travel", "speed_kmh"), 0, "travel: speed_kmh is 0; it must be a number above 0"),
        (
            ("travel", "speed_kmh"),
            1e-300,
            "travel: half around the Earth takes more than",
        ),
        (("travel", "circuity"), 1e308, "travel: half around the Earth takes more than"),
        (("travel", "distance_m"), [[0]], "travel: distance_m has 1 rows for 2 locations"),
        (("travel", "distance_m"), [[0], [0]], r"travel: distance_m\[0\] must have 2 entries"),
        (
            ("travel", "distance_m"),
            [[0, float("nan")], [0, 0]],
            r"travel: distance_m\[0\]\[1\] is nan; it must be a whole number",
        ),
        (("service_s",), 1.5, "instance: service_s is 1.5; it must be a whole number"),
        (("trips", 0), 7, r"trips\[0\]: not an object"),
        (("trips", 0, "id"), 7, r"trips\[0\]: id is 7; it must be a text"),
        (("trips", 0, "spare_kg"), -1, "trip T0: spare_kg is -1"),
        (("trips", 0, "spare_kg"), True, "trip T0: spare_kg is True; it must be a whole number"),
        (("trips", 0, "attributes"), [1], "trip T0: attributes must be a list of texts"),
        (("shipments", 0, "pickup"), 2, "shipment S0: pickup is location 2"),
        (("shipments", 0, "requires"), None, "shipment S0: requires is missing, or not a list"),
        (("shipments", 0, "delivery_latest_s"), -1, "shipment S0: delivery_latest_s -1 lies"),
    ],
)
def test_a_mistake_is_refused_with_its_place(
    path: tuple[str | int, ...], value: Any, sentence: str
) -> None:
    day: Any = deepcopy(DAY)
    at = day
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value

    with pytest.raises(InvalidProblem, match=f"^{sentence}"):
        problem_from_text(json.dumps(day))


def test_a_missing_number_is_named() -> None:
    day = deepcopy(DAY)
    del day["shipments"][0]["kg"]

    with pytest.raises(InvalidProblem, match=r"^shipment S0: kg is missing\.$"):
        problem_from_text(json.dumps(day))


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "1" * 5000])
def test_what_is_not_json_is_refused(text: str) -> None:
    with pytest.raises(InvalidProblem, match=r"^instance: not JSON \("):
        problem_from_text(text)


def test_a_list_is_no_instance() -> None:
    with pytest.raises(InvalidProblem, match=r"^instance: not a JSON object\.$"):
        problem_from_text("[]")


def test_an_empty_day_is_refused() -> None:
    day: Any = deepcopy(DAY) | {"trips": [], "shipments": []}

    with pytest.raises(InvalidProblem, match=r"^instance: the day is empty"):
        problem_from_text(json.dumps(day))


def test_too_many_locations_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_LOCATIONS", 1)

    with pytest.raises(InvalidProblem, match=r"^locations: 2; this solver takes 1 at most\.$"):
        problem_from_text(json.dumps(DAY))
