"""Writing and undoing row by row: what is refused, counted, said and locked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook

from shuniu.config.imports import IMPORTS
from shuniu.zone.accounts.models import User
from shuniu.zone.kernel import queries, services
from shuniu.zone.kernel.importing.kinds import (
    Errand,
    ListKind,
    SourceRow,
    TakenBack,
    Verdict,
    Written,
)
from shuniu.zone.kernel.importing.wording import worded
from shuniu.zone.kernel.models import Fact, ImportOutcome, ImportRun, ImportTrace
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.views import import_shown
from shuniu.zone.registry.models import Contact, Enterprise
from shuniu.zone.registry.services import STAFF_LIST, merge_enterprises
from tests.clients import Client
from tests.factories import (
    THURSDAY_10,
    CaseFactory,
    EnterpriseFactory,
    UserFactory,
    administrator,
)
from tests.kernel.import_steps import (
    checked_run,
    marked_file,
    only_run,
    page,
    send,
    step,
    work,
    written_run,
)
from tests.sheets import credit_code, firm, saved, xlsx

pytestmark = pytest.mark.usefixtures("zone", "uploads", "english", "someone")


class NotThisOne(Refusal):
    code = "tests.not_this_one"
    sentence = "This one not."


def use_kind(monkeypatch: pytest.MonkeyPatch, kind: ListKind) -> None:
    """Let this kind stand for the list of enterprises."""
    monkeypatch.setattr("shuniu.config.imports.IMPORTS", (kind,))


@pytest.fixture
def kind() -> ListKind:
    return IMPORTS[0]


def refusing(kind: ListKind, *numbers: int) -> ListKind:
    """Return a list of enterprises that refuses to write some rows, and to take them back."""

    def apply(verdicts: Sequence[Verdict], errand: Errand) -> Sequence[Written]:
        if any(one.number in numbers for one in verdicts):
            raise NotThisOne
        return kind.apply(verdicts, errand)

    def undo(written: Sequence[Written], errand: Errand) -> Sequence[TakenBack]:
        if any(one.number in numbers for one in written):
            raise NotThisOne
        return kind.undo(written, errand)

    return replace(kind, apply=apply, undo=undo)


def reasons(run: ImportRun, outcome: ImportOutcome, kind: ListKind) -> dict[int, list[str]]:
    return {
        number: [worded(kind, one).says for one in trace.why]
        for number, trace in queries.traced(run).items()
        if trace.outcome == outcome
    }


def test_of_three_hundred_rows_only_the_refused_one_is_left_out(
    client: Client, monkeypatch: pytest.MonkeyPatch, kind: ListKind
) -> None:
    run = checked_run(client, xlsx([firm(number) for number in range(300)]))
    use_kind(monkeypatch, refusing(kind, 7, 291))

    step(client, run, "confirm", version=run.version)
    work()

    run.refresh_from_db()
    assert (run.state, run.counts["written"], run.counts["left"]) == ("DONE", 298, 2)
    assert Enterprise.objects.count() == 298
    assert reasons(run, ImportOutcome.LEFT, kind) == {7: ["This one not."], 291: ["This one not."]}
    assert Fact.objects.filter(kind="registry.enterprise.registered").count() == 298


def test_of_many_rows_only_the_refused_one_stays_when_the_rest_is_undone(
    client: Client, monkeypatch: pytest.MonkeyPatch, kind: ListKind
) -> None:
    run = written_run(client, xlsx([firm(number) for number in range(20)]))
    use_kind(monkeypatch, refusing(kind, 9))

    step(client, run, "undo")
    work()

    run.refresh_from_db()
    assert (run.counts["undone"], run.counts["kept"]) == (19, 1)
    assert reasons(run, ImportOutcome.KEPT, kind) == {9: ["This one not."]}
    assert [one.credit_code for one in Enterprise.objects.all()] == [credit_code(7)]


def test_what_was_written_at_this_very_moment_is_looked_at_once_more(
    client: Client, monkeypatch: pytest.MonkeyPatch, kind: ListKind
) -> None:
    run = checked_run(client, xlsx([firm(1)]))
    tries: list[int] = []

    def apply(verdicts: Sequence[Verdict], errand: Errand) -> Sequence[Written]:
        tries.append(len(verdicts))
        if len(tries) == 1:
            raise IntegrityError
        return kind.apply(verdicts, errand)

    use_kind(monkeypatch, replace(kind, apply=apply))

    step(client, run, "confirm", version=run.version)
    work()

    run.refresh_from_db()
    assert (tries, run.state, run.counts["written"]) == ([1, 1], "DONE", 1)


def test_rows_are_locked_before_they_are_checked_and_checked_before_they_are_written(
    client: Client, monkeypatch: pytest.MonkeyPatch, kind: ListKind
) -> None:
    run = checked_run(client, xlsx([firm(1), firm(2)]))
    told: list[tuple[str, int, bool]] = []

    def watched(name: str) -> Any:
        def call(rows: Sequence[Any], errand: Errand) -> Any:
            told.append((name, len(rows), connection.in_atomic_block))
            return getattr(kind, name)(rows, errand)

        return call

    use_kind(monkeypatch, replace(kind, **{n: watched(n) for n in ("lock", "check", "apply")}))

    step(client, run, "confirm", version=run.version)
    work()

    assert told == [("lock", 2, True), ("check", 2, True), ("apply", 2, True)]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_no_row_is_waited_for_after_the_first_fact() -> None:
    people = [UserFactory.create(sign_in_name=f"staff.{number}") for number in (3, 1, 2)]
    rows = [
        {"sign_in_name": user.sign_in_name, "name": f"新名{place}", "phone": f"1540000000{place}"}
        for place, user in enumerate(people)
    ]
    errand = Errand(administrator(), THURSDAY_10, "import-1", {})
    source = [SourceRow(number, row) for number, row in enumerate(rows, 2)]

    with CaptureQueriesContext(connection) as made:
        STAFF_LIST.lock(source, errand)
        STAFF_LIST.apply(STAFF_LIST.check(source, errand), errand)

    asked = [query["sql"] for query in made.captured_queries]
    first_fact = next(place for place, sql in enumerate(asked) if "pg_advisory" in sql)
    first_lock = next(place for place, sql in enumerate(asked) if "FOR NO KEY UPDATE" in sql)
    assert first_lock < first_fact
    assert 'ORDER BY "accounts_user"."id"' in asked[first_lock]
    assert all(user.sign_in_name in asked[first_lock] for user in people)


def test_the_result_counts_what_was_written_and_links_to_it(client: Client) -> None:
    EnterpriseFactory.create(credit_code=credit_code(1), name="海门一号厂", employees=1)
    EnterpriseFactory.create(credit_code=credit_code(2), name="海门二号厂", employees=1)
    run = checked_run(client, xlsx([firm(1), firm(2), firm(3)]))
    assert run.counts["CHANGED"] == 2
    Enterprise.objects.filter(credit_code=credit_code(2)).update(employees=5)

    step(client, run, "confirm", version=run.version)
    work()

    shown = page(client, run, "?which=CHANGED")
    record = Enterprise.objects.get(credit_code=credit_code(1))
    tabs = {code: n for code, n in tabs_of(run).items() if n}
    assert tabs == {"LEFT": 1, "CHANGED": 1, "NEW": 1, "NOTES": 2}
    assert shown.count("data-row") == 1
    assert f'href="{reverse("registry:enterprise", args=[record.pk])}"' in shown


def tabs_of(run: ImportRun) -> dict[str, int]:
    run.refresh_from_db()
    return import_shown.counts_of(run)


def test_undone_rows_are_no_longer_counted_as_new(client: Client) -> None:
    run = written_run(client, xlsx([firm(1), firm(2), firm(3)]))
    Enterprise.objects.filter(credit_code=credit_code(2)).update(employees=9_999)

    step(client, run, "undo")
    work()

    assert tabs_of(run) == {"KEPT": 1, "NEW": 1, "UNDONE": 2}
    overview = client.get(reverse("kernel:imports")).content.decode()
    assert "undone in part" in overview
    assert "2 taken back" in overview
    assert "1 stay" in overview


def test_undoing_is_repeated_for_what_stayed(client: Client) -> None:
    run = written_run(client, xlsx([firm(1), firm(2)]))
    record = Enterprise.objects.get(credit_code=credit_code(2))
    before = record.employees
    Enterprise.objects.filter(pk=record.pk).update(employees=9_999)
    step(client, run, "undo")
    work()
    Enterprise.objects.filter(pk=record.pk).update(employees=before)

    answer = step(client, run, "undo")
    work()

    run.refresh_from_db()
    assert (answer.status_code, run.counts["undone"], run.counts["kept"]) == (302, 2, 0)
    assert not Enterprise.objects.exists()
    told = Fact.objects.filter(kind="kernel.import.undone").order_by("position")
    assert [(fact.data["undone"], fact.data["kept"]) for fact in told] == [(1, 1), (1, 0)]
    assert step(client, run, "undo").status_code == 409


def test_a_row_that_cannot_be_undone_says_why_by_name(
    client: Client, someone: User, kind: ListKind
) -> None:
    run = written_run(client, xlsx([firm(number) for number in range(1, 6)]))
    rows = [Enterprise.objects.get(credit_code=credit_code(number)) for number in range(1, 6)]
    kept = EnterpriseFactory.create(name="海门留存有限公司")
    merge_enterprises(
        kept_id=kept.pk, gone_id=rows[0].pk, reason="同一家企业登记了两次", actor=someone,
        now=THURSDAY_10,
    )  # fmt: skip
    CaseFactory.create(enterprise=rows[1])
    Enterprise.objects.filter(pk=rows[2].pk).update(address="新址", employees=1)
    Contact.objects.create(enterprise=rows[3], name="李", phone="15400000099")

    step(client, run, "undo")
    work()

    assert reasons(run, ImportOutcome.KEPT, kind) == {
        2: ["The record was merged with 海门留存有限公司 since."],
        3: ["There are cases of this enterprise by now."],
        4: ["Somebody has changed this since: Employees、Registered address."],
        5: ["Contacts were added to this record since."],
    }
    shown = page(client, run, "?which=KEPT")
    assert "The record was merged with 海门留存有限公司 since." in shown


def test_findings_are_read_in_the_language_of_who_reads_them(client: Client) -> None:
    wrong = firm(1)
    wrong[0] = credit_code(1)[:-1]
    wrong[5] = "-5"
    wrong[7], wrong[8] = 122.5, 31.86
    run = checked_run(client, xlsx([wrong]))
    english = page(client, run)

    client.cookies["language"] = "zh-hans"
    with translation.override("zh-hans"):
        chinese = page(client, run)

    assert "A credit code has 18 characters; here are 17." in english
    assert "信用代码应为 18 位" in chinese or "18" in chinese
    assert "不能为负数" in chinese
    assert "outside of the zone" in english
    assert "outside of the zone" not in chinese


def test_the_marked_file_names_rows_that_were_left_out_while_writing(
    client: Client, monkeypatch: pytest.MonkeyPatch, kind: ListKind
) -> None:
    run = checked_run(client, xlsx([firm(1), firm(2)]))
    use_kind(monkeypatch, refusing(kind, 3))
    step(client, run, "confirm", version=run.version)
    work()

    sheet = marked_file(client, run)

    assert (sheet["N2"].value, sheet["N3"].value) == ("new", "faulty, left out：This one not.")


def test_the_file_with_the_marks_is_made_by_the_worker_and_only_taking_it_is_recorded(
    client: Client,
) -> None:
    run = checked_run(client, xlsx([firm(1)]))
    url = reverse("kernel:import-file", args=[run.pk])
    assert client.get(url).status_code == 404

    step(client, run, "mark")
    waiting = page(client, run)
    work()
    ready = page(client, run)
    client.head(url)

    assert "is being made" in waiting
    assert "Download the file with the marks" in ready
    assert not Fact.objects.filter(kind="kernel.import.file_taken").exists()
    assert client.get(url).status_code == 200
    assert Fact.objects.filter(kind="kernel.import.file_taken").count() == 1


def test_a_page_that_waits_for_the_file_asks_for_that_part_alone(client: Client) -> None:
    run = checked_run(client, xlsx([firm(1)]))
    step(client, run, "mark")
    url = reverse("kernel:import-marking", args=[run.pk])

    part = client.get(url, headers={"HX-Request": "true"}).content.decode()
    work()
    ready = client.get(url, headers={"HX-Request": "true"}).content.decode()

    assert (part.count("hx-get"), ready.count("hx-get")) == (1, 0)
    assert reverse("kernel:import-file", args=[run.pk]) in ready
    assert client.get(url).status_code == 302


def test_a_file_of_marks_that_are_old_is_not_given(client: Client) -> None:
    run = checked_run(client, xlsx([firm(1)]))
    step(client, run, "mark")
    work()

    step(client, run, "again")

    run.refresh_from_db()
    assert (run.marking, run.marked_path) == ("", "")
    assert client.get(reverse("kernel:import-file", args=[run.pk])).status_code == 404
    assert Fact.objects.filter(kind="kernel.import.columns_reopened").count() == 1


def test_only_who_may_import_takes_the_file(client: Client) -> None:
    run = checked_run(client, xlsx([firm(1)]))
    step(client, run, "mark")
    work()

    with pytest.raises(services.ImportNotForYou):
        services.take_marked_file(import_id=run.pk, actor=administrator(), now=THURSDAY_10)

    assert not Fact.objects.filter(kind="kernel.import.file_taken").exists()


def test_marks_are_not_made_of_what_became_something_else_meanwhile(client: Client) -> None:
    run = checked_run(client, xlsx([firm(1)]))
    step(client, run, "mark")
    step(client, run, "drop")
    ImportRun.objects.filter(pk=run.pk).update(marking="ASKED")
    stale = ImportRun.objects.get(pk=run.pk)
    ImportRun.objects.filter(pk=run.pk).update(marking="")

    services.mark_import(import_id=stale.pk, language="en", now=THURSDAY_10)

    stale.refresh_from_db()
    assert (stale.marking, stale.marked_path) == ("", "")


def test_what_was_before_is_kept_with_the_reason_that_a_row_stays(client: Client) -> None:
    run = written_run(client, xlsx([firm(1)]))
    Enterprise.objects.update(employees=9_999)
    step(client, run, "undo")
    work()

    [trace] = ImportTrace.objects.filter(run=run)

    assert '"before":' in trace.body
    assert '"why":' in trace.body


def test_why_a_list_could_not_be_read_is_told_in_the_language_of_who_reads(
    client: Client,
) -> None:
    send(client, saved(Workbook()))
    work()
    run = only_run()
    assert "The file has no row with text in it." in page(client, run)

    client.cookies["language"] = "zh-hans"
    chinese = page(client, run)

    assert run.problem == "no_rows"
    assert "The file has no row" not in chinese
