from __future__ import annotations

import pytest

from shuniu.zone.registry.models import ProfileVersion
from tests.hall.people import People, people_of_hall


@pytest.fixture
def people(zone: ProfileVersion) -> People:  # noqa: ARG001  # the offices come with the zone
    """The people who meet in the service hall, in the Haimen zone."""
    return people_of_hall()
