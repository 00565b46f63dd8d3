"""The list of the service catalogue: what a row would change, is written, and is taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from shuniu.zone.hall import services
from shuniu.zone.hall.models import ServiceItem
from shuniu.zone.hall.services import ITEM_LIST
from shuniu.zone.kernel.importing.kinds import Becomes, Errand, SourceRow, Verdict, Written
from shuniu.zone.kernel.importing.wording import worded
from shuniu.zone.kernel.models import Fact
from tests.factories import THURSDAY_10
from tests.hall.people import People, added, new_item

ROW = {
    "code": "SC-001", "name": "企业设立登记", "unit": "行政审批局",
    "materials": "营业执照；身份证明", "limit_days": "3个工作日", "promise_days": "即办",
}  # fmt: skip


def errand(people: People) -> Errand:
    return Errand(people.clerk, THURSDAY_10, "import-1", {})


def checked(people: People, *rows: Mapping[str, str]) -> Sequence[Verdict]:
    source = [SourceRow(number, row) for number, row in enumerate(rows, 2)]
    return ITEM_LIST.check(source, errand(people))


def written(people: People, *rows: Mapping[str, str]) -> Sequence[Written]:
    return ITEM_LIST.apply(checked(people, *rows), errand(people))


def test_a_new_row_is_written_with_lines_and_days(people: People) -> None:
    written(people, ROW)

    item = ServiceItem.objects.get()
    assert (item.unit.code, item.things_to_bring) == ("approval_bureau", ["营业执照", "身份证明"])
    assert (item.limit_days, item.promise_days) == (3, 0)
    assert Fact.objects.get(kind="hall.item.listed").data["item_id"] == item.pk


def test_a_row_that_says_the_same_changes_nothing(people: People) -> None:
    written(people, ROW)

    assert [one.becomes for one in checked(people, ROW)] == [Becomes.SAME]


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"code": "编码一"}, "code"),
        ({"code": ""}, "code"),
        ({"name": ""}, "name"),
        ({"unit": "没有这个局"}, "unit"),
        ({"limit_days": "三天"}, "limit_days"),
        ({"limit_days": "1000"}, "limit_days"),
        ({"limit_days": "1", "promise_days": "2"}, "promise_days"),
        ({"name": "长" * 121}, "name"),
    ],
)
def test_each_fault_is_found_in_its_cell(people: People, cells: dict[str, str], fault: str) -> None:
    row = {key: cell for key, cell in (ROW | cells).items() if cell}

    [verdict] = checked(people, row)

    assert [one.field for one in verdict.faults] == [fault]
    assert all(worded(ITEM_LIST, one).says for one in verdict.faults)


def test_a_code_that_stands_twice_is_a_fault_of_the_second_row(people: People) -> None:
    verdicts = checked(people, ROW, ROW)

    assert [one.becomes for one in verdicts] == [Becomes.NEW, Becomes.FAULTY]


def test_undo_takes_a_new_item_away_and_sets_a_changed_one_back(people: People) -> None:
    old = added(people)
    done = written(people, {"code": "SC-001", "fee": "每件 10 元"}, ROW | {"code": "SC-002"})

    taken = ITEM_LIST.undo(done, errand(people))

    old.refresh_from_db()
    assert ([one.is_done for one in taken], old.fee) == ([True, True], "不收费")
    assert list(ServiceItem.objects.values_list("code", flat=True)) == ["SC-001"]


def test_undo_leaves_what_somebody_changed_since(people: People) -> None:
    done = written(people, ROW)
    item = ServiceItem.objects.get()
    services.correct_item(
        item_id=item.pk, new=new_item(fee="每件 10 元"), seen=1, actor=people.clerk, now=THURSDAY_10
    )

    [taken] = ITEM_LIST.undo(done, errand(people))

    assert (taken.is_done, ServiceItem.objects.count()) == (False, 1)
    assert not Fact.objects.filter(kind="hall.item.taken_back").exists()


def test_only_who_keeps_the_catalogue_writes_its_list(people: People) -> None:
    verdicts = checked(people, ROW)

    with pytest.raises(services.NotForYou):
        ITEM_LIST.apply(verdicts, Errand(people.handler, THURSDAY_10, "import-1", {}))

    assert (ITEM_LIST.may(people.clerk), ITEM_LIST.may(people.handler)) == (True, False)
