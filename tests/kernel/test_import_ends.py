"""Lists that are refused, files that come back, and what is left in the end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shuniu.config.imports import IMPORTS
from shuniu.zone.accounts.models import User
from shuniu.zone.desk import queries as desk
from shuniu.zone.kernel import clock, files, queries, services
from shuniu.zone.kernel.models import (
    Fact,
    ImportOutcome,
    ImportRow,
    ImportRun,
    ImportState,
    ImportTrace,
)
from shuniu.zone.registry.models import Enterprise
from tests.clients import Client
from tests.costs import costs
from tests.factories import administrator, clerk, handler
from tests.kernel.import_steps import (
    checked_run,
    columns_of,
    marked_file,
    only_run,
    page,
    post,
    send,
    step,
    three_and_a_fault,
    work,
    written_run,
)
from tests.sheets import credit_code, firm, saved, xlsx

pytestmark = pytest.mark.usefixtures("zone", "uploads", "english", "someone")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("list.xlsx", b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "neither an Excel workbook"),
        ("list.csv", b"MZ\x90\x00" + b"\0" * 60, "neither an Excel workbook"),
        ("list.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 60, "old Excel format"),
        ("list.xlsx", b"PK\x03\x04" + b"\0" * 60, "cannot be opened"),
    ],
)
def test_a_file_that_is_no_list_is_refused_at_once(
    client: Client, name: str, content: bytes, says: str
) -> None:
    answer = send(client, content, name)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_a_renamed_file_is_read_as_what_it_is_and_that_is_told(client: Client) -> None:
    text = "企业名称,统一社会信用代码\n海门甲厂," + credit_code(1)
    run = checked_run(client, text.encode("gbk"), "list.xlsx")

    assert run.counts == {"NEW": 1, "NOTES": 0, "rows": 1}
    assert "by its content this is a text table" in page(client, run)


def test_a_list_with_headings_alone_has_nothing_to_write(client: Client) -> None:
    run = checked_run(client, xlsx([]))

    assert run.counts == {"NOTES": 0, "rows": 0}
    assert "there is nothing to write" in page(client, run)


def test_an_empty_workbook_is_told_on_its_page(client: Client) -> None:
    from openpyxl import Workbook  # noqa: PLC0415  # for this test alone

    send(client, saved(Workbook()))
    work()

    run = only_run()
    assert run.state == ImportState.FAILED
    assert "The file has no row with text in it." in page(client, run)


def test_the_marked_file_shows_every_fault_in_place_and_has_no_formula(client: Client) -> None:
    risky = firm(1)
    risky[2] = "=cmd|' /C calc'!A0"
    wrong = firm(2)
    wrong[0] = credit_code(2)[:-1]
    run = checked_run(client, xlsx([risky, wrong]))

    sheet = marked_file(client, run)

    assert sheet["A3"].comment.text.startswith("A credit code has 18 characters; here are 17.")
    assert sheet["A3"].fill.fgColor.rgb == "00F8B4B4"
    assert sheet["N1"].value == "Result of the check"
    assert sheet["N2"].value.startswith("faulty, left out")
    assert [c.coordinate for row in sheet.iter_rows() for c in row if c.data_type == "f"] == []
    assert Fact.objects.filter(kind="kernel.import.file_taken").count() == 1


@pytest.mark.parametrize("sign", ["=1+1", "+1", "-1", "@a", "\t=1", "＝1"])
def test_a_text_list_comes_back_as_a_workbook_without_formulas(client: Client, sign: str) -> None:
    text = f'企业名称,统一社会信用代码,简称\n海门甲厂,{credit_code(1)},"{sign}"'
    run = checked_run(client, text.encode(), "list.csv")

    sheet = marked_file(client, run)

    assert (sheet["C2"].value, sheet["C2"].data_type) == (sign, "s")


@pytest.mark.parametrize("code", [kind.code for kind in IMPORTS])
def test_the_template_is_a_list_that_can_be_sent(client: Client, code: str) -> None:
    user = clerk() if code in {"enterprises", "services"} else administrator()
    client.force_login(user)

    answer = client.get(reverse("kernel:import-template", args=[code]))
    upload = SimpleUploadedFile("list.xlsx", answer.content)
    post(client, reverse("kernel:import-new", args=[code]), file=upload)
    work()

    run = only_run()
    kind = next(one for one in IMPORTS if one.code == code)
    wanted = [one.key for one in kind.fields if one.example]
    assert [key for key in run.layout["columns"] if key] == wanted
    post(client, reverse("kernel:import-columns", args=[run.pk]), **columns_of(run))
    work()
    run.refresh_from_db()
    assert run.counts == {"NEW": 1, "NOTES": 0, "rows": 1}


def test_a_page_at_work_asks_again_and_one_at_rest_does_not(client: Client) -> None:
    send(client, xlsx([firm(1)]))
    run = only_run()

    assert 'hx-trigger="every 1s"' in page(client, run)
    work()
    assert 'hx-trigger="every 1s"' not in page(client, run)


def test_people_without_a_list_of_theirs_see_nothing(client: Client) -> None:
    client.force_login(clerk())
    send(client, xlsx([firm(1)]))
    run = only_run()

    client.force_login(handler())
    assert client.get(reverse("kernel:imports")).status_code == 403
    assert client.get(reverse("kernel:import", args=[run.pk])).status_code == 403
    client.force_login(administrator())
    assert client.get(reverse("kernel:import", args=[run.pk])).status_code == 404
    assert client.get(reverse("kernel:import-new", args=["enterprises"])).status_code == 404


def test_rights_that_ended_before_the_confirmation_write_nothing(
    client: Client, someone: User
) -> None:
    run = checked_run(client, xlsx([firm(1)]))
    step(client, run, "confirm", version=run.version)
    someone.grants.all().delete()

    work()

    run.refresh_from_db()
    assert (run.state, run.counts["written"], run.counts["left"]) == ("DONE", 0, 1)
    assert not Enterprise.objects.exists()


def test_file_and_rows_end_after_thirty_days_and_the_record_stays(client: Client) -> None:
    run = written_run(client, xlsx([firm(1)]))
    path = run.path
    later = clock.now() + timedelta(days=31)

    removed = services.purge_imports(before=later - timedelta(days=30), limit=200, now=later)

    run.refresh_from_db()
    assert removed.files == (path,)
    assert (run.path, run.name, run.glimpse, run.counts["written"]) == ("", "", "", 1)
    assert not ImportRow.objects.exists()
    assert not ImportTrace.objects.exists()
    assert queries.imports_held().rows == 0
    shown = page(client, run)
    assert "their 30 days are over" in shown
    assert step(client, run, "undo").status_code == 409


def test_a_list_that_was_never_confirmed_ends_too(client: Client) -> None:
    run = checked_run(client, xlsx([firm(1)]))
    later = clock.now() + timedelta(days=31)

    services.purge_imports(before=later - timedelta(days=30), limit=200, now=later)

    run.refresh_from_db()
    assert (run.state, run.path) == (ImportState.DROPPED, "")


def test_the_file_of_an_import_is_no_loose_file(client: Client) -> None:
    send(client, xlsx([firm(1)]))

    assert desk.loose_files(clock.now() + timedelta(days=2)) == []
    with files.open_stored(only_run().path) as file:
        assert file.read(2) == b"PK"


@pytest.mark.parametrize("count", [1, 40])
def test_the_preview_costs_the_same_for_one_row_and_for_forty(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    run = checked_run(client, xlsx([firm(number) for number in range(count)]))
    page(client, run)  # the profile is read once for all

    with django_assert_num_queries(costs()["kernel:import"]):
        shown = page(client, run)

    assert shown.count("data-row") == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_imports_costs_the_same_for_one_and_for_three(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        send(client, xlsx([firm(number)]))
    client.get(reverse("kernel:imports"))  # the profile is read once for all

    with django_assert_num_queries(costs()["kernel:imports"]):
        shown = client.get(reverse("kernel:imports"))

    assert shown.content.decode().count("data-row") == count


def test_rows_are_sealed_where_they_are_stored(client: Client) -> None:
    run = checked_run(client, xlsx([firm(1)]))

    stored: Any = ImportRow.objects.values_list("body", flat=True).get(run=run)

    assert b"154" not in stored.stored
    assert "王样张".encode() not in stored.stored


def test_outcomes_are_counted_by_row(client: Client) -> None:
    run = written_run(client, three_and_a_fault())

    assert queries.outcomes_of(run) == {ImportOutcome.WRITTEN: 3}


def test_an_unknown_step_or_import_is_not_found(client: Client) -> None:
    run = checked_run(client, xlsx([firm(1)]))

    assert step(client, run, "explode").status_code == 404
    unknown = reverse("kernel:import", args=[UUID(int=7)])
    assert client.get(unknown).status_code == 404
