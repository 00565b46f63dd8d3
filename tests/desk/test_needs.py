"""Sending a need with its files, and who gets the files."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from shuniu.zone.desk.choices import CaseState, Channel
from shuniu.zone.desk.models import Attachment, Case
from shuniu.zone.kernel import files
from shuniu.zone.kernel.models import Fact
from tests.clients import Client
from tests.desk.browsing import (
    KEY,
    PDF,
    page_url,
    signed_in,
    without_keys,
)
from tests.desk.people import (
    TEXT,
    People,
    accepted,
    case_in,
    dispatched,
    opened,
    replied,
    signed,
)
from tests.factories import THURSDAY_10
from tests.kernel.uploads import POSITION, picture


@pytest.fixture(autouse=True)
def _on_thursday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shuniu.zone.kernel.clock.now", lambda: THURSDAY_10)


def send(client: Client, people: People, **given: Any) -> Any:
    fields = {"text": TEXT, "enterprise": people.enterprise.pk, "idempotency_key": KEY}
    return client.post(reverse("desk:need"), fields | given)


def test_a_need_with_a_photo_and_a_paper_opens_a_case(people: People) -> None:
    uploads = [
        SimpleUploadedFile("现场.jpg", picture("JPEG"), "image/jpeg"),
        SimpleUploadedFile("说明.pdf", PDF, "application/pdf"),
    ]
    client = signed_in(people.member)

    answer = send(client, people, uploads=uploads)

    case = Case.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, page_url(case))
    assert [(a.name, a.content_type) for a in case.attachments.order_by("pk")] == [
        ("现场.jpg", "image/jpeg"),
        ("说明.pdf", "application/pdf"),
    ]
    page = client.get(page_url(case))
    assert (case.number in page.text, "现场.jpg" in page.text) == (True, True)


def test_a_photo_is_stored_without_where_it_was_taken(people: People) -> None:
    sent = picture("JPEG")
    send(signed_in(people.member), people, uploads=SimpleUploadedFile("现场.jpg", sent))

    with files.open_stored(Attachment.objects.get().path) as stored, Image.open(stored) as photo:
        assert (len(photo.getexif()), photo.format) == (0, "JPEG")
    with files.open_stored(Attachment.objects.get().path) as stored:
        kept = stored.read()
    assert (POSITION.encode() in sent, POSITION.encode() in kept) == (True, False)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html><script>alert(1)</script>"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.exe", b"MZ" + b"\x00" * 100),
        ("a.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 50),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_and_the_words_stay(
    people: People, name: str, content: bytes
) -> None:
    answer = send(signed_in(people.member), people, uploads=SimpleUploadedFile(name, content))

    assert answer.status_code == 422
    assert (TEXT in answer.text, f"“{name}”" in unescape(answer.text)) == (True, True)
    assert (Case.objects.count(), Fact.objects.filter(kind="desk.case.opened").count()) == (0, 0)


def test_a_text_that_is_too_long_is_refused_and_stays_in_the_form(people: People) -> None:
    text = "路" * 5_001

    answer = send(signed_in(people.member), people, text=text)

    assert answer.status_code == 422
    assert (text in answer.text, "5001" in answer.text, "5000" in answer.text) == (True,) * 3
    assert Case.objects.count() == 0


def test_a_clerk_keeps_what_was_typed_when_it_is_refused(people: People) -> None:
    fields = {
        "enterprise": people.enterprise.name,
        "channel": Channel.PHONE,
        "text": "路" * 5_001,
        "idempotency_key": KEY,
    }
    client = signed_in(people.clerk)

    refused = client.post(reverse("desk:need-for-enterprise"), fields)
    sent = client.post(reverse("desk:need-for-enterprise"), fields | {"text": TEXT})

    assert (refused.status_code, fields["text"] in refused.text) == (422, True)
    case = Case.objects.get()
    assert (sent.status_code, case.channel, case.opened_by) == (302, Channel.PHONE, people.clerk)


def test_a_clerk_who_names_no_known_enterprise_is_told_so(people: People) -> None:
    answer = signed_in(people.clerk).post(
        reverse("desk:need-for-enterprise"),
        {"enterprise": "不存在公司", "channel": "phone", "text": TEXT, "idempotency_key": KEY},
    )

    assert (answer.status_code, TEXT in answer.text) == (422, True)
    assert Case.objects.count() == 0


def test_an_enterprise_cannot_write_for_another(people: People) -> None:
    other = people.stranger.memberships.get().enterprise_id

    answer = send(signed_in(people.member), people, enterprise=other)

    assert (answer.status_code, Case.objects.count()) == (422, 0)


@pytest.mark.parametrize("who", ["clerk", "handler", "supervisor", "leader"])
def test_staff_have_no_need_of_their_own(people: People, who: str) -> None:
    answer = signed_in(getattr(people, who)).get(reverse("desk:need"))

    assert answer.status_code == 403


@pytest.mark.parametrize("who", ["member", "handler", "supervisor", "leader"])
def test_only_the_center_writes_for_enterprises(people: People, who: str) -> None:
    answer = signed_in(getattr(people, who)).get(reverse("desk:need-for-enterprise"))

    assert answer.status_code == 403


def test_the_home_tells_which_answers_wait_and_what_is_on_its_way(people: People) -> None:
    waiting, moving = replied(people), dispatched(people)
    over = case_in(CaseState.CLOSED, people)

    page = signed_in(people.member).get(reverse("desk:need"))

    assert [case.number in page.text for case in (waiting, moving, over)] == [True, True, False]


def attached(people: People, name: str, content: bytes) -> Attachment:
    case = opened(people, uploads=[SimpleUploadedFile(name, content)])
    return case.attachments.get()


def file_url(row: Attachment) -> str:
    return reverse("desk:attachment", args=[row.pk])


def test_a_paper_is_sent_as_a_download_that_no_browser_opens(people: People) -> None:
    row = attached(people, "说明.pdf", PDF)

    answer = signed_in(people.member).get(file_url(row))

    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]  # it is streamed
    answer.close()
    names = ["X-Content-Type-Options", "Content-Type", "Content-Security-Policy", "Cache-Control"]
    assert [answer.headers[name] for name in names] == [
        "nosniff",
        "application/pdf",
        "default-src 'none'; sandbox",
        "private, no-store",
    ]
    assert answer.headers["Content-Disposition"].split(";")[0] == "attachment"


@pytest.mark.parametrize(("query", "how"), [("", "inline"), ("?download", "attachment")])
def test_a_picture_is_shown_or_downloaded(people: People, query: str, how: str) -> None:
    row = attached(people, "现场.png", picture("PNG"))

    answer = signed_in(people.clerk).get(file_url(row) + query)

    answer.close()
    assert answer.headers["Content-Disposition"].split(";")[0] == how
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("who", ["stranger", "handler", "inspector"])
def test_a_file_of_somebody_elses_case_looks_like_one_that_does_not_exist(
    people: People, who: str
) -> None:
    row = attached(people, "说明.pdf", PDF)
    client = signed_in(getattr(people, who))

    strange, nothing = client.get(file_url(row)), client.get(file_url(Attachment(pk=row.pk + 99)))

    assert (strange.status_code, nothing.status_code) == (404, 404)
    assert without_keys(strange.text) == without_keys(nothing.text)


def test_files_are_attached_from_the_page_of_the_case(people: People) -> None:
    case = signed(people)

    answer = signed_in(people.handler).post(
        reverse("desk:attachments-add", args=[case.pk]),
        {"uploads": SimpleUploadedFile("说明.pdf", PDF), "idempotency_key": KEY},
    )

    assert (answer.status_code, answer.headers["Location"]) == (302, page_url(case))
    assert case.attachments.get().added_by == people.handler


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("leader", 403)])
def test_files_are_not_attached_by_others(people: People, who: str, status: int) -> None:
    case = signed(people)

    answer = signed_in(getattr(people, who)).post(
        reverse("desk:attachments-add", args=[case.pk]),
        {"uploads": SimpleUploadedFile("说明.pdf", PDF), "idempotency_key": KEY},
    )

    assert (answer.status_code, case.attachments.count()) == (status, 0)


def test_going_back_and_sending_the_same_words_again_opens_no_second_case(
    people: People,
) -> None:
    client = signed_in(people.member)
    send(client, people)

    again = send(client, people, idempotency_key=f"{KEY}-2")

    case = Case.objects.get()
    assert again.status_code == 422
    assert case.number in unescape(again.text)
    assert TEXT in unescape(again.text)


def test_a_nul_among_the_words_is_left_out(people: People) -> None:
    send(signed_in(people.member), people, text="厂房\x00漏水")

    assert Case.objects.get().text == "厂房漏水"


def test_an_enterprise_is_found_however_wide_its_brackets_are(people: People) -> None:
    people.enterprise.name = "样例(南通)有限公司"
    people.enterprise.save()
    fields = {
        "enterprise": "样例（南通）有限公司",
        "channel": "phone",
        "text": TEXT,
        "idempotency_key": KEY,
    }

    signed_in(people.clerk).post(reverse("desk:need-for-enterprise"), fields)

    assert Case.objects.get().enterprise == people.enterprise


def test_the_form_of_dispatch_proposes_the_unit_of_the_category_that_was_accepted(
    people: People,
) -> None:
    case = accepted(people)
    case.suggestion = {
        "category": "trade",
        "unit_code": "customs_office",
        "top3": ["trade"],
        "urgency": "normal",
        "is_sure": True,
        "pieces": [],
    }
    case.category = "municipal"
    case.save()
    client = signed_in(people.clerk)

    page = client.get(page_url(case))
    form = page.context["offers"]["dispatch"]["form"]

    assert form.fields["unit"].initial.code == "planning_bureau"
