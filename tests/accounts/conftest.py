from __future__ import annotations

import pytest

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import User
from shuniu.zone.registry.models import ProfileVersion
from tests.accounts.door import Moment, opened
from tests.clients import Client


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Moment:
    """The time that the pages believe it is: Thursday at ten, until the test lets it pass."""
    moment = Moment()
    monkeypatch.setattr("shuniu.zone.kernel.clock.now", lambda: moment.at)
    return moment


@pytest.fixture
def carrier(zone: ProfileVersion, moment: Moment) -> User:  # noqa: ARG001  # the zone is there first
    """Somebody whose role needs no second factor and leads to no other page."""
    return opened(Role.CARRIER)


@pytest.fixture
def inside(client: Client, carrier: User) -> Client:
    """A browser in which that person has signed in at ten."""
    client.force_login(carrier)
    return client
