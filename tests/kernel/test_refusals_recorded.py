"""Each "no" that a signed-in person is told leaves one entry, which tells nothing but where."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shuniu.zone.accounts.models import User
from shuniu.zone.desk.choices import Sensitivity
from shuniu.zone.desk.models import Attachment, Case
from shuniu.zone.kernel import files
from shuniu.zone.kernel.models import Counter, Fact
from shuniu.zone.registry.models import ProfileVersion
from tests.clients import ADDRESS, Client
from tests.factories import (
    THURSDAY_10,
    CaseFactory,
    UserFactory,
    administrator,
    clerk,
    handler,
    leader,
    office,
)
from tests.kernel.uploads import pdf

KEY = "refused-0001"
WORDS = "电话15400012345"


def refusals() -> list[tuple[int | None, Any]]:
    """Return who was refused what, the oldest first."""
    rows = Fact.objects.filter(kind="kernel.request.refused").order_by("position")
    return [(fact.actor_id, fact.data) for fact in rows]


def signed_in(user: User, **how: Any) -> Client:
    client = Client(**how)
    client.force_login(user)
    return client


@pytest.mark.usefixtures("zone")
def test_a_page_for_others_leaves_one_entry() -> None:
    user = clerk()

    answer = signed_in(user).get(reverse("portal:system"))

    assert answer.status_code == 403
    assert refusals() == [
        (
            user.pk,
            {
                "address": "portal:system",
                "row": "",
                "method": "GET",
                "status": 403,
                "code": "kernel.forbidden",
            },
        )
    ]
    entry = Fact.objects.get(kind="kernel.request.refused")
    assert (entry.subject, entry.origin) == ("kernel.address:portal:system", "127.0.0.1")


@pytest.mark.usefixtures("zone")
def test_somebody_elses_row_leaves_its_number_and_no_words() -> None:
    user = handler("econ_bureau")
    case = CaseFactory.create(lead_unit=office("planning_bureau"))

    answer = signed_in(user).get(reverse("desk:case-page", args=[case.pk]), {"words": WORDS})

    assert answer.status_code == 404
    assert refusals() == [
        (
            user.pk,
            {
                "address": "desk:case-page",
                "row": f"case_id={case.pk}",
                "method": "GET",
                "status": 404,
                "code": "kernel.not_found",
            },
        )
    ]


@pytest.mark.usefixtures("zone")
def test_a_number_beyond_all_rows_is_not_written_down() -> None:
    signed_in(clerk()).get(reverse("desk:case-page", args=[10**30]))

    ((_who, data),) = refusals()
    assert (data["row"], data["status"]) == ("", 404)


@pytest.mark.django_db(transaction=True)
def test_a_refusal_that_undoes_its_change_is_recorded_all_the_same(zone: ProfileVersion) -> None:
    assert zone.pk
    user = administrator()

    answer = signed_in(user).post(
        reverse("portal:delivery-again", args=[7]), {"idempotency_key": KEY}
    )

    assert answer.status_code == 409
    ((who, data),) = refusals()
    assert (who, data["code"], data["method"]) == (user.pk, "portal.not_given_up", "POST")
    assert data["row"] == "delivery_id=7"


@pytest.mark.urls("tests.kernel.pages")
@pytest.mark.usefixtures("zone")
def test_what_a_command_did_before_it_refused_is_gone_and_the_entry_is_there() -> None:
    client = signed_in(UserFactory.create())

    for _again in range(2):
        client.post("/count/", {"idempotency_key": KEY, "answer": "refuse", "words": WORDS})

    assert [data["code"] for _who, data in refusals()] == ["test.too_late"] * 2
    assert not Counter.objects.filter(pk="test.pages").exists()
    assert WORDS not in str(refusals())


@pytest.mark.usefixtures("zone")
def test_a_form_without_its_token_or_its_key_leaves_one_entry_each() -> None:
    user = administrator()
    again = reverse("portal:delivery-again", args=[1])

    signed_in(user, enforce_csrf_checks=True).post(again, {"idempotency_key": KEY})
    signed_in(user).post(again)

    codes = [(data["code"], data["status"], data["row"]) for _who, data in refusals()]
    assert codes == [
        ("kernel.form_token_missing", 403, "delivery_id=1"),
        ("kernel.key_missing", 422, "delivery_id=1"),
    ]


@pytest.mark.usefixtures("zone")
def test_a_method_that_somebody_invented_is_not_written_down() -> None:
    client = signed_in(clerk(), enforce_csrf_checks=True)

    client.generic("X15400012345", reverse("portal:system"))

    ((_who, data),) = refusals()
    assert (data["method"], data["status"]) == ("OTHER", 403)


@pytest.mark.usefixtures("zone")
def test_what_is_no_refusal_leaves_nothing() -> None:
    client = signed_in(clerk())

    statuses = [
        client.get(reverse("kernel:health")).status_code,
        client.get("/no/such/address/").status_code,
        client.get(reverse("desk:case-list")).status_code,
        client.post(
            reverse("desk:need-for-enterprise"), {"text": "", "idempotency_key": KEY}
        ).status_code,
        client.delete(reverse("desk:case-list")).status_code,
    ]

    assert statuses == [200, 404, 200, 422, 405]
    assert refusals() == []


@pytest.mark.usefixtures("zone")
def test_whoever_is_not_signed_in_leaves_nothing() -> None:
    client = Client()

    statuses = [
        client.get(reverse("portal:system")).status_code,
        client.get(reverse("kernel:live")).status_code,
    ]

    assert (statuses, refusals()) == ([302, 403], [])


@pytest.mark.usefixtures("zone")
def test_a_briefing_that_goes_out_is_recorded_with_its_day() -> None:
    user = leader()

    answer = signed_in(user).get("/briefings/2026-11-19/word/", REMOTE_ADDR=ADDRESS)

    assert answer.status_code == 200
    fact = Fact.objects.get(kind="briefings.briefing.exported")
    assert (fact.actor, fact.data, fact.origin) == (
        user,
        {"day": "2026-11-19", "form": "docx"},
        ADDRESS,
    )


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize(
    ("sensitivity", "entries"), [(Sensitivity.RESTRICTED, 1), (Sensitivity.NORMAL, 0)]
)
def test_a_file_is_recorded_when_its_case_is_restricted(
    sensitivity: Sensitivity, entries: int
) -> None:
    user = handler("discipline_group")
    case = CaseFactory.create(sensitivity=sensitivity, lead_unit=office("discipline_group"))
    attachment = attached_to(case, user)

    answer = signed_in(user).get(reverse("desk:attachment", args=[attachment]))

    assert (answer.status_code, answer.getvalue()) == (200, pdf())
    opened = Fact.objects.filter(kind="desk.attachment.opened")
    assert [(fact.actor, fact.data) for fact in opened] == entries * [
        (user, {"attachment_id": attachment, "case_id": case.pk})
    ]


def attached_to(case: Case, by: User) -> int:
    """Attach a small file to a case; return its number."""
    stored = files.store(SimpleUploadedFile("a.pdf", pdf()), max_bytes=10_000)
    row = Attachment.objects.create(
        case=case,
        name=stored.name,
        content_type=stored.content_type,
        size_bytes=stored.size_bytes,
        sha256=stored.sha256,
        path=stored.path,
        added_by=by,
        added_at=THURSDAY_10,
    )
    return row.pk
