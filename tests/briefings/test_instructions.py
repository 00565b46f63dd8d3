"""Instructions of leaders: each is a supervised item, and later issues tell what became of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from shuniu.zone.briefings import services
from shuniu.zone.briefings.models import Instruction, Issue
from shuniu.zone.briefings.services import compose, day_parts
from shuniu.zone.desk.choices import Sensitivity
from shuniu.zone.desk.models import Case
from shuniu.zone.hangs.choices import HangState, Solved
from shuniu.zone.hangs.models import Hang
from shuniu.zone.hangs.services import (
    WordsMissing,
    WrongSupervisor,
    ask_to_strike,
    record_call_back,
    strike_off,
)
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry.services import NotForYou
from tests.briefings.conftest import case
from tests.briefings.issues import FIVE, drafted, published
from tests.clients import Client
from tests.factories import THURSDAY_10, office
from tests.hangs.people import People, people_of_hangs

DONE_BY = date(2026, 12, 4)
FRIDAY = THURSDAY_10 + timedelta(days=1)


@pytest.fixture
def people(zone: object) -> People:  # noqa: ARG001  # the zone is there first
    return people_of_hangs()


def issue_with(people: People, **values: Any) -> tuple[Issue, Case]:
    told = case(urgency="critical", text="园区东门积水", **values)
    return published(drafted(), people.clerk, people.leader), told


def instructed(issue: Issue, people: People, **different: Any) -> Instruction:
    given: dict[str, Any] = {
        "about": "",
        "words": "请两周内根治，不留尾巴。",
        "unit": office("econ_bureau"),
        "responsible": people.handler,
        "supervisor": people.supervisor,
        "promised_on": DONE_BY,
        "actor": people.leader,
        "now": FIVE,
    }
    return services.instruct(issue_id=issue.pk, **(given | different))


def test_an_instruction_on_an_item_is_a_supervised_item(people: People) -> None:
    issue, told = issue_with(people)

    written = instructed(issue, people, about=f"case-{told.pk}")

    hang = written.hang
    assert (hang.source_kind, hang.source_key) == ("instruction", f"{issue.pk}-1")
    assert hang.source_title == f"第1期 {told.number} {told.enterprise.name}"
    assert (hang.opened_by, hang.supervisor, hang.responsible) == (
        people.leader, people.supervisor, people.handler,
    )  # fmt: skip
    assert (hang.promise, hang.promised_on) == ("请两周内根治，不留尾巴。", DONE_BY)
    fact = Fact.objects.get(kind="briefings.issue.instructed")
    assert fact.data == {
        "issue_id": issue.pk, "instruction_id": written.pk, "hang_id": hang.pk,
    }  # fmt: skip


@pytest.mark.parametrize("who", ["clerk", "supervisor", "handler"])
def test_nobody_but_a_leader_instructs(people: People, who: str) -> None:
    issue, _told = issue_with(people)

    with pytest.raises(NotForYou):
        instructed(issue, people, actor=getattr(people, who))

    assert not Hang.objects.exists()


def test_only_a_published_issue_takes_an_instruction(people: People) -> None:
    with pytest.raises(services.StepNotPossible):
        instructed(drafted(), people)


def test_what_the_issue_does_not_tell_of_takes_none(people: People) -> None:
    issue, _told = issue_with(people)
    other = case()

    with pytest.raises(services.NotInIssue):
        instructed(issue, people, about=f"case-{other.pk}")


@pytest.mark.parametrize("who", ["both", "clerk"])
def test_a_supervisor_of_the_unit_or_none_at_all_is_refused(people: People, who: str) -> None:
    issue, _told = issue_with(people)

    with pytest.raises(WrongSupervisor):
        instructed(issue, people, supervisor=getattr(people, who))

    assert not Instruction.objects.exists()


def test_an_empty_instruction_is_refused(people: People) -> None:
    issue, _told = issue_with(people)

    with pytest.raises(WordsMissing):
        instructed(issue, people, words="  。 ")


def states_told(day: date) -> list[str]:
    briefing = compose(day, language="en", now=FRIDAY)
    parts = [part for part in day_parts(briefing) if part.name == "instructions"]
    return [told.about for part in parts for told in part.told]


def test_the_next_issues_tell_what_became_of_it_until_it_is_struck_off(people: People) -> None:
    issue, _told = issue_with(people)
    hang = instructed(issue, people).hang
    ask_to_strike(hang_id=hang.pk, text="好了。", actor=people.handler, now=FRIDAY)
    record_call_back(
        hang_id=hang.pk, solved=Solved.YES, text="属实。", actor=people.clerk, now=FRIDAY
    )
    strike_off(hang_id=hang.pk, actor=people.second, now=FRIDAY)

    leader = people.leader.name
    assert states_told(THURSDAY_10.date()) == [
        f" ({leader} on 第1期, promised for December 4, on time): "
    ]
    assert states_told(FRIDAY.date()) == [
        f" ({leader} on 第1期, promised for December 4, struck off): "
    ]
    assert states_told(date(2026, 11, 23)) == []


def test_words_about_a_case_that_is_confidential_now_are_not_told(people: People) -> None:
    issue, told = issue_with(people)
    instructed(issue, people, about=f"case-{told.pk}")
    told.sensitivity = Sensitivity.CONFIDENTIAL
    told.save()

    (line,) = compose(FRIDAY.date(), language="en", now=FRIDAY).instructions

    assert line.words == "The words are kept confidential."


def test_a_leader_writes_it_on_the_page_and_finds_it_again(client: Client, people: People) -> None:
    issue, told = issue_with(people)
    client.force_login(people.leader)
    url = f"/briefings/issues/{issue.pk}/instruct/"
    form = client.get(f"{url}?about=case-{told.pk}")

    answer = client.post(
        url,
        {
            "about": f"case-{told.pk}",
            "words": "请两周内根治。",
            "unit": office("econ_bureau").pk,
            "responsible": people.handler.pk,
            "supervisor": people.supervisor.pk,
            "promised_on": "2099-12-04",
            "idempotency_key": "an-instruction",
        },
    )

    assert form.context["form"]["about"].value() == f"case-{told.pk}"
    assert answer.status_code == 302
    hang = Hang.objects.get()
    for page in (f"/briefings/issues/{issue.pk}/", "/day/"):
        assert hang.number in client.get(page).content.decode()
    client.force_login(people.supervisor)
    assert f"/briefings/issues/{issue.pk}/" in client.get(f"/hangs/{hang.pk}/").content.decode()


def test_its_words_go_with_those_of_the_issue(people: People) -> None:
    issue, _told = issue_with(people)
    written = instructed(issue, people)

    removed = services.purge_issues(before=FRIDAY + timedelta(days=9), limit=10, now=FRIDAY)

    written.refresh_from_db()
    assert written.words != "请两周内根治，不留尾巴。"
    assert dict(removed.rows) == {"briefings_issue": 1, "briefings_instruction": 1}
    assert written.hang.state == HangState.OPEN
