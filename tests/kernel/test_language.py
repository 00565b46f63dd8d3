"""Pages speak the zone's language until a person chooses another."""

from __future__ import annotations

import pytest

from shuniu.profiles.load import load_profile
from shuniu.zone.registry.models import ProfileVersion
from shuniu.zone.registry.services import put_profile_in_force
from tests.clients import Client
from tests.factories import THURSDAY_10

pytestmark = [
    pytest.mark.urls("tests.kernel.pages"),
    pytest.mark.usefixtures("fresh_profiles"),
    pytest.mark.django_db,
]


def said(client: Client, **headers: str) -> tuple[str, str]:
    page = client.get("/speak/", headers=headers)
    return page.text, page["Content-Language"]


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("wanted", ["", "en-US,en;q=0.9", "de"])
def test_a_chinese_zone_speaks_chinese_whatever_the_browser_prefers(
    client: Client, wanted: str
) -> None:
    assert said(client, accept_language=wanted) == ("登录", "zh-hans")


@pytest.mark.usefixtures("zone")
def test_a_person_can_choose_english_and_chinese_again(client: Client) -> None:
    client.post("/language/", {"language": "en"})
    in_english = said(client)
    client.post("/language/", {"language": "zh-hans"})

    assert (in_english, said(client)) == (("Sign in", "en"), ("登录", "zh-hans"))


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("value", ["fr", "", "../en", "EN"])
def test_a_language_that_is_not_offered_is_not_remembered(client: Client, value: str) -> None:
    answer = client.post("/language/", {"language": value})

    assert (answer.status_code, "language" in answer.cookies) == (302, False)
    client.cookies["language"] = value
    assert said(client) == ("登录", "zh-hans")


def test_a_zone_that_speaks_english_does(client: Client, zone: ProfileVersion) -> None:  # noqa: ARG001  # the one before
    put_profile_in_force(profile=load_profile("generic"), actor=None, now=THURSDAY_10)

    assert said(client) == ("Sign in", "en")


def test_before_the_zone_is_set_up_pages_speak_chinese(client: Client) -> None:
    ProfileVersion.objects.all().delete()

    assert said(client) == ("登录", "zh-hans")
