"""An issue of the briefing from draft to correction, saved views, and one's own notices."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from shuniu.zone.briefings.models import Issue
from shuniu.zone.desk.models import SavedView
from shuniu.zone.kernel import clock
from shuniu.zone.notices.models import Notice
from tests.api.programs import program_of
from tests.factories import CaseFactory, clerk, leader

pytestmark = pytest.mark.django_db
DAY = "2026-06-03"
NOW = datetime(2026, 6, 3, 9, 40, tzinfo=UTC)  # 17:40 in the zone


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def body_of(answer: Any) -> Any:
    assert answer.status_code in {200, 201}, answer.content
    return answer.json()


def test_an_issue_is_drafted_handed_up_signed_published_withdrawn_and_corrected() -> None:
    center, above = program_of(clerk()), program_of(leader())
    draft = body_of(center.post(f"/briefings/{DAY}/draft"))
    at = f"/issues/{draft['id']}"
    words = {
        "seen": draft["version"],
        "summary": "平安无事。",
        "notes": {"closing": "请各单位自查。"},
    }

    handed_up = body_of(center.post(f"{at}/hand-up", words))
    signed = body_of(above.post(f"{at}/sign", {"seen": handed_up["version"]}))
    published = body_of(center.post(f"{at}/publish", {"seen": signed["version"]}))
    reason = {"seen": published["version"], "reason": "漏了一件。"}
    withdrawn = body_of(above.post(f"{at}/withdraw", reason))
    again = body_of(center.post(f"/briefings/{DAY}/draft"))

    assert draft["steps"] == ["hand-up", "renew", "save"]
    assert handed_up["briefing"]["summary"] == "平安无事。"
    assert handed_up["notes"] == {"closing": "请各单位自查。"}
    assert (published["number"], withdrawn["state"], again["corrects"]) == (
        1,
        "WITHDRAWN",
        draft["id"],
    )
    assert [row["id"] for row in center.get("/issues").json()["items"]] == [
        again["id"],
        draft["id"],
    ]
    assert [row["id"] for row in above.get("/issues").json()["items"]] == [draft["id"]]


def test_a_step_with_an_issue_that_was_changed_meanwhile_is_refused() -> None:
    center = program_of(clerk())
    draft = body_of(center.post(f"/briefings/{DAY}/draft"))
    words = {"seen": draft["version"], "summary": "平安无事。"}
    center.post(f"/issues/{draft['id']}/save", words)

    late = center.post(f"/issues/{draft['id']}/save", words | {"summary": "另一句。"})

    assert late.status_code == 409
    assert late.json()["type"] == "urn:shuniu:problem:briefings.issue_changed"
    assert Issue.objects.get().content["summary"] == "平安无事。"


def test_a_case_that_was_not_offered_cannot_be_told() -> None:
    center, case = program_of(clerk()), CaseFactory.create()
    draft = body_of(center.post(f"/briefings/{DAY}/draft"))
    words = {"seen": 1, "summary": "平安无事。", "told": [case.pk]}

    answer = center.post(f"/issues/{draft['id']}/save", words)

    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/told"]


def test_a_view_is_kept_renamed_removed_and_brought_back() -> None:
    program = program_of(clerk())
    kept = body_of(program.post("/views", {"name": "红灯", "wanted": {"light": "red"}}))

    program.post(f"/views/{kept['id']}/rename", {"name": "超期"})
    program.post(f"/views/{kept['id']}/remove")
    gone = program.get("/views").json()
    back = body_of(program.post(f"/views/{kept['id']}/restore"))

    assert (kept["query"], gone, back["name"]) == ("turn=all&light=red", [], "超期")
    assert SavedView.objects.get().name == "超期"


def test_notices_are_counted_listed_and_read() -> None:
    person = clerk()
    for number in (1, 2):
        Notice.objects.create(
            recipient=person, kind="desk.opened", key=str(CaseFactory.create().pk),
            values={"number": "QS-1"}, occasion=f"fact {number}", told_at=NOW,
        )  # fmt: skip
    program = program_of(person)
    rows = program.get("/notices").json()["items"]

    before = program.get("/notices/count").json()
    one = program.post(f"/notices/{rows[1]['id']}/read")
    rest = program.post("/notices/read", {"up_to": rows[0]["id"]}).json()

    assert rows[0]["sentence"] == "New: case QS-1 waits to be accepted."
    assert (before, one.status_code, rest) == ({"unread": 2}, 204, {"count": 1})
    assert program.get("/notices?which=unread").json()["items"] == []
