from __future__ import annotations

import pytest

from shuniu.zone.registry.models import ProfileVersion


@pytest.fixture(autouse=True)
def _zone_first(request: pytest.FixtureRequest) -> None:
    """Set the zone up before every test that touches the database."""
    if request.node.get_closest_marker("django_db") is not None:
        found: ProfileVersion = request.getfixturevalue("zone")
        assert found.pk
