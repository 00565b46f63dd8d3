"""Words and files of cases end; counts, states and times stay."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase

from shuniu.zone.desk import services
from shuniu.zone.desk.choices import CaseState, NoteKind, Solved
from shuniu.zone.desk.models import Attachment, Case, Note
from shuniu.zone.desk.queries import attachments_visible_to, day_summary, history_of, needs_held
from shuniu.zone.kernel import files
from shuniu.zone.kernel.clock import day_of
from shuniu.zone.kernel.data_map import Held, Removed
from shuniu.zone.registry.models import ProfileVersion
from shuniu.zone.registry.queries import standing_of
from tests.factories import THURSDAY_10, CaseFactory, clerk, columns
from tests.kernel.uploads import pdf

pytestmark = pytest.mark.usefixtures("zone")
MARK = "（已按保存期限删除）"
LATER = THURSDAY_10 + timedelta(days=400)
CUTOFF = LATER - timedelta(days=365)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: object) -> Path:
    settings.UPLOADS = tmp_path / "files"  # type: ignore[attr-defined]
    return tmp_path / "files"


def over(at: datetime = THURSDAY_10, **given: object) -> Case:
    """Return a case closed at a moment, with an answer and a file."""
    case = CaseFactory.create(
        state=CaseState.CLOSED,
        closed_at=at,
        replied_at=at,
        solved=Solved.YES,
        light="none",
        text="张建国的手机13800001234打不通",
        location_note="三号门",
        suggestion={"category": "labour", "pieces": [["张建国", True]]},
        **given,
    )
    Note.objects.create(case=case, kind=NoteKind.REPLY, text="已联系张建国", written_at=at)
    stored = files.store(
        SimpleUploadedFile("张建国.pdf", pdf(), "application/pdf"), max_bytes=1_000_000
    )
    Attachment.objects.create(
        case=case,
        name=stored.name,
        content_type=stored.content_type,
        size_bytes=stored.size_bytes,
        sha256=stored.sha256,
        path=stored.path,
        added_at=at,
    )
    return case


def purge(limit: int = 10) -> Removed:
    with TestCase.captureOnCommitCallbacks(execute=True):
        return services.purge_needs(before=CUTOFF, limit=limit, now=LATER)


def test_words_and_files_of_a_case_long_over_are_gone(folder: Path) -> None:
    case = over()

    removed = purge()
    files.remove(removed.files)

    assert columns(case, ["text", "location_note", "suggestion", "purged_at"]) == {
        "text": MARK,
        "location_note": "",
        "suggestion": {"category": "labour"},
        "purged_at": LATER,
    }
    assert list(Note.objects.values_list("text", flat=True)) == [MARK]
    attachment = Attachment.objects.get()
    assert (attachment.name, attachment.path, attachment.sha256) == (MARK, "", "")
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert dict(removed.rows) == {"desk_case": 1, "desk_note": 1, "desk_attachment": 1}


def test_a_second_run_finds_nothing() -> None:
    over()
    purge()

    assert purge() == Removed()


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(lambda: over(CUTOFF), id="over exactly at the cut-off"),
        pytest.param(CaseFactory.create, id="open for more than a year"),
    ],
)
def test_what_is_not_due_stays(case: object) -> None:
    row = case()  # type: ignore[operator]
    before = columns(row, ["text", "purged_at"])

    assert purge() == Removed()
    assert columns(row, ["text", "purged_at"]) == before


def test_withdrawn_cases_end_too() -> None:
    case = CaseFactory.create(
        state=CaseState.WITHDRAWN, withdrawn_at=THURSDAY_10, light="none", text="不用了"
    )

    purge()

    assert columns(case, ["text"]) == {"text": MARK}


def test_a_run_takes_no_more_cases_at_once_than_it_is_told() -> None:
    for _ in range(3):
        over()

    assert [dict(purge(limit=2).rows).get("desk_case", 0) for _ in range(3)] == [2, 1, 0]


def test_the_figures_of_every_day_are_what_they_were() -> None:
    over()
    over(THURSDAY_10 + timedelta(days=1), submitted_at=THURSDAY_10)
    CaseFactory.create()
    days = [day_of(THURSDAY_10 + timedelta(days=n)) for n in range(-1, 3)]
    before = [(s.figures, s.by_category, s.week) for s in map(day_summary, days)]

    purge()

    assert [(s.figures, s.by_category, s.week) for s in map(day_summary, days)] == before


def test_the_page_of_a_purged_case_shows_no_file_and_a_history_without_words(
    zone: ProfileVersion,  # noqa: ARG001  # the zone must be there
) -> None:
    case = over()
    purge()

    assert list(attachments_visible_to(standing_of(clerk()))) == []
    case.refresh_from_db()
    assert [entry.text for entry in history_of(case, language="zh", for_staff=True)] == []


def test_what_is_held_counts_cases_with_words_and_the_oldest_that_is_over() -> None:
    CaseFactory.create()
    over(THURSDAY_10 + timedelta(days=1))
    over()

    assert needs_held() == Held(3, THURSDAY_10)
    purge()
    assert needs_held() == Held(1, None)


def test_files_that_no_case_names_are_deleted_after_their_day(folder: Path) -> None:
    over(THURSDAY_10 + timedelta(days=399))
    loose = files.store(SimpleUploadedFile("x.pdf", pdf(), "application/pdf"), max_bytes=1_000_000)
    named = Attachment.objects.get().path
    future = datetime.now(tz=THURSDAY_10.tzinfo) + timedelta(days=2)

    kept = services.purge_loose_files(before=THURSDAY_10, limit=10, now=THURSDAY_10)
    removed = services.purge_loose_files(before=future, limit=10, now=future)

    assert (kept.files, removed.files) == ((), (loose.path,))
    assert [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()] == [named]
