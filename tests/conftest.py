from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from hypothesis import settings
from pytest_django.plugin import DjangoDbBlocker

from shuniu.profiles.load import load_profile
from shuniu.zone.kernel.models import Delivery
from shuniu.zone.registry import queries as registry
from shuniu.zone.registry import services
from shuniu.zone.registry.models import ProfileVersion
from tests.clients import Client
from tests.factories import THURSDAY_10
from tests.sharing import forget_profiles

# Every run tries the same examples, however slow the machine; the drills look for new ones.
settings.register_profile("same", deadline=None, derandomize=True, database=None)
settings.register_profile("new", deadline=None, database=None)
settings.load_profile("same")


def _set_up_zone() -> ProfileVersion:
    services.load_chinese_holidays(actor=None, now=THURSDAY_10)
    version = services.put_profile_in_force(
        profile=load_profile("haimen"), actor=None, now=THURSDAY_10
    )
    Delivery.objects.all().delete()  # nobody is there yet for whom a clock could change
    return version


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:  # noqa: ARG001  # extends the fixture of the same name
    """Make the test database once, with the Haimen zone in it and nobody there."""
    with django_db_blocker.unblock():
        _set_up_zone()


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Compare passwords with the same function as the product, but with as little work as it can.

    What it costs in the product is measured by ``benchmarks/passwords.py``.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name, least in (("time_cost", 1), ("memory_cost", 8), ("parallelism", 1)):
            patch.setattr(Argon2PasswordHasher, name, least)
        yield


@pytest.fixture
def zone(db: None) -> ProfileVersion:  # noqa: ARG001  # the fixture opens the database
    """The Haimen zone with its holidays, offices and terms, and nobody in it.

    A test that commits for real empties the database behind itself; the next one sets it up again.
    """
    there = ProfileVersion.objects.first()
    if there is not None:
        return there
    forget_profiles()
    return _set_up_zone()


@pytest.fixture(autouse=True)
def no_profile_of_another_test() -> Iterator[None]:
    """Forget the profiles of a test that made some: SQLite gives their numbers away again."""
    yield
    if registry.profile_of.cache_info().currsize > 1:
        forget_profiles()


@pytest.fixture
def client() -> Client:
    """A browser; ``force_login`` signs somebody in who has passed the second factor."""
    return Client()
