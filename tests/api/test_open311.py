"""Open311: off by default; then kinds, units, states and times, and nothing of anybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client

from shuniu.zone.desk.choices import CaseState, Sensitivity
from shuniu.zone.kernel import clock
from tests.factories import CaseFactory, office

pytestmark = pytest.mark.django_db
ADDRESSES = (
    "/open311/v2/services.json",
    "/open311/v2/requests.xml",
    "/open311/v2/requests/QS-20261120-0001.json",
)


@pytest.fixture
def _on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, is_open311=True))


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_given_out_unless_it_was_turned_on(address: str) -> None:
    CaseFactory.create(category="municipal")

    assert Client().get(address).status_code == 404


@pytest.mark.usefixtures("_on")
def test_a_case_is_given_out_without_words_and_names() -> None:
    case = CaseFactory.create(
        category="municipal",
        text="请打 13800138000 找王小明",
        location_note="3 号楼",
        state=CaseState.DISPATCHED,
        lead_unit=office("econ_bureau"),
        submitted_at=clock.now(),
    )

    answer = Client().get("/open311/v2/requests.json", headers={"Accept-Language": "en"})

    [row] = answer.json()
    assert (row["service_request_id"], row["status"], row["service_code"]) == (
        case.number,
        "open",
        "municipal",
    )
    assert row["status_notes"] == "dispatched"
    words = (case.text, case.enterprise.name, "王小明", "13800138000", "3 号楼")
    assert [word for word in words if word in answer.content.decode()] == []


@pytest.mark.usefixtures("_on")
@pytest.mark.parametrize("kind", [one for one in Sensitivity if one != Sensitivity.NORMAL])
def test_confidential_cases_are_never_given_out(kind: Sensitivity) -> None:
    case = CaseFactory.create(
        category="municipal", sensitivity=kind, lead_unit=office("discipline_group"),
        submitted_at=clock.now(),
    )  # fmt: skip

    assert Client().get("/open311/v2/requests.json").json() == []
    assert Client().get(f"/open311/v2/requests/{case.number}.json").status_code == 404


@pytest.mark.usefixtures("_on")
def test_the_window_is_ninety_days() -> None:
    CaseFactory.create(category="municipal", submitted_at=clock.now() - timedelta(days=91))
    too_long = "start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z"

    assert Client().get("/open311/v2/requests.json").json() == []
    assert Client().get(f"/open311/v2/requests.json?{too_long}").status_code == 400
    assert Client().get("/open311/v2/requests.json?start_date=yesterday").status_code == 400
    assert Client().get("/open311/v2/requests.json?status=lost").status_code == 400


@pytest.mark.usefixtures("_on")
def test_xml_says_the_same() -> None:
    case = CaseFactory.create(category="municipal", submitted_at=clock.now())

    root = ET.fromstring(Client().get(f"/open311/v2/requests/{case.number}.xml").content)  # noqa: S314  # our own answer

    assert root.tag == "service_requests"
    assert root.findtext("request/service_request_id") == case.number
