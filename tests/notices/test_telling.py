"""Who is told what of a case: in the same transaction, once, and never himself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import User
from shuniu.zone.desk import services as desk
from shuniu.zone.desk.choices import Light, Solved, Urgency
from shuniu.zone.desk.models import Case
from shuniu.zone.notices import queries
from shuniu.zone.notices.models import Notice, Outgoing
from shuniu.zone.registry.models import ProfileVersion
from shuniu.zone.registry.queries import standing_of
from tests.factories import (
    THURSDAY_10,
    CaseFactory,
    EnterpriseFactory,
    clerk,
    handler,
    leader,
    member_of,
    office,
    person,
    supervisor,
)
from tests.notices.people import kinds_told, opened, told

pytestmark = pytest.mark.usefixtures("zone")
MINUTE = timedelta(minutes=1)


def dispatched(case: Case, actor: User, unit: str = "econ_bureau") -> Case:
    desk.accept_case(
        case_id=case.pk, category="municipal", subcategory="", urgency=Urgency.NORMAL,
        actor=actor, now=THURSDAY_10,
    )  # fmt: skip
    return desk.dispatch_case(case_id=case.pk, unit=office(unit), actor=actor, now=THURSDAY_10)


def test_a_case_tells_everybody_their_part_from_its_opening_to_its_end() -> None:
    firm = EnterpriseFactory.create()
    writer, colleague = member_of(firm), member_of(firm)
    stranger = member_of(EnterpriseFactory.create())
    center, worker, other, boss = clerk(), handler(), handler("planning_bureau"), supervisor()

    case = dispatched(opened(firm, writer), center)
    desk.sign_case(case_id=case.pk, actor=worker, now=THURSDAY_10)
    desk.reply_to_case(case_id=case.pk, text="已修好。", actor=worker, now=THURSDAY_10)
    desk.refuse_answer(case_id=case.pk, text="没有修好", actor=writer, now=THURSDAY_10)
    desk.dispatch_case(case_id=case.pk, unit=office("econ_bureau"), actor=boss, now=THURSDAY_10)
    case.refresh_from_db()
    if case.handler_id is None:
        desk.sign_case(case_id=case.pk, actor=worker, now=THURSDAY_10)
    desk.reply_to_case(case_id=case.pk, text="已换新灯。", actor=worker, now=THURSDAY_10)
    desk.confirm_case(
        case_id=case.pk, solved=Solved.YES, rating=5, actor=colleague, now=THURSDAY_10
    )

    assert kinds_told(writer) == ["replied", "replied"]
    assert kinds_told(colleague) == ["received", "replied", "replied"]
    assert kinds_told(center) == ["opened"]
    assert kinds_told(worker) == ["dispatched", "reopened", "dispatched", "confirmed"]
    assert kinds_told(boss) == ["reopened"]
    assert (kinds_told(stranger), kinds_told(other)) == ([], [])


def test_a_return_goes_to_the_center_and_a_withdrawal_to_the_unit() -> None:
    firm = EnterpriseFactory.create()
    writer, center, worker = member_of(firm), clerk(), handler()
    case = dispatched(opened(firm, writer), center)

    desk.return_case(
        case_id=case.pk, text="不归我们管", suggested_unit=office("planning_bureau"),
        actor=worker, now=THURSDAY_10 + MINUTE,
    )  # fmt: skip
    desk.withdraw_case(case_id=case.pk, text="不需要了", actor=writer, now=THURSDAY_10 + MINUTE)

    assert kinds_told(center) == ["opened", "returned", "withdrawn"]
    assert kinds_told(worker) == ["dispatched"]


def test_questions_and_requests_tell_those_whose_turn_it_is() -> None:
    firm = EnterpriseFactory.create()
    writer, worker, boss = member_of(firm), handler(), supervisor()
    case = dispatched(opened(firm, writer), clerk())
    desk.sign_case(case_id=case.pk, actor=worker, now=THURSDAY_10)

    desk.ask_enterprise(case_id=case.pk, text="哪几盏?", actor=worker, now=THURSDAY_10)
    desk.answer_question(case_id=case.pk, text="东门三盏", actor=writer, now=THURSDAY_10)
    until = THURSDAY_10.date() + timedelta(days=14)
    desk.ask_for_extension(
        case_id=case.pk, text="等配件", until=until, actor=worker, now=THURSDAY_10
    )
    desk.deny_request(case_id=case.pk, text="来得及", actor=boss, now=THURSDAY_10)
    desk.ask_for_suspension(
        case_id=case.pk, text="等规划", until=until, actor=worker, now=THURSDAY_10
    )
    desk.suspend_case(case_id=case.pk, actor=boss, now=THURSDAY_10)

    assert kinds_told(writer) == ["asked", "later"]
    assert kinds_told(worker) == ["dispatched", "answered", "decided", "decided"]
    assert kinds_told(boss) == ["requested", "requested"]


def test_a_rejection_tells_the_enterprise_and_its_objection_the_supervisor() -> None:
    firm = EnterpriseFactory.create()
    writer, center, boss = member_of(firm), clerk(), supervisor()
    case = opened(firm, writer)

    desk.reject_case(
        case_id=case.pk, text="属省道路灯", instead="区交通运输局", actor=center, now=THURSDAY_10
    )
    desk.object_to_rejection(
        case_id=case.pk, text="灯在园区路上", actor=writer, now=THURSDAY_10 + MINUTE
    )

    assert kinds_told(writer) == ["rejected"]
    assert (kinds_told(center), kinds_told(boss)) == (["opened"], ["objected"])


def test_the_way_to_the_district_and_back_tells_the_enterprise_unit_and_center() -> None:
    firm = EnterpriseFactory.create()
    writer, center, worker, boss = member_of(firm), clerk(), handler(), supervisor()
    case = dispatched(opened(firm, writer), center)
    desk.sign_case(case_id=case.pk, actor=worker, now=THURSDAY_10)

    desk.escalate_case(
        case_id=case.pk, body="区交通运输局", text="涉及省道", actor=boss, now=THURSDAY_10
    )
    desk.take_back_case(case_id=case.pk, text="已安排", actor=boss, now=THURSDAY_10 + MINUTE)

    assert kinds_told(writer) == ["escalated", "taken_back"]
    assert kinds_told(worker) == ["dispatched", "escalated"]
    assert kinds_told(center) == ["opened", "taken_back"]


def test_silence_tells_the_enterprise_and_who_worked_on_it() -> None:
    firm = EnterpriseFactory.create()
    writer, worker = member_of(firm), handler()
    case = dispatched(opened(firm, writer), clerk())
    desk.sign_case(case_id=case.pk, actor=worker, now=THURSDAY_10)
    desk.reply_to_case(case_id=case.pk, text="已修好。", actor=worker, now=THURSDAY_10)

    assert desk.confirm_silent(actor=None, now=THURSDAY_10 + timedelta(days=60)) == 1

    assert kinds_told(writer) == ["replied", "silent"]
    assert kinds_told(worker) == ["dispatched", "silent"]


@pytest.mark.parametrize(
    ("light", "told_leader"), [(Light.YELLOW, []), (Light.RED, []), (Light.PURPLE, ["purple"])]
)
def test_a_light_tells_the_handler_and_the_supervisor_and_purple_the_leader(
    light: Light, told_leader: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    worker, boss, chief = handler(), supervisor(), leader()
    case = CaseFactory.create(
        state="IN_PROGRESS", lead_unit=office(), handler=worker, next_light_at=THURSDAY_10
    )

    def set_light(row: Case, *, now: object) -> None:  # noqa: ARG001
        row.light, row.next_light_at = light, None

    monkeypatch.setattr("shuniu.zone.desk.services.clocks.set_light", set_light)
    desk.change_lights(actor=None, now=THURSDAY_10)

    assert case.light == Light.GREEN
    assert (kinds_told(worker), kinds_told(boss)) == ([light.value], [light.value])
    assert kinds_told(chief) == told_leader


def test_a_restricted_case_is_told_to_its_unit_and_its_enterprise_alone() -> None:
    firm = EnterpriseFactory.create()
    writer, colleague = member_of(firm), member_of(firm)
    inspector, center, boss = handler("discipline_group"), clerk(), supervisor()

    opened(firm, writer, is_restricted=True)

    assert (kinds_told(colleague), kinds_told(inspector)) == (["received"], ["opened"])
    assert (kinds_told(center), kinds_told(boss), kinds_told(writer)) == ([], [], [])


def test_what_is_undone_was_told_to_nobody() -> None:
    firm, center = EnterpriseFactory.create(), clerk()

    with transaction.atomic():
        opened(firm, member_of(firm))
        within = Notice.objects.filter(recipient=center).count()
        transaction.set_rollback(True)

    assert within == 1
    assert (Notice.objects.count(), Outgoing.objects.count()) == (0, 0)


def test_the_same_occasion_is_told_once() -> None:
    worker, case = handler(), CaseFactory.create()

    for _ in range(2):
        told(worker, case, "fact 17")

    assert Notice.objects.filter(recipient=worker).count() == 1


def test_somebody_whose_account_is_closed_is_told_nothing() -> None:
    firm, gone = EnterpriseFactory.create(), clerk()
    User.objects.filter(pk=gone.pk).update(is_active=False)

    opened(firm, member_of(firm))

    assert kinds_told(gone) == []


def test_what_one_may_no_longer_see_shows_nothing() -> None:
    worker = handler()
    case = CaseFactory.create(lead_unit=office(), state="DISPATCHED")
    told(worker, case)
    notice = Notice.objects.get(recipient=worker)
    [before] = queries.shown(standing_of(worker), [notice])

    Case.objects.filter(pk=case.pk).update(lead_unit=office("planning_bureau"))

    [after] = queries.shown(standing_of(worker), [notice])
    assert before.words is not None
    assert case.number in before.words.sentence
    assert (after.words, after.icon) == (None, "lock")


def test_a_role_that_is_no_clerk_hears_of_no_new_case(zone: ProfileVersion) -> None:  # noqa: ARG001
    outsider = person(Role.CARRIER)

    firm = EnterpriseFactory.create()
    opened(firm, member_of(firm))

    assert kinds_told(outsider) == []
