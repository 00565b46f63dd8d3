from __future__ import annotations

import pytest

from shuniu.zone.kernel import clock
from shuniu.zone.registry.models import ProfileVersion
from tests.factories import THURSDAY_10
from tests.hall.people import People, people_of_hall


@pytest.fixture
def people(zone: ProfileVersion) -> People:  # noqa: ARG001  # the offices come with the zone
    """The people who meet in the service hall, in the Haimen zone."""
    return people_of_hall()


@pytest.fixture(autouse=True)
def _on_that_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the hall be open on one morning, so that no day ends in the middle of a test."""
    monkeypatch.setattr(clock, "now", lambda: THURSDAY_10)
