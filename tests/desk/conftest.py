from __future__ import annotations

import pytest

from shuniu.zone.registry.models import ProfileVersion
from tests.desk.people import People, people_of_the_desk
from tests.sharing import shared_database

__all__ = ["shared_database"]


@pytest.fixture
def people(zone: ProfileVersion) -> People:  # noqa: ARG001  # the offices come with the zone
    """One person of each kind that a case meets, in the Haimen zone."""
    return people_of_the_desk()


@pytest.fixture
def together(shared_database: None, zone: ProfileVersion) -> People:  # noqa: ARG001  # in this order
    """The people of the desk in a database that threads share."""
    return people_of_the_desk()
