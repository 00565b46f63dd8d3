from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from shuniu.zone.accounts.models import User
from tests.clients import Client
from tests.factories import clerk
from tests.sharing import durable_database, fresh_profiles, shared_database

__all__ = ["durable_database", "fresh_profiles", "shared_database"]


@pytest.fixture
def uploads(settings: Any, tmp_path: Any) -> None:
    """A folder of its own for files."""
    settings.UPLOADS = tmp_path


@pytest.fixture
def english(client: Client) -> Iterator[None]:
    """Pages and findings in the language of the sources."""
    client.cookies["language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def someone(client: Client) -> User:
    user = clerk()
    client.force_login(user)
    return user
