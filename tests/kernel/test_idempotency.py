"""A form that is sent twice changes things once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.data_map import Removed
from shuniu.zone.kernel.models import Counter, KeptAnswer
from shuniu.zone.kernel.services import claim_key, purge_answers
from shuniu.zone.registry.models import ProfileVersion
from tests.clients import Client
from tests.factories import THURSDAY_10, UserFactory
from tests.sharing import at_once

pytestmark = pytest.mark.urls("tests.kernel.pages")
KEY = "0123456789abcdef"


@pytest.fixture
def person(client: Client, zone: ProfileVersion) -> User:  # noqa: ARG001  # the zone is there first
    user = UserFactory.create()
    client.force_login(user)
    return user


def counted() -> int:
    row = Counter.objects.filter(pk="test.pages").first()
    return row.value if row else 0


@pytest.mark.usefixtures("person")
def test_the_same_form_gets_the_same_answer_and_changes_things_once(client: Client) -> None:
    answers = [client.post("/count/", {"idempotency_key": KEY, "a": "1"}) for _ in range(3)]

    assert [(a.status_code, a.content) for a in answers] == [(200, b"number 1")] * 3
    assert counted() == 1


@pytest.mark.usefixtures("person")
def test_a_redirect_is_given_again_with_its_address(client: Client) -> None:
    form = {"idempotency_key": KEY, "answer": "redirect"}

    answers = [client.post("/count/", form) for _ in range(2)]

    assert [(a.status_code, a["Location"]) for a in answers] == [(302, "/counted/1/")] * 2


@pytest.mark.usefixtures("person")
def test_a_part_for_htmx_is_given_again_with_the_headers_that_steer_the_swap(
    client: Client,
) -> None:
    headers = {"HX-Request": "true", "Idempotency-Key": KEY}

    first, second = (client.post("/count/", {"answer": "part"}, headers=headers) for _ in range(2))

    assert second.text == first.text == "<p>第 1 个</p>"
    assert second["Content-Type"] == first["Content-Type"] == "text/html; charset=utf-8"
    assert second["HX-Trigger"] == "counted"
    assert "X-Other" not in second


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize(
    ("url", "fields"),
    [("/count/", {"a": "2"}), ("/count/", {"a": ["1", "1"]}), ("/count-too/", {"a": "1"})],
)
def test_the_key_of_another_form_is_refused(
    client: Client, url: str, fields: dict[str, Any]
) -> None:
    client.post("/count/", {"idempotency_key": KEY, "a": "1"})

    answer = client.post(url, {"idempotency_key": KEY, **fields})

    assert (answer.status_code, counted()) == (422, 1)


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize("key", ["", "short", "x" * 65])
def test_a_form_without_a_fitting_key_is_refused(client: Client, key: str) -> None:
    answer = client.post("/count/", {"idempotency_key": key})

    assert (answer.status_code, counted()) == (422, 0)


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"status": "400"}, 400),
        ({"status": "422"}, 422),
        ({"answer": "refuse"}, 409),
        ({"answer": "break"}, 500),
    ],
)
def test_a_refusal_changes_nothing_and_leaves_the_key_unused(
    client: Client, fields: dict[str, str], status: int
) -> None:
    client.raise_request_exception = False

    refused = client.post("/count/", {"idempotency_key": KEY, **fields})
    assert (refused.status_code, counted(), KeptAnswer.objects.count()) == (status, 0, 0)

    again = client.post("/count/", {"idempotency_key": KEY, "a": "better"})
    assert (again.status_code, again.content, counted()) == (200, b"number 1", 1)


@pytest.mark.usefixtures("person")
def test_the_keys_of_two_people_do_not_meet(client: Client) -> None:
    other = Client()
    other.force_login(UserFactory.create())

    answers = [who.post("/count/", {"idempotency_key": KEY}).content for who in (client, other)]

    assert answers == [b"number 1", b"number 2"]


@pytest.mark.usefixtures("person")
def test_what_may_be_repeated_freely_needs_no_key(client: Client) -> None:
    assert [client.post("/freely/").content for _ in range(2)] == [b"number 1", b"number 2"]
    assert client.post("/language/", {"language": "en"}).status_code == 302
    assert client.post("/theme/", {"theme": "dark"}).status_code == 302
    assert client.post("/sign-out/").status_code == 302
    assert KeptAnswer.objects.count() == 0


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize(
    ("name", "content", "status"),
    [("a.jpg", b"xy", 200), ("b.jpg", b"xy", 422), ("a.jpg", b"xyz", 422)],
)
def test_name_and_size_of_a_file_belong_to_what_was_sent(
    client: Client, name: str, content: bytes, status: int
) -> None:
    client.post("/count/", {"idempotency_key": KEY, "f": SimpleUploadedFile("a.jpg", b"xy")})

    answer = client.post(
        "/count/", {"idempotency_key": KEY, "f": SimpleUploadedFile(name, content)}
    )

    assert (answer.status_code, counted()) == (status, 1)


@pytest.mark.usefixtures("person")
def test_an_address_that_does_not_exist_is_not_found_with_or_without_a_key(
    client: Client,
) -> None:
    assert client.post("/nothing/").status_code == 404
    assert client.post("/nothing/", {"idempotency_key": KEY}).status_code == 404


def test_answers_are_forgotten_a_day_later_and_not_sooner(person: User) -> None:
    for hours, key in ((0, "old-key-1"), (1, "new-key-1")):
        made_at = THURSDAY_10 + timedelta(hours=hours)
        claim_key(actor=person, key=key, digest="d", now=made_at)

    cutoff = THURSDAY_10 + timedelta(seconds=1)
    removed = purge_answers(before=cutoff, limit=10, now=THURSDAY_10 + timedelta(days=1))

    assert removed == Removed((("kernel_keptanswer", 1),))
    assert list(KeptAnswer.objects.values_list("key", flat=True)) == ["new-key-1"]


@pytest.mark.usefixtures("shared_database", "zone")
def test_a_form_that_is_sent_four_times_at_once_changes_things_once() -> None:
    user = UserFactory.create()

    def send(_number: int) -> bytes:
        browser = Client()
        browser.cookies["sessionid"] = session
        return browser.post("/count/", {"idempotency_key": KEY}).content

    signed_in = Client()
    signed_in.force_login(user)
    session = signed_in.cookies["sessionid"].value

    assert at_once(4, send) == [b"number 1"] * 4
    assert (counted(), KeptAnswer.objects.count()) == (1, 1)
