"""The suite runs where it says that it runs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_the_one_that_was_asked_for() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")

    assert connection.vendor == os.environ.get("TEST_DATABASE", "sqlite")


def test_the_data_folder_belongs_to_this_run() -> None:
    assert Path(os.environ["TEST_FOLDER"]).resolve() in settings.ENVIRONMENT.home.parents
