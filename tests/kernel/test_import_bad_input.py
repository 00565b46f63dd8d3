"""What people really send: each kind of bad list that the import is asked to bear."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel import forms, queries, services
from shuniu.zone.kernel.importing.wording import worded
from shuniu.zone.kernel.models import Fact, ImportHeading, ImportRun
from shuniu.zone.registry.models import Contact, Enterprise, Site
from shuniu.zone.registry.services import ENTERPRISE_LIST
from tests.clients import Client
from tests.factories import THURSDAY_10, ContactFactory, EnterpriseFactory, administrator, clerk
from tests.kernel.import_steps import (
    checked_run,
    columns_of,
    marked_file,
    only_run,
    page,
    post,
    send,
    work,
    written_run,
)
from tests.sheets import HEADINGS, credit_code, firm, saved, xlsx

pytestmark = pytest.mark.usefixtures("zone", "uploads", "english", "someone")


def faults_of(run: ImportRun) -> dict[int, list[str]]:
    """Return what is wrong, by the number of the row."""
    rows = queries.checked_of(queries.rows_of(run, "FAULTY"))
    return {
        one.row.number: [worded(ENTERPRISE_LIST, fault).says for fault in one.verdict.faults]
        for one in rows
    }


def with_code(number: int, code: str) -> list[Any]:
    row = firm(number)
    row[0] = code
    return row


def test_a_bomb_is_refused_and_nothing_is_kept(client: Client) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)

    answer = send(client, content.getvalue())

    assert answer.status_code == 422
    assert "far too large when unpacked" in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_merged_header_cells_are_read_and_their_rows_checked(client: Client) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2026年企业台账", None, None, None])
    sheet.append(["企业名称", "统一社会信用代码", "联系人", None])
    sheet.append([None, None, "姓名", "手机"])
    sheet.append(["海门甲公司", credit_code(1), "王一", "15400000001"])
    for area in ("A1:D1", "A2:A3", "B2:B3", "C2:D2"):
        sheet.merge_cells(area)

    run = checked_run(client, saved(book))

    assert run.layout["columns"] == ["name", "credit_code", "contact_name", "contact_phone"]
    assert run.counts == {"NEW": 1, "NOTES": 0, "rows": 1}


def test_a_formula_that_shows_nothing_is_a_fault_and_comes_back_as_its_text(
    client: Client,
) -> None:
    row = firm(1)
    row[5] = "=100+20"

    run = checked_run(client, xlsx([row]))
    sheet = marked_file(client, run)

    assert faults_of(run) == {
        2: ["This cell is a formula, and its result is not stored in the file."]
    }
    assert (sheet["F2"].value, sheet["F2"].data_type) == ("=100+20", "s")
    assert sheet["F2"].comment is not None


def test_of_five_thousand_rows_three_hundred_bad_ones_are_named_each(client: Client) -> None:
    rows = [firm(number) for number in range(5_000)]
    for number in range(0, 3_000, 10):
        rows[number][0] = credit_code(number)[:-1]
    lines = [",".join(map(str, row)) for row in [HEADINGS, *rows]]

    run = checked_run(client, "\n".join(lines).encode(), "list.csv")

    found = faults_of(run)
    assert run.counts == {"NEW": 4_700, "FAULTY": 300, "NOTES": 0, "rows": 5_000}
    assert list(found) == list(range(2, 3_002, 10))
    assert set(map(tuple, found.values())) == {("A credit code has 18 characters; here are 17.",)}


def test_the_same_file_twice_writes_nothing_the_second_time(client: Client) -> None:
    content = xlsx([firm(1), firm(2)])
    written_run(client, content)
    facts = Fact.objects.filter(kind__startswith="registry.").count()

    run = checked_run(client, content)

    assert run.counts == {"SAME": 2, "NOTES": 0, "rows": 2}
    assert Fact.objects.filter(kind__startswith="registry.").count() == facts


@pytest.mark.parametrize("name", ["list.csv", "list.txt", "名单", "list.xlsx.csv"])
def test_a_renamed_workbook_is_read_as_one(client: Client, name: str) -> None:
    run = checked_run(client, xlsx([firm(1)]), name)

    assert (run.file_type, run.counts["NEW"]) == ("xlsx", 1)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (credit_code(1)[:-1], "A credit code has 18 characters; here are 17."),
        (credit_code(1) + "0", "A credit code has 18 characters; here are 19."),
        (
            credit_code(1)[:6] + "O" + credit_code(1)[7:],
            "Character 7 is the letter O, which occurs in no credit code: is it the digit 0?",
        ),
        (
            "9I" + credit_code(1)[2:],
            "Character 2 is the letter I, which occurs in no credit code: is it the digit 1?",
        ),
    ],
)
def test_a_wrong_code_says_what_is_wrong_with_it(client: Client, code: str, says: str) -> None:
    run = checked_run(client, xlsx([with_code(1, code)]))

    assert faults_of(run) == {2: [says]}


def test_a_wrong_check_character_says_which_it_should_be(client: Client) -> None:
    right = credit_code(1)
    wrong = "A" if right[-1] != "A" else "B"

    run = checked_run(client, xlsx([with_code(1, right[:-1] + wrong)]))

    [[says]] = faults_of(run).values()
    assert says.startswith(f"The last character, {wrong}, does not fit the 17 before it")
    assert f"call for {right[-1]}." in says


def test_two_enterprises_with_one_code_are_told_by_row(client: Client) -> None:
    run = checked_run(client, xlsx([firm(1), with_code(2, credit_code(1))]))

    assert run.counts["NEW"] == 1
    assert faults_of(run) == {3: ["Row 2 has the same code."]}


def test_a_position_in_the_sea_says_how_far_out_it_lies(client: Client) -> None:
    row = firm(1)
    row[7], row[8] = 122.2, 31.9

    run = checked_run(client, xlsx([row]))

    [[says]] = faults_of(run).values()
    assert says.startswith("This lies ")
    assert says.rstrip().endswith("outside of the zone.")


def test_totals_and_signatures_are_left_aside_and_told(client: Client) -> None:
    rows = [firm(1), firm(2), ["合计", None, None, None, None, 240], ["制表人：王样张"]]

    run = checked_run(client, xlsx(rows))
    sheet = marked_file(client, run)

    assert run.counts == {"NEW": 2, "NOTES": 0, "rows": 2, "aside": [4, 5]}
    assert "(totals, signatures, remarks): row 4、5." in page(client, run)
    assert sheet["N4"].value == "no entry, left aside"


def test_a_firm_that_is_called_like_a_total_is_still_one(client: Client) -> None:
    row = firm(1)
    row[1] = "合计"

    run = checked_run(client, xlsx([[row[1], row[0]]], ["企业名称", "统一社会信用代码"]))

    assert run.counts == {"NEW": 1, "NOTES": 0, "rows": 1}


def test_a_number_below_zero_is_called_that(client: Client) -> None:
    row = firm(1)
    row[5] = "-5"

    run = checked_run(client, xlsx([row]))

    assert faults_of(run) == {2: ["“-5” is below zero: there are no fewer than 0."]}


def test_a_list_verifies_nothing_by_itself(client: Client) -> None:
    old = EnterpriseFactory.create(credit_code=credit_code(2), name="海门二号厂", verified_at=None)

    written_run(client, xlsx([firm(1), firm(2)]))

    old.refresh_from_db()
    assert old.verified_at is None
    assert [one.verified_at for one in Enterprise.objects.all()] == [None, None]
    assert [one.verified_at for one in Site.objects.all()] == [None, None]
    assert [one.verified_at for one in Contact.objects.all()] == [None, None]
    assert all(one.told_at is not None for one in Contact.objects.all())


def test_a_column_for_the_day_says_since_when_a_row_is_verified(client: Client) -> None:
    rows = [[*firm(1), "2026年3月5日"], [*firm(2), "2099-01-01"], [*firm(3), "上周"]]

    run = written_run(client, xlsx(rows, [*HEADINGS, "核实日期"]))

    [record] = Enterprise.objects.all()
    assert record.verified_at is not None
    assert f"{record.verified_at.astimezone():%Y-%m-%d}" in {"2026-03-05", "2026-03-04"}
    assert record.contacts.get().verified_at == record.verified_at
    assert faults_of(run) == {
        3: ["2099-01-01 is still to come: nobody has verified anything then."],
        4: ["“上周” is no day."],
    }


def test_a_contact_that_is_added_shows_those_that_stay(client: Client) -> None:
    row = firm(1)
    written_run(client, xlsx([row]))
    record = Enterprise.objects.get()
    ContactFactory.create(enterprise=record, name="李旧", title="厂长", phone="15400000077")
    row[10], row[12] = "赵新", "15400000088"

    run = checked_run(client, xlsx([row]))

    shown = page(client, run, "?which=CHANGED")
    assert "李旧 厂长 15400000077" in shown
    assert "赵新 办公室主任 15400000088" in shown
    assert "This one is added beside them." in page(client, run, "?which=NOTES")


def test_pasted_cells_are_counted_in_characters(client: Client) -> None:
    url = reverse("kernel:import-new", args=["enterprises"])

    longest = post(client, url, cells="汉" * forms.MOST_PASTED)
    longer = post(client, url, cells="汉" * (forms.MOST_PASTED + 1))

    assert longest.status_code == 302
    assert longer.status_code == 422
    assert "These are 800001 characters; at most 800000 can be pasted." in longer.content.decode()
    assert 'maxlength="800000"' not in longer.content.decode()


def test_two_pastes_are_told_apart_by_time_and_rows(client: Client) -> None:
    url = reverse("kernel:import-new", args=["enterprises"])
    post(client, url, cells="企业名称\t统一社会信用代码\n海门甲公司\t" + credit_code(1))

    name = only_run().name

    assert name.startswith("Pasted 20")
    assert name.endswith(", 2 rows")


def test_a_text_table_has_a_name_where_sheets_are_chosen(client: Client) -> None:
    send(client, f"企业名称,统一社会信用代码\n海门甲厂,{credit_code(1)}".encode(), "list.csv")
    work()

    assert "Text table（2 rows）" in page(client, only_run())


def test_a_row_of_values_taken_for_headings_is_not_remembered(client: Client) -> None:
    names = xlsx([["海门乙公司", credit_code(2)]], ["王小明", "李建国"])
    run = checked_run(client, names)
    services.confirm_import(
        import_id=run.pk, version=run.version, actor=run.made_by, now=THURSDAY_10
    )

    assert not ImportHeading.objects.exists()


def test_headings_end_two_years_after_they_were_last_used(client: Client) -> None:
    written_run(client, xlsx([firm(1)]))
    ImportHeading.objects.filter(heading="企业名称").update(used_at=THURSDAY_10.replace(year=2020))

    removed = services.purge_headings(
        before=THURSDAY_10.replace(year=2022), limit=100, now=THURSDAY_10
    )

    assert removed.rows == (("kernel_importheading", 1),)
    assert not ImportHeading.objects.filter(heading="企业名称").exists()


def test_a_list_of_staff_without_headings_is_recognized_by_its_content(client: Client) -> None:
    client.force_login(administrator())
    rows = [
        ["chen.yi", "陈一", "15400000003", "企业服务中心", "科员"],
        ["wang.er", "王小二", "15400000004", "企业服务中心", "副主任"],
    ]
    upload = SimpleUploadedFile("list.xlsx", xlsx(rows, None))
    post(client, reverse("kernel:import-new", args=["staff"]), file=upload)
    work()

    run = only_run()
    assert (run.layout["head"], run.layout["columns"]) == (
        -1, ["sign_in_name", "name", "phone", "office", "title"],
    )  # fmt: skip


def test_the_digest_of_a_file_is_in_no_fact_and_ends_with_its_rows(
    client: Client, someone: User
) -> None:
    run = written_run(client, xlsx([firm(1)]))
    digest = run.sha256
    assert digest not in str(list(Fact.objects.values_list("data", flat=True)))

    later = THURSDAY_10.replace(year=2030)
    services.purge_imports(before=later, limit=100, now=later)

    run.refresh_from_db()
    assert run.sha256 == ""
    assert queries.same_file_before(run) is None
    assert someone.pk == run.made_by_id


def test_cells_filled_from_merged_ones_are_counted_over_the_whole_file() -> None:
    from shuniu.zone.kernel.importing.reading import read  # noqa: PLC0415  # for this test alone

    book = Workbook()
    book.remove(book.worksheets[0])
    for number in range(3):
        sheet = book.create_sheet(f"表{number}")
        sheet.cell(1, 1).value = "甲"
        sheet.cell(900, 10).value = "末"
        sheet.merge_cells("A1:I899")

    found = read(saved(book)).sheets

    filled = [sum(row[:1] == ("甲",) for row in sheet.rows) for sheet in found]
    assert filled == [899, 899, 1]


def test_the_page_of_columns_asks_again_where_nothing_is_known(client: Client) -> None:
    client.force_login(clerk())
    send(client, xlsx([["x", "y"]], ["a", "b"]))
    work()

    answer = post(
        client, reverse("kernel:import-columns", args=[only_run().pk]), **columns_of(only_run())
    )

    assert answer.status_code == 422
