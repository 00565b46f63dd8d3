from __future__ import annotations

import pytest

from shuniu.zone.registry.models import ProfileVersion
from tests.hangs.people import People, people_of_hangs
from tests.sharing import shared_database

__all__ = ["shared_database"]


@pytest.fixture
def people(zone: ProfileVersion) -> People:  # noqa: ARG001  # the offices come with the zone
    """The people that a hang meets, in the Haimen zone."""
    return people_of_hangs()
