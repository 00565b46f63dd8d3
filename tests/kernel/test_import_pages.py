"""The way of a list through the pages: send, columns, preview, confirm, result, undo."""

from __future__ import annotations

import pytest
from django.urls import reverse

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel import services
from shuniu.zone.kernel.models import (
    Fact,
    ImportHeading,
    ImportState,
)
from shuniu.zone.registry.models import Enterprise
from tests.clients import Client
from tests.factories import THURSDAY_10, EnterpriseFactory
from tests.kernel.import_steps import (
    checked_run,
    columns_of,
    only_run,
    page,
    post,
    send,
    step,
    three_and_a_fault,
    work,
    written_run,
)
from tests.sheets import HEADINGS, credit_code, firm, xlsx

pytestmark = pytest.mark.usefixtures("zone", "uploads", "english", "someone")


def test_nothing_is_written_until_somebody_confirms(client: Client) -> None:
    run = checked_run(client, three_and_a_fault())

    assert (run.state, run.counts) == (
        "READY", {"NEW": 3, "FAULTY": 1, "NOTES": 0, "rows": 4},
    )  # fmt: skip
    assert not Enterprise.objects.exists()
    shown = page(client, run)
    assert "Write 3 rows" in shown
    assert "A5" in shown
    assert "A credit code has 18 characters; here are 17." in shown


def test_confirmed_rows_are_written_and_faulty_ones_left_out(client: Client, someone: User) -> None:
    run = written_run(client, three_and_a_fault())

    assert (run.state, run.counts["written"], run.confirmed_by) == ("DONE", 3, someone)
    assert Enterprise.objects.count() == 3
    [told] = Fact.objects.filter(kind="kernel.import.written")
    assert (told.data["written"], told.data["left"]) == (3, 0)
    shown = page(client, run)
    assert "3 rows are written." in shown
    assert "1 faulty row was left out" in shown


def test_confirming_twice_writes_once(client: Client) -> None:
    run = checked_run(client, xlsx([firm(1)]))
    step(client, run, "confirm", version=run.version)

    again = step(client, run, "confirm", version=run.version)
    work()

    assert again.status_code == 409
    assert Fact.objects.filter(kind="kernel.import.confirmed").count() == 1
    assert Enterprise.objects.count() == 1


def test_what_somebody_did_not_see_is_not_confirmed(client: Client) -> None:
    run = checked_run(client, xlsx([firm(1)]))

    answer = step(client, run, "confirm", version=run.version - 1)

    assert answer.status_code == 409
    run.refresh_from_db()
    assert run.state == ImportState.READY


def test_the_same_file_again_changes_nothing_and_says_who_sent_it(
    client: Client, someone: User
) -> None:
    content = xlsx([firm(1), firm(2)])
    written_run(client, content)

    run = checked_run(client, content)

    assert run.counts == {"SAME": 2, "NOTES": 0, "rows": 2}
    shown = page(client, run)
    assert f"The very same file was imported before by {someone.name}" in shown
    assert "there is nothing to write" in shown
    assert step(client, run, "confirm", version=run.version).status_code == 422


def test_a_row_that_somebody_else_changed_meanwhile_is_left_out(client: Client) -> None:
    run = checked_run(client, xlsx([firm(1), firm(2)]))
    EnterpriseFactory.create(credit_code=credit_code(1), name="海门抢先有限公司")

    step(client, run, "confirm", version=run.version)
    work()

    run.refresh_from_db()
    assert (run.counts["written"], run.counts["left"]) == (1, 1)
    assert Enterprise.objects.get(credit_code=credit_code(1)).name == "海门抢先有限公司"
    assert "Left out while writing" in page(client, run)


def test_writing_that_broke_off_goes_on_where_it_was(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shuniu.zone.kernel.services.importing_rows.AT_ONCE", 2)
    run = checked_run(client, xlsx([firm(number) for number in range(5)]))
    step(client, run, "confirm", version=run.version)
    rows = services.importing_rows
    rows._some(rows.WRITING, run.pk, 2, THURSDAY_10)
    assert Enterprise.objects.count() == 2

    work()

    run.refresh_from_db()
    assert (run.state, run.counts["written"], Enterprise.objects.count()) == ("DONE", 5, 5)


def test_an_import_is_undone_but_for_what_was_used(client: Client) -> None:
    run = written_run(client, xlsx([firm(1), firm(2)]))
    Enterprise.objects.filter(credit_code=credit_code(2)).update(employees=9_999)

    step(client, run, "undo")
    work()

    run.refresh_from_db()
    assert (run.state, run.counts["undone"], run.counts["kept"]) == ("UNDONE", 1, 1)
    assert [row.credit_code for row in Enterprise.objects.all()] == [credit_code(2)]
    shown = page(client, run)
    assert "Not taken back" in shown
    assert "Somebody has changed this since: Employees." in shown


def test_columns_can_be_chosen_otherwise_and_are_remembered(client: Client) -> None:
    content = xlsx([["海门甲公司", credit_code(1), "某镇", "12"]], ["称呼", "号", "住所", "人数"])
    send(client, content)
    work()
    run = only_run()
    assert run.layout["columns"] == ["name", "credit_code", "address", "employees"]
    url = reverse("kernel:import-columns", args=[run.pk])
    where = {"sheet": 0, "head": 0, "depth": 1}

    lacking = post(client, url, **where, **{"field-credit_code": "1"})
    twice = post(client, url, **where, **{"field-credit_code": "1", "field-name": "1"})
    places = {"field-credit_code": "1", "field-name": "0", "field-employees": "3"}
    post(client, url, **where, **places)
    work()
    step(client, run, "confirm", version=1)

    assert "Say in which column this stands: Enterprise name." in lacking.content.decode()
    assert "One column cannot be two things" in twice.content.decode()
    assert {row.heading: row.field for row in ImportHeading.objects.all()} == {
        "称呼": "name", "号": "credit_code", "人数": "employees",
    }  # fmt: skip


def test_the_datum_of_positions_must_be_chosen(client: Client) -> None:
    send(client, xlsx([firm(1)]))
    work()
    run = only_run()

    answer = post(
        client, reverse("kernel:import-columns", args=[run.pk]),
        **columns_of(run) | {"option-datum": ""},
    )  # fmt: skip

    assert answer.status_code == 422
    assert "Please choose: From which map are the positions?" in answer.content.decode()


def test_another_row_of_headings_is_proposed_anew(client: Client) -> None:
    send(client, xlsx([["说明"], list(HEADINGS), firm(1)], None))
    work()
    run = only_run()
    assert run.layout["head"] == 1

    shown = page(client, run, "?sheet=0&head=0&depth=1")

    assert "Check 2 rows" in shown


def test_a_checked_list_goes_back_to_its_columns_or_is_given_up(client: Client) -> None:
    run = checked_run(client, xlsx([firm(1)]))

    step(client, run, "again")
    run.refresh_from_db()
    assert run.state == ImportState.COLUMNS
    step(client, run, "drop")

    run.refresh_from_db()
    assert run.state == ImportState.DROPPED
    assert not Enterprise.objects.exists()


def test_pasted_cells_are_a_list_too(client: Client) -> None:
    lines = ["\t".join(HEADINGS), "\t".join(map(str, firm(1)))]
    url = reverse("kernel:import-new", args=["enterprises"])
    post(client, url, cells="\r\n".join(lines))
    work()
    run = only_run()
    post(client, reverse("kernel:import-columns", args=[run.pk]), **columns_of(run))
    work()

    run.refresh_from_db()
    assert (run.is_pasted, run.counts) == (True, {"NEW": 1, "NOTES": 0, "rows": 1})
