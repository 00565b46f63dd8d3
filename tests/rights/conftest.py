from __future__ import annotations

import pytest
from django.test import client as test_client

from shuniu.zone.kernel import live
from shuniu.zone.registry.models import ProfileVersion
from tests.rights.matrix import Matrix
from tests.rights.world import make_world
from tests.sharing import shared_database

__all__ = ["matrix", "shared_database"]


@pytest.fixture
def matrix(zone: ProfileVersion, monkeypatch: pytest.MonkeyPatch) -> Matrix:  # noqa: ARG001  # the zone is there first
    """A world with a person of each role, all of them signed in."""
    monkeypatch.setattr(live, "hand_back", lambda: None)  # the test needs its own
    # Nobody looks at the contexts of the templates, which would be copied for each part of a page.
    monkeypatch.setattr(test_client, "store_rendered_templates", lambda *_given, **_named: None)
    return Matrix(make_world())
