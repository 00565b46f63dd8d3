"""The service catalogue: kept by clerks, read by everybody who needs it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shuniu.zone.hall import queries, services
from shuniu.zone.hall.models import ServiceItem
from shuniu.zone.hall.queries import ItemFilter
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry.queries import standing_of
from tests.costs import costs
from tests.factories import THURSDAY_10, office
from tests.hall.people import People, added, new_item, sent, signed_in, text_of


def test_a_clerk_adds_an_item_and_the_lines_are_tidied(people: People) -> None:
    item = services.add_item(
        code="SC-001",
        new=new_item(materials=" 营业执照 \r\n\n\x07身份证明 "),
        actor=people.clerk,
        now=THURSDAY_10,
    )

    assert item.things_to_bring == ["营业执照", "身份证明"]
    assert Fact.objects.get(kind="hall.item.added").data == {"item_id": item.pk}


def test_a_second_item_with_the_code_is_refused(people: People) -> None:
    added(people)

    with pytest.raises(services.CodeTaken):
        added(people, name="企业变更登记")

    assert ServiceItem.objects.count() == 1


def test_more_than_the_law_allows_cannot_be_promised(people: People) -> None:
    with pytest.raises(services.PromiseTooLong):
        services.add_item(
            code="SC-001",
            new=new_item(limit_days=3, promise_days=4),
            actor=people.clerk,
            now=THURSDAY_10,
        )

    assert not ServiceItem.objects.exists()


def test_a_correction_says_which_fields_differ(people: People) -> None:
    item = added(people)

    services.correct_item(
        item_id=item.pk, new=new_item(fee="每件 10 元"), seen=1, actor=people.clerk, now=THURSDAY_10
    )

    item.refresh_from_db()
    assert (item.fee, item.version) == ("每件 10 元", 2)
    told = Fact.objects.get(kind="hall.item.corrected")
    assert told.data == {"item_id": item.pk, "fields": ["fee"]}


def test_a_correction_that_changes_nothing_leaves_no_fact(people: People) -> None:
    item = added(people)

    services.correct_item(
        item_id=item.pk, new=new_item(), seen=1, actor=people.clerk, now=THURSDAY_10
    )

    item.refresh_from_db()
    assert item.version == 1
    assert not Fact.objects.filter(kind="hall.item.corrected").exists()


def test_who_saw_an_older_version_overwrites_nothing(people: People) -> None:
    item = added(people)
    services.correct_item(
        item_id=item.pk, new=new_item(fee="免费"), seen=1, actor=people.clerk, now=THURSDAY_10
    )

    with pytest.raises(services.ItemChanged):
        services.correct_item(
            item_id=item.pk, new=new_item(fee="收费"), seen=1, actor=people.clerk, now=THURSDAY_10
        )

    item.refresh_from_db()
    assert item.fee == "免费"


def test_a_retired_item_is_seen_by_staff_alone(people: People) -> None:
    item = added(people)
    services.retire_item(item_id=item.pk, actor=people.clerk, now=THURSDAY_10)

    def seen_by(person: object) -> list[ServiceItem]:
        return list(queries.items_visible_to(standing_of(person)))  # type: ignore[arg-type]  # a person

    assert (seen_by(people.member), seen_by(people.handler)) == ([], [item])


def test_retiring_twice_is_told_once(people: People) -> None:
    item = added(people)

    for _again in range(2):
        services.retire_item(item_id=item.pk, actor=people.clerk, now=THURSDAY_10)

    assert Fact.objects.filter(kind="hall.item.retired").count() == 1


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("设立", ["SC-001"]),
        ("身份 设立", ["SC-001"]),
        ("行政审批", ["SC-001", "SC-002"]),
        ("税", []),
    ],
)
def test_all_words_must_be_in_what_an_item_says(
    people: People, words: str, found: list[str]
) -> None:
    added(people)
    added(people, "SC-002", "企业变更登记")

    rows = queries.filtered_items(standing_of(people.member), ItemFilter(words=words))

    assert [row.code for row in rows] == found


def test_an_enterprise_starts_a_need_from_an_item(people: People) -> None:
    item = added(people)
    client = signed_in(people.member)
    page = text_of(client, reverse("hall:item", args=[item.pk]))
    link = page.partition('href="/needs/?begin=')[2].partition('"')[0]

    need = text_of(client, f"/needs/?begin={link}")

    assert "营业执照复印件" in page
    assert f"企业设立登记（事项编码 {item.code}）" in need


def test_an_enterprise_sees_no_history_and_no_button_of_clerks(people: People) -> None:
    item = added(people)

    page = text_of(signed_in(people.member), reverse("hall:item", args=[item.pk]))

    assert reverse("hall:item-correct", args=[item.pk]) not in page
    assert "item-history-title" not in page


def test_a_clerk_adds_corrects_retires_and_restores_on_the_pages(people: People) -> None:
    client = signed_in(people.clerk)
    fields = {"name": "排水许可", "unit": office("planning_bureau").pk, "promise_days": 8}

    assert sent(client, reverse("hall:item-new"), code="SC-009", **fields) == 302
    item = ServiceItem.objects.get()
    fee = sent(client, reverse("hall:item-correct", args=[item.pk]), **fields, fee="不收费", seen=1)
    steps = [
        sent(client, reverse("hall:item-step", args=[item.pk, step]))
        for step in ("retire", "restore")
    ]

    item.refresh_from_db()
    assert (fee, steps, item.fee, item.is_active) == (302, [302, 302], "不收费", True)


def test_a_form_with_faults_comes_back_with_them(people: People) -> None:
    client = signed_in(people.clerk)

    status = sent(
        client, reverse("hall:item-new"), code="编码", name="", unit="", limit_days=1,
        promise_days=2,
    )  # fmt: skip

    assert (status, ServiceItem.objects.count()) == (422, 0)


def test_the_catalogue_goes_out_as_a_workbook(people: People) -> None:
    added(people)

    answer = signed_in(people.handler).get(reverse("hall:items-xlsx"))

    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")


def test_the_list_costs_the_same_for_one_item_and_for_three(people: People) -> None:
    client = signed_in(people.member)
    added(people)
    client.get(reverse("hall:items"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("hall:items"))
    added(people, "SC-002", "企业变更登记")
    added(people, "SC-003", "企业简易注销")

    with CaptureQueriesContext(connection) as three:
        client.get(reverse("hall:items"))

    assert (len(one), len(three)) == (costs()["hall:items"], costs()["hall:items"])
