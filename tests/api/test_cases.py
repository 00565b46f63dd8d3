"""Cases over the API: read, opened, taken through their steps."""

from __future__ import annotations

import pytest

from shuniu.zone.desk.models import Case
from tests.api.programs import program_of
from tests.factories import CaseFactory, EnterpriseFactory, clerk, handler, member_of, office

pytestmark = pytest.mark.django_db


def test_a_case_goes_from_the_first_sentence_to_the_confirmed_answer() -> None:
    firm = EnterpriseFactory.create()
    enterprise = program_of(member_of(firm))
    center, unit = program_of(clerk()), program_of(handler("econ_bureau"))

    opened = enterprise.post("/cases", {"enterprise": firm.pk, "text": "路灯坏了"})
    address = opened.headers["Location"]
    taken = [
        center.post(f"{address}/accept", {"category": "municipal", "urgency": "normal"}),
        center.post(f"{address}/dispatch", {"unit": office("econ_bureau").pk}),
        unit.post(f"{address}/sign"),
        unit.post(f"{address}/contact", {"text": "已联系"}),
        unit.post(f"{address}/reply", {"text": "修好了"}),
        enterprise.post(f"{address}/confirm", {"solved": "yes", "rating": "5"}),
    ]

    assert opened.status_code == 201
    assert [one.status_code for one in taken] == [200] * 6
    assert [one.json()["state"] for one in taken] == [
        "ACCEPTED", "DISPATCHED", "SIGNED", "SIGNED", "REPLIED", "CLOSED",
    ]  # fmt: skip
    assert taken[-1].json()["ball"] is None
    assert (taken[-1].json()["rating"], taken[-1].json()["solved"]) == (5, "yes")
    kinds = [entry["kind"] for entry in enterprise.get(address).json()["history"]]
    assert kinds == [
        "opened", "accepted", "dispatched", "signed", "contacted", "replied", "closed",
    ]  # fmt: skip


def test_a_list_says_who_has_the_ball_and_until_when() -> None:
    case = CaseFactory.create()

    [row] = program_of(clerk()).get("/cases?turn=center").json()["items"]

    assert (row["number"], row["state"]) == (case.number, "SUBMITTED")
    assert row["ball"]["unit"] == "Enterprise Service Center"
    assert row["ball"]["next_due_at"] is not None


def test_a_foreign_case_is_told_of_like_one_that_does_not_exist() -> None:
    case = CaseFactory.create()
    stranger = program_of(member_of(EnterpriseFactory.create()))

    foreign, missing = stranger.get(f"/cases/{case.pk}"), stranger.get("/cases/987654321")

    assert foreign.status_code == missing.status_code == 404
    assert foreign.json() | {"instance": ""} == missing.json() | {"instance": ""}


def test_the_same_request_sent_again_changes_nothing_more() -> None:
    firm = EnterpriseFactory.create()
    program = program_of(member_of(firm))
    body = {"enterprise": firm.pk, "text": "路灯坏了"}

    first = program.post("/cases", body, once="one-and-the-same")
    again = program.post("/cases", body, once="one-and-the-same")
    other = program.post("/cases", body | {"text": "别的"}, once="one-and-the-same")

    assert Case.objects.count() == 1
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["Idempotency-Replayed"] == "true"
    assert other.status_code == 422
    assert other.json()["type"] == "urn:shuniu:problem:kernel.key_used_for_something_else"


def test_without_a_key_for_sending_again_nothing_is_done() -> None:
    firm = EnterpriseFactory.create()
    program = program_of(member_of(firm))

    answer = program.client.post(
        "/api/v1/cases",
        {"enterprise": firm.pk, "text": "路灯坏了"},
        content_type="application/json",
        headers=program.headers,
    )

    assert answer.status_code == 400
    assert answer.json()["type"] == "urn:shuniu:problem:kernel.key_missing"
    assert not Case.objects.exists()


def test_who_read_an_older_version_is_told_so() -> None:
    case = CaseFactory.create()
    first, second = program_of(clerk()), program_of(clerk())
    seen = first.get(f"/cases/{case.pk}").headers["ETag"]
    body = {"category": "municipal", "urgency": "normal"}

    faster = second.post(f"/cases/{case.pk}/accept", body, **{"If-Match": seen})
    slower = first.post(f"/cases/{case.pk}/accept", body, **{"If-Match": seen})

    assert (faster.status_code, slower.status_code) == (200, 412)
    assert slower.json()["type"] == "urn:shuniu:problem:kernel.changed_meanwhile"


def test_what_is_wrong_in_a_body_is_named_by_its_place() -> None:
    case = CaseFactory.create()

    answer = program_of(clerk()).post(f"/cases/{case.pk}/accept", {"category": "no", "urgency": 5})

    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/urgency"]
