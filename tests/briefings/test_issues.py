"""An issue on its way: drafted, edited, signed, published, withdrawn."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, connections

from shuniu.zone.accounts.models import User
from shuniu.zone.briefings import queries, services
from shuniu.zone.briefings.channels import Section, restored
from shuniu.zone.briefings.choices import FileForm, IssueState
from shuniu.zone.briefings.models import Issue
from shuniu.zone.desk.choices import PURGED_TEXT, Sensitivity
from shuniu.zone.desk.models import Case
from shuniu.zone.kernel.clock import ZONE
from shuniu.zone.kernel.models import Counter, Fact
from shuniu.zone.registry.services import NotForYou
from tests.briefings.conftest import case
from tests.briefings.issues import DAY, FIVE, drafted, edits_of, handed_up, published, signed
from tests.factories import THURSDAY_10, clerk, leader, supervisor

FRIDAY, MONDAY = DAY + timedelta(days=1), DAY + timedelta(days=4)


@pytest.fixture
def people(zone: object) -> tuple[User, User]:  # noqa: ARG001  # the zone is there first
    return clerk(), leader()


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def facts_of(issue: Issue) -> list[str]:
    found = Fact.objects.filter(subject=f"briefings.issue:{issue.pk}").order_by("pk")
    return [fact.kind.removeprefix("briefings.issue.") for fact in found]


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize(("hour", "minute", "days"), [(16, 59, []), (17, 0, [DAY])])
def test_the_schedule_drafts_the_issue_of_a_working_day_at_five(
    hour: int, minute: int, days: list[date]
) -> None:
    services.draft_due(now=at(DAY, hour, minute))

    assert list(Issue.objects.values_list("day", flat=True)) == days


@pytest.mark.usefixtures("zone")
def test_the_schedule_drafts_an_issue_once() -> None:
    services.draft_due(now=at(DAY, 17))
    services.draft_due(now=at(DAY, 17, 5))

    assert Issue.objects.count() == Fact.objects.filter(kind="briefings.issue.drafted").count() == 1


@pytest.mark.usefixtures("zone")
def test_a_worker_that_was_down_catches_up_on_working_days() -> None:
    services.draft_due(now=at(DAY, 17))

    services.draft_due(now=at(MONDAY + timedelta(days=1), 8))

    assert list(Issue.objects.order_by("day").values_list("day", "first_day")) == [
        (DAY, DAY),
        (FRIDAY, FRIDAY),
        (MONDAY, MONDAY - timedelta(days=2)),
    ]


@pytest.mark.usefixtures("zone")
def test_nothing_is_drafted_on_a_day_off() -> None:
    services.draft_due(now=at(DAY + timedelta(days=2), 18))

    assert not Issue.objects.exists()


@pytest.mark.parametrize("day", [DAY + timedelta(days=2), FRIDAY])
def test_a_day_off_and_a_day_to_come_have_no_issue(people: tuple[User, User], day: date) -> None:
    with pytest.raises(services.NotDue):
        services.draft_issue(day=day, actor=people[0], now=FIVE)

    assert not Issue.objects.exists()


@pytest.mark.usefixtures("zone")
def test_what_came_in_at_the_weekend_is_told_on_monday() -> None:
    case(submitted_at=THURSDAY_10 + timedelta(days=2))
    case(submitted_at=THURSDAY_10 + timedelta(days=4))

    paper = services.issue_paper(drafted(MONDAY, at(MONDAY, 17)))

    assert restored(Issue.objects.get().content).figures[0].value.value == 2
    assert paper.lead[0].endswith("含11月21日至22日。截至 17:00。")


def test_the_way_of_an_issue_leaves_a_fact_for_each_step(people: tuple[User, User]) -> None:
    issue = published(drafted(), *people)

    assert (issue.state, issue.year, issue.number, issue.number_words, issue.version) == (
        IssueState.PUBLISHED, 2026, 1, "第1期", 4,
    )  # fmt: skip
    assert facts_of(issue) == ["drafted", "handed_up", "signed", "published"]


def test_numbers_follow_one_another_and_begin_again_each_year(people: tuple[User, User]) -> None:
    days = [DAY, FRIDAY, date(2027, 1, 4), date(2027, 1, 5)]

    issues = [published(drafted(day, at(day, 17)), *people, now=at(day, 18)) for day in days]

    assert [(issue.year, issue.number) for issue in issues] == [
        (2026, 1), (2026, 2), (2027, 1), (2027, 2),
    ]  # fmt: skip


def test_what_was_seen_before_it_changed_is_not_decided_on(people: tuple[User, User]) -> None:
    issue = handed_up(drafted(), people[0])
    ready = services.sign_issue(issue_id=issue.pk, seen=2, actor=people[1], now=FIVE)
    services.unsign_issue(issue_id=issue.pk, seen=ready.version, actor=people[1], now=FIVE)

    with pytest.raises(services.IssueChanged):
        services.sign_issue(issue_id=issue.pk, seen=2, actor=people[1], now=FIVE)

    issue.refresh_from_db()
    assert (issue.state, issue.signed_by) == (IssueState.EDITED, None)


def test_publishing_twice_uses_one_number(people: tuple[User, User]) -> None:
    issue = signed(drafted(), *people)
    services.publish_issue(issue_id=issue.pk, seen=issue.version, actor=people[1], now=FIVE)

    with pytest.raises(services.StepNotPossible):
        services.publish_issue(issue_id=issue.pk, seen=issue.version, actor=people[0], now=FIVE)

    assert Counter.objects.get(pk="briefings.issue.2026").value == 1


def test_a_clerk_writes_words_and_chooses_what_is_told(
    people: tuple[User, User], thursday: dict[str, Case]
) -> None:
    issue = drafted()
    chosen = thursday["new and urgent"]
    edits = edits_of(
        issue, title="标题", notes={Section.CLOSING: "另行通报。"}, notable=frozenset({chosen.pk})
    )

    services.save_issue(
        issue_id=issue.pk, seen=issue.version, edits=edits, actor=people[0], now=FIVE
    )

    issue.refresh_from_db()
    content = restored(issue.content)
    assert [item.case_id for item in content.notable] == [chosen.pk]
    assert (content.title, content.notes) == ("标题", {Section.CLOSING: "另行通报。"})
    edited = Fact.objects.get(kind="briefings.issue.edited")
    assert edited.data["parts"] == ["title", "choice", "closing"]
    assert services.issue_paper(issue).parts[-1].title == "七、其他事项"


def test_new_figures_are_taken_over_and_words_stay(
    people: tuple[User, User], thursday: dict[str, Case]
) -> None:
    assert thursday
    issue = drafted()
    services.save_issue(
        issue_id=issue.pk, seen=1, edits=edits_of(issue, title="标题"), actor=people[0], now=FIVE
    )
    case(submitted_at=FIVE + timedelta(minutes=1))
    issue.refresh_from_db()
    moved = services.figures_moved(issue, now=FIVE)

    services.renew_issue(issue_id=issue.pk, seen=2, actor=people[0], now=FIVE)

    issue.refresh_from_db()
    content = restored(issue.content)
    assert [(line.label, line.then, line.now) for line in moved] == [
        ("新增", 4, 5), ("日终在办", 7, 8),
    ]  # fmt: skip
    assert (content.title, content.figures[0].value.value) == ("标题", 5)
    assert content.summary.startswith("当日新增诉求 5 件")


def test_a_leader_sends_it_back_with_words_and_the_clerk_hands_it_up_again(
    people: tuple[User, User],
) -> None:
    issue = signed(drafted(), *people)

    back = services.send_back_issue(
        issue_id=issue.pk, seen=issue.version, reason="导语太长。", actor=people[1], now=FIVE
    )

    assert (back.state, back.returned_why, back.signed_by) == ("DRAFT", "导语太长。", None)
    assert handed_up(back, people[0]).returned_why == ""


@pytest.mark.parametrize("reason", ["", "  ", "长" * 501])
def test_a_reason_is_needed_and_not_too_long(people: tuple[User, User], reason: str) -> None:
    issue = handed_up(drafted(), people[0])

    with pytest.raises(services.ReasonMissing):
        services.send_back_issue(
            issue_id=issue.pk, seen=issue.version, reason=reason, actor=people[1], now=FIVE
        )

    issue.refresh_from_db()
    assert issue.state == IssueState.EDITED


def test_a_withdrawn_issue_keeps_its_number_and_another_one_stands_for_it(
    people: tuple[User, User],
) -> None:
    first = published(drafted(), *people)
    services.withdraw_issue(
        issue_id=first.pk, seen=first.version, reason="数据有误。", actor=people[1], now=FIVE
    )

    second = published(drafted(), *people)

    first.refresh_from_db()
    assert (first.state, first.number, second.number, second.corrects_id) == (
        IssueState.WITHDRAWN, 1, 2, first.pk,
    )  # fmt: skip
    assert services.issue_paper(second).correction == "本期系对同日第1期的更正，原期已撤回。"
    assert services.issue_paper(first).mark == "已撤回"
    assert queries.published_issue(DAY) == second


def test_a_published_issue_is_the_same_file_whatever_happens_later(
    people: tuple[User, User], thursday: dict[str, Case]
) -> None:
    issue = published(drafted(), *people)
    before = services.issue_file(issue, form=FileForm.WORD, base_url="")

    thursday["new"].delete()
    case(submitted_at=FIVE)
    Issue.objects.get(pk=issue.pk)

    after = services.issue_file(Issue.objects.get(pk=issue.pk), form=FileForm.WORD, base_url="")
    assert before == after


@pytest.mark.parametrize(
    ("sensitivity", "number_told"),
    [(Sensitivity.CONFIDENTIAL, True), (Sensitivity.RESTRICTED, False)],
)
def test_what_became_confidential_is_not_told_any_more(
    people: tuple[User, User],
    thursday: dict[str, Case],
    sensitivity: Sensitivity,
    number_told: bool,
) -> None:
    issue = published(drafted(), *people)
    urgent = thursday["new and urgent"]
    assert urgent.enterprise.name in str(services.issue_paper(issue))

    Case.objects.filter(pk=urgent.pk).update(sensitivity=sensitivity)

    told = str(services.issue_paper(issue))
    assert [word in told for word in (urgent.enterprise.name, "氨气", urgent.number)] == [
        False, False, number_told,
    ]  # fmt: skip


def test_words_of_old_issues_are_deleted_and_figures_stay(
    people: tuple[User, User], thursday: dict[str, Case]
) -> None:
    assert thursday
    issue = drafted()
    services.save_issue(
        issue_id=issue.pk, seen=1, edits=edits_of(issue, summary="张三来电。"),
        actor=people[0], now=FIVE,
    )  # fmt: skip
    early = services.purge_issues(before=FIVE, limit=10, now=FIVE)

    removed = services.purge_issues(before=FIVE + timedelta(seconds=1), limit=10, now=FIVE)

    issue.refresh_from_db()
    content = restored(issue.content)
    assert (bool(early), removed.rows) == (False, (("briefings_issue", 1),))
    assert {item.text for item in content.items} == {str(PURGED_TEXT)}
    assert "张三" not in str(issue.content) + str(issue.composed)
    assert content.figures[0].value.value == 4
    assert not services.purge_issues(before=FIVE + timedelta(days=1), limit=10, now=FIVE)


def test_drafts_are_seen_by_the_center_alone(people: tuple[User, User]) -> None:
    from shuniu.zone.registry.queries import standing_of  # noqa: PLC0415

    def seen() -> list[bool]:
        everybody = (*people, supervisor_)
        return [queries.issues_visible_to(standing_of(person)).exists() for person in everybody]

    supervisor_ = supervisor()
    issue = drafted()
    as_draft = seen()
    issue = handed_up(issue, people[0])
    as_handed_up = seen()
    issue = services.sign_issue(issue_id=issue.pk, seen=2, actor=people[1], now=FIVE)
    services.publish_issue(issue_id=issue.pk, seen=3, actor=people[0], now=FIVE)

    assert (as_draft, as_handed_up, seen()) == (
        [True, False, False],
        [True, True, False],
        [True, True, True],
    )


def test_a_clerk_cannot_sign(people: tuple[User, User]) -> None:
    issue = handed_up(drafted(), people[0])

    with pytest.raises(NotForYou):
        services.sign_issue(issue_id=issue.pk, seen=issue.version, actor=people[0], now=FIVE)

    assert facts_of(issue) == ["drafted", "handed_up"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
def test_two_who_publish_at_once_take_two_numbers_without_a_gap(people: tuple[User, User]) -> None:
    issues = [signed(drafted(day, at(day, 17)), *people) for day in (DAY, FRIDAY, MONDAY)]
    start = threading.Barrier(len(issues) * 2)
    refused: list[Exception] = []

    def publish(issue: Issue) -> None:
        start.wait()
        try:
            services.publish_issue(issue_id=issue.pk, seen=issue.version, actor=people[1], now=FIVE)
        except services.StepNotPossible as no:
            refused.append(no)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=publish, args=(issue,)) for issue in issues * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(Issue.objects.values_list("number", flat=True)) == {1, 2, 3}
    assert len(refused) == len(issues)
    assert connection.vendor == "postgresql"


def test_what_was_changed_since_the_draft_stands_old_and_new_by_section(
    people: tuple[User, User], thursday: dict[str, Case]
) -> None:
    issue = drafted()
    chosen = thursday["new and urgent"]
    was = restored(issue.content).summary
    edits = edits_of(
        issue, summary="今日平稳。", notes={Section.PRACTICES: "一天内修好。"},
        notable=frozenset({chosen.pk}),
    )  # fmt: skip
    assert services.changes_of(issue) == ()

    services.save_issue(issue_id=issue.pk, seen=1, edits=edits, actor=people[0], now=FIVE)

    issue.refresh_from_db()
    changes = services.changes_of(issue)
    assert [(line.label, line.after) for line in changes] == [
        ("导语", "今日平稳。"),
        ("选登的重点诉求", f"{chosen.number} {chosen.enterprise.name}"),
        ("典型做法", "一天内修好。"),
    ]
    assert (changes[0].before, changes[2].before) == (was, "")
    assert len(changes[1].before.splitlines()) == 2


@pytest.mark.parametrize("form", list(FileForm))
def test_a_published_issue_is_made_again_byte_for_byte_whatever_became_of_its_rows(
    people: tuple[User, User], thursday: dict[str, Case], form: FileForm
) -> None:
    issue = published(drafted(), *people)
    first = services.issue_file(issue, form=form, base_url="https://hub.example.cn")
    kept = issue.content

    for row in thursday.values():
        row.text, row.category, row.done_due_at = "改过了", "arrears", FIVE + timedelta(days=99)
        row.save()
    case(submitted_at=FIVE)

    again = Issue.objects.get(pk=issue.pk)
    assert again.content == kept
    assert services.issue_file(again, form=form, base_url="https://hub.example.cn") == first
