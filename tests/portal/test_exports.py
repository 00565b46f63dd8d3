"""Long lists as files: made in the background, for whoever asked, while all of it may be seen."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from shuniu.config import retention
from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import Grant, User
from shuniu.zone.desk.choices import Sensitivity
from shuniu.zone.desk.models import Case
from shuniu.zone.kernel.models import Delivery, Fact
from shuniu.zone.kernel.services import deliver_due
from shuniu.zone.notices.models import Notice
from shuniu.zone.portal import services
from shuniu.zone.portal.choices import ExportState, FileForm
from shuniu.zone.portal.models import ListExport
from shuniu.zone.portal.services import exporting
from shuniu.zone.registry.models import Post
from tests.clients import Client
from tests.costs import costs
from tests.factories import (
    THURSDAY_10,
    CaseFactory,
    EnterpriseFactory,
    clerk,
    handler,
    member_of,
    office,
    security_admin,
)

pytestmark = pytest.mark.usefixtures("zone")
KEY = "a-key-for-this-form"
LATER = THURSDAY_10 + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _on_thursday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shuniu.zone.kernel.clock.now", lambda: LATER)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def asked(
    actor: User, *, form: FileForm = FileForm.CSV, query: str = "", list_kind: str = "cases"
) -> ListExport:
    return services.ask_for_export(
        list_kind=list_kind, form=form, query=query, language="zh-hans", actor=actor,
        now=THURSDAY_10,
    )  # fmt: skip


def made(actor: User, **wanted: Any) -> ListExport:
    export = asked(actor, **wanted)
    services.make_export(export_id=export.pk, now=LATER)
    export.refresh_from_db()
    return export


def content_of(export: ListExport) -> bytes:
    return (Path(settings.UPLOADS) / export.path).read_bytes()


def downloaded(client: Client, export: ListExport) -> tuple[int, bytes]:
    """Return the status and the bytes of a download."""
    answer = client.get(file_of(export))
    return answer.status_code, answer.getvalue()


def file_of(export: ListExport) -> str:
    return reverse("portal:export-file", args=[export.pk])


def test_the_person_asks_waits_and_gets_exactly_the_list() -> None:
    listed = CaseFactory.create(category="municipal")
    CaseFactory.create(category="labor")
    person = clerk()
    client = signed_in(person)
    fields = {"form": "csv", "query": "category=municipal", "idempotency_key": KEY}

    answer = client.post(reverse("portal:export-new", args=["cases"]), fields)
    waiting = client.get(answer["Location"]).content.decode()
    deliver_due(now=LATER)
    ready = client.get(answer["Location"]).content.decode()

    export = ListExport.objects.get()
    _status, file = downloaded(client, export)
    lines = file.decode("utf-8-sig").splitlines()
    assert answer["Location"] == reverse("portal:exports")
    assert ('hx-trigger="every 2s"' in waiting, file_of(export) in waiting) == (True, False)
    assert ('hx-trigger="every 2s"' in ready, file_of(export) in ready) == (False, True)
    assert [line.split(",")[0] for line in lines] == ["编号", listed.number]
    assert file.startswith(b"\xef\xbb\xbf")


def test_the_bell_tells_whoever_asked_once_and_nobody_else() -> None:
    CaseFactory.create()
    person = clerk()

    export = made(person)
    services.make_export(export_id=export.pk, now=LATER)

    notices = Notice.objects.values_list("recipient_id", "kind", "values")
    assert list(notices) == [(person.pk, "portal.exported", {"rows": "1"})]


def test_asking_and_each_download_are_one_fact() -> None:
    CaseFactory.create()
    person = clerk()
    export = made(person)
    client = signed_in(person)

    downloaded(client, export)
    client.head(file_of(export))

    told = Fact.objects.filter(actor=person, kind__startswith="portal.export.").order_by("pk")
    same = {"export_id": str(export.pk), "list_kind": "cases", "form": "csv", "rows": 1}
    assert [(fact.kind, fact.data) for fact in told] == [
        ("portal.export.asked", same), ("portal.export.taken", same),
    ]  # fmt: skip


def test_a_workbook_holds_the_rows_in_the_order_of_the_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exporting, "ROWS_READ", 2)
    cases = [
        CaseFactory.create(submitted_at=THURSDAY_10 + timedelta(hours=hour)) for hour in range(5)
    ]

    export = made(clerk(), form=FileForm.XLSX, query="turn=all")

    sheet = load_workbook(io.BytesIO(content_of(export))).active
    assert sheet is not None
    numbers = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert numbers == [case.number for case in reversed(cases)]
    assert (export.state, export.done, export.rows) == (ExportState.READY, 5, 5)
    assert export.size_bytes == len(content_of(export))


def test_enterprises_go_out_in_the_same_way() -> None:
    wanted = EnterpriseFactory.create(name="海门甲厂")
    EnterpriseFactory.create(name="海门乙厂")

    export = made(clerk(), list_kind="enterprises", query="words=甲厂")

    lines = content_of(export).decode("utf-8-sig").splitlines()
    assert (len(lines), lines[1].split(",")[0]) == (2, wanted.name)


def test_progress_is_kept_while_the_rows_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "ROWS_READ", 2)
    CaseFactory.create_batch(5)
    export = asked(clerk())
    seen: list[tuple[int, str]] = []

    def watched(table: Any) -> bytes:
        now = ListExport.objects.filter(pk=export.pk).values_list("done", "state")
        seen.extend(now.get() for _row in table.rows)
        return b"x"

    monkeypatch.setitem(exporting.WRITERS, FileForm.CSV, watched)
    services.make_export(export_id=export.pk, now=LATER)

    assert seen == [(done, ExportState.MAKING) for done in (0, 0, 2, 2, 4)]


def test_a_worker_that_was_taken_for_dead_leaves_the_file_to_the_one_that_began_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exporting, "ROWS_READ", 1)
    CaseFactory.create_batch(2)
    export = asked(clerk())
    before = {path for path in Path(settings.UPLOADS).rglob("*") if path.is_file()}
    plain = exporting.WRITERS[FileForm.CSV]

    def overtaken(table: Any) -> bytes:
        monkeypatch.setitem(exporting.WRITERS, FileForm.CSV, plain)
        rows = iter(table.rows)
        first = next(rows)
        services.make_export(export_id=export.pk, now=LATER)
        return b"".join(str(row).encode() for row in (first, *rows))

    monkeypatch.setitem(exporting.WRITERS, FileForm.CSV, overtaken)
    services.make_export(export_id=export.pk, now=LATER)

    export.refresh_from_db()
    after = {path for path in Path(settings.UPLOADS).rglob("*") if path.is_file()}
    assert after - before == {Path(settings.UPLOADS) / export.path}
    assert len(content_of(export).decode("utf-8-sig").splitlines()) == 3
    assert Notice.objects.count() == 1


def test_a_worker_that_is_overtaken_at_the_end_throws_its_file_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    CaseFactory.create()
    export = asked(clerk())
    before = {path for path in Path(settings.UPLOADS).rglob("*") if path.is_file()}

    def ended(table: Any) -> bytes:
        rows = str(list(table.rows)).encode()
        ListExport.objects.update(turn=export.pk)
        return rows

    monkeypatch.setitem(exporting.WRITERS, FileForm.CSV, ended)
    services.make_export(export_id=export.pk, now=LATER)

    export.refresh_from_db()
    assert (export.state, export.path) == (ExportState.MAKING, "")
    assert {path for path in Path(settings.UPLOADS).rglob("*") if path.is_file()} == before


def test_the_rights_are_those_of_the_moment_in_which_the_file_is_made() -> None:
    mine, other = CaseFactory.create(), CaseFactory.create()
    person = member_of(mine.enterprise)
    export = asked(person)

    services.make_export(export_id=export.pk, now=LATER)

    export.refresh_from_db()
    text = content_of(export).decode()
    assert (mine.number in text, other.number in text) == (True, False)


def test_no_file_is_made_for_somebody_who_has_no_list_any_more() -> None:
    CaseFactory.create()
    person = clerk()
    export = asked(person)
    Grant.objects.filter(user=person).delete()

    services.make_export(export_id=export.pk, now=LATER)

    export.refresh_from_db()
    assert (export.state, export.path) == (ExportState.REFUSED, "")
    assert [notice.kind for notice in Notice.objects.all()] == ["portal.not_exported"]


def test_a_right_that_was_taken_away_holds_at_the_next_download() -> None:
    CaseFactory.create(lead_unit=office("econ_bureau"))
    person = handler("econ_bureau")
    export = made(person)
    client = signed_in(person)
    before, _body = downloaded(client, export)

    Post.objects.filter(user=person).update(office=office("planning_bureau"))
    after, _body = downloaded(client, export)

    assert (before, after) == (200, 403)
    assert Fact.objects.filter(kind="portal.export.taken").count() == 1


def test_a_role_more_makes_the_file_another_one_too() -> None:
    CaseFactory.create()
    person = clerk()
    export = made(person)

    Grant.objects.create(user=person, role=Role.LEADER, granted_at=THURSDAY_10)

    with pytest.raises(services.ExportOutdated):
        services.take_export(export_id=export.pk, actor=person, now=LATER)


def test_a_case_that_became_restricted_keeps_the_whole_file_back() -> None:
    case = CaseFactory.create()
    CaseFactory.create()
    person = clerk()
    export = made(person)

    Case.objects.filter(pk=case.pk).update(sensitivity=Sensitivity.RESTRICTED)

    with pytest.raises(services.ExportOutdated):
        services.take_export(export_id=export.pk, actor=person, now=LATER)
    assert not Fact.objects.filter(kind="portal.export.taken").exists()


def test_somebody_elses_file_is_not_there() -> None:
    CaseFactory.create()
    export = made(clerk())
    other = clerk()

    answer = signed_in(other).get(file_of(export))

    assert answer.status_code == 404
    with pytest.raises(services.ListNotForYou):
        services.take_export(export_id=export.pk, actor=other, now=LATER)


def test_a_file_that_is_not_made_yet_is_not_given_out() -> None:
    CaseFactory.create()
    person = clerk()
    export = asked(person)

    with pytest.raises(services.ExportNotReady):
        services.take_export(export_id=export.pk, actor=person, now=LATER)


@pytest.mark.parametrize("list_kind", ["cases", "enterprises", "people"])
def test_a_stranger_or_an_unknown_list_is_refused(list_kind: str) -> None:
    CaseFactory.create()
    stranger = security_admin() if list_kind != "people" else clerk()

    with pytest.raises(services.ListNotForYou):
        asked(stranger, list_kind=list_kind)

    assert (ListExport.objects.count(), Delivery.objects.count()) == (0, 0)


def test_the_people_of_an_enterprise_have_no_list_of_enterprises() -> None:
    person = member_of(EnterpriseFactory.create())

    with pytest.raises(services.ListNotForYou):
        asked(person, list_kind="enterprises")


def test_an_empty_list_makes_no_file() -> None:
    with pytest.raises(services.NothingToExport):
        asked(clerk(), query="words=查不到的字")


def test_a_list_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "MOST_ROWS", 1)
    CaseFactory.create_batch(2)

    with pytest.raises(services.TooManyToExport):
        asked(clerk())


def test_three_files_are_made_for_one_person_at_a_time() -> None:
    CaseFactory.create()
    person = clerk()
    for _ in range(2):
        asked(person)
    made(person)
    asked(person)

    with pytest.raises(services.TooManyExports):
        asked(person)

    assert ListExport.objects.count() == 4
    asked(clerk())


def test_what_got_stuck_an_hour_ago_holds_nobody_up() -> None:
    CaseFactory.create()
    person = clerk()
    for _ in range(3):
        asked(person)
    ListExport.objects.update(asked_at=THURSDAY_10 - timedelta(hours=2))

    assert asked(person).state == ExportState.WAITING


@pytest.mark.parametrize("fields", [{"form": "pdf"}, {"form": "csv", "query": "a" * 4_001}])
def test_a_form_of_no_sense_makes_no_file(fields: dict[str, str]) -> None:
    CaseFactory.create()
    url = reverse("portal:export-new", args=["cases"])

    answer = signed_in(clerk()).post(url, fields | {"idempotency_key": KEY})

    assert (answer.status_code, ListExport.objects.count()) == (404, 0)


@pytest.mark.parametrize(("limit", "is_long"), [(0, True), (1, False)])
@pytest.mark.parametrize(
    ("name", "list_kind"), [("desk:case-list", "cases"), ("registry:enterprises", "enterprises")]
)
def test_a_short_list_goes_on_at_once_and_a_long_one_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, limit: int, name: str, list_kind: str, *, is_long: bool
) -> None:
    monkeypatch.setattr("shuniu.zone.desk.views.cases.LONG_LIST", limit)
    monkeypatch.setattr("shuniu.zone.registry.views.enterprises.LONG_LIST", limit)
    CaseFactory.create()

    page = signed_in(clerk()).get(f"{reverse(name)}?turn=all").content.decode()

    new = reverse("portal:export-new", args=[list_kind])
    assert (f'action="{new}"' in page, ".xlsx" in page) == (is_long, not is_long)


def test_the_file_and_its_row_are_gone_after_seven_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shuniu.zone.kernel.services.wipe_free_space", lambda: True)
    CaseFactory.create()
    export = made(clerk())
    path = Path(settings.UPLOADS) / export.path

    retention.purge(THURSDAY_10 + timedelta(days=6, hours=23))
    kept = (ListExport.objects.count(), path.exists())
    retention.purge(THURSDAY_10 + timedelta(days=7, hours=1))

    assert kept == (1, True)
    assert (ListExport.objects.count(), path.exists()) == (0, False)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_files_costs_the_same_for_one_and_for_three(number: int) -> None:
    CaseFactory.create()
    person = clerk()
    for _ in range(number):
        made(person)
    client = signed_in(person)

    with CaptureQueriesContext(connection) as asked_for:
        page = client.get(reverse("portal:exports"))

    assert (page.status_code, len(asked_for)) == (200, costs()["portal:exports"])
