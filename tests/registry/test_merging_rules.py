"""What is not merged, what comes of two at once, and what follows a merge."""

from __future__ import annotations

import pytest

from shuniu.zone.desk.choices import Channel
from shuniu.zone.desk.services import open_case
from shuniu.zone.registry import queries, services
from shuniu.zone.registry.models import (
    Enterprise,
    Membership,
    Merge,
)
from tests.factories import (
    CaseFactory,
    ContactFactory,
    EnterpriseFactory,
    clerk,
    enterprise_admin,
    handler,
)
from tests.registry.people import CODE, OTHER_CODE, known_enterprise, sent, told
from tests.registry.twin_firms import (
    LATER,
    everything,
    merged,
    two_firms,
    undone,
)
from tests.sharing import at_once

pytestmark = pytest.mark.usefixtures("zone")


@pytest.mark.parametrize("reason", ["", "同一家", "请打 15400010001 问"])
def test_two_valid_codes_are_merged_only_with_a_reason(reason: str) -> None:
    kept = EnterpriseFactory.create(credit_code=CODE)
    gone = EnterpriseFactory.create(credit_code=OTHER_CODE)

    with pytest.raises(services.MergeReasonMissing):
        merged(kept, gone, reason=reason)

    assert (Merge.objects.count(), told("registry.enterprise")) == (0, [])


def test_a_record_is_not_merged_into_itself() -> None:
    firm = EnterpriseFactory.create()

    with pytest.raises(services.SameRecord):
        merged(firm, firm)

    assert Merge.objects.count() == 0


def test_a_merged_record_takes_part_in_no_other_merge_and_no_circle_closes() -> None:
    one, two, three = EnterpriseFactory.create_batch(3)
    merged(two, one)

    for kept, gone in ((one, two), (one, three), (three, one)):
        with pytest.raises(services.AlreadyMerged, match=f"{one.name}.*{two.name}"):
            merged(kept, gone)

    assert Merge.objects.count() == 1


def test_merges_in_a_row_are_undone_in_turn() -> None:
    one, two, three = EnterpriseFactory.create_batch(3)
    case = CaseFactory.create(enterprise=one)
    before = everything()
    first, second = merged(two, one), merged(three, two)
    case.refresh_from_db()
    one.refresh_from_db()
    assert (case.enterprise_id, one.merged_into_id) == (three.pk, three.pk)

    with pytest.raises(services.LaterMergeFirst, match=two.name):
        undone(first)
    undone(second)
    undone(first)

    assert everything() == before


def test_undoing_twice_is_refused() -> None:
    merge = merged(*two_firms())
    undone(merge)

    with pytest.raises(services.AlreadyUndone):
        undone(merge)

    assert len(told("registry.enterprise.separated")) == 1


@pytest.mark.parametrize("somebody", ["handler", "chief"])
def test_only_clerks_merge_and_undo(somebody: str) -> None:
    kept, gone = EnterpriseFactory.create(), EnterpriseFactory.create()
    actor = handler() if somebody == "handler" else enterprise_admin(kept)
    with pytest.raises(services.NotForYou):
        merged(kept, gone, actor)
    merge = merged(kept, gone)

    with pytest.raises(services.NotForYou):
        undone(merge, actor)

    gone.refresh_from_db()
    assert gone.merged_into_id == kept.pk


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("shared_database")
@pytest.mark.parametrize("is_crosswise", [False, True])
def test_two_clerks_at_once_merge_once(is_crosswise: bool) -> None:
    kept, gone = EnterpriseFactory.create(), EnterpriseFactory.create()
    clerks = [clerk(), clerk()]
    case = CaseFactory.create(enterprise=gone)
    pairs = [(kept, gone), (gone, kept) if is_crosswise else (kept, gone)]

    def work(number: int) -> str:
        try:
            merged(*pairs[number], clerks[number])
        except services.AlreadyMerged:
            return "refused"
        return "merged"

    answers = at_once(2, work)

    merge = Merge.objects.get()
    case.refresh_from_db()
    assert sorted(answers) == ["merged", "refused"]
    assert case.enterprise_id == merge.kept_id
    assert Enterprise.objects.filter(merged_into=None).get().pk == merge.kept_id


def test_twins_are_told_by_name_number_and_address() -> None:
    one = EnterpriseFactory.create(name="南通海顺重工有限公司", address="海门区滨江路 100 号")
    two = EnterpriseFactory.create(name="南通海顺重工（有限公司）", address="")
    three = EnterpriseFactory.create(name="海顺重工股份有限公司", address="海门区滨江路100号")
    EnterpriseFactory.create(name="江苏远洋电缆有限公司", address="海门区滨江路 100 号")
    for firm in (two, three):
        ContactFactory.create(enterprise=firm, phone="0513-82100001")

    found = queries.twins_found()

    assert [(t.one, t.other, [sign.value for sign in t.signs]) for t in found] == [
        (one, two, ["NAME"]),
        (one, three, ["ADDRESS"]),
        (two, three, ["PHONE"]),
    ]
    assert [twins.other for twins in queries.twins_of(three)] == [one, two]


def test_a_need_that_is_sent_for_the_gone_record_arrives_at_the_kept_one() -> None:
    kept, gone = EnterpriseFactory.create(), EnterpriseFactory.create()
    actor = clerk()
    merged(kept, gone, actor)
    gone.refresh_from_db()

    case = open_case(
        enterprise=gone,
        text="厂门口的灯坏了",
        channel=Channel.PHONE,
        is_restricted=False,
        actor=actor,
        now=LATER,
    )

    assert case.enterprise_id == kept.pk


def test_whoever_registers_with_the_code_of_the_gone_record_joins_the_kept_one() -> None:
    kept, gone = EnterpriseFactory.create(), known_enterprise()
    actor = clerk()
    merged(kept, gone, actor)
    row = sent()

    assert queries.check_of(row).enterprise == kept
    services.approve_registration(
        registration_id=row.pk, joins=kept.pk, as_admin=False, actor=actor, now=LATER
    )

    assert list(Membership.objects.values_list("enterprise_id", flat=True)) == [kept.pk]
