"""What enterprises say is wrong in their records, and what clerks make of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from shuniu.zone.accounts.models import User
from shuniu.zone.registry import queries, services
from shuniu.zone.registry.choices import CorrectionState
from shuniu.zone.registry.models import Correction, Enterprise
from shuniu.zone.registry.queries import Change
from tests.factories import (
    THURSDAY_10,
    EnterpriseFactory,
    clerk,
    enterprise_admin,
    handler,
    member_of,
)
from tests.registry.people import CODE, told
from tests.sharing import at_once

LATER = THURSDAY_10 + timedelta(hours=1)
MORE = Change("employees", None, 7)
pytestmark = pytest.mark.usefixtures("zone")


def asked(firm: Enterprise, *changes: Change, actor: User | None = None) -> Correction:
    return services.ask_for_correction(
        enterprise_id=firm.pk,
        changes=changes or (MORE,),
        note="多了七个人",
        actor=actor or enterprise_admin(firm),
        now=THURSDAY_10,
    )


def approved(correction: Correction, actor: User | None = None, seen: str = "") -> Correction:
    firm = Enterprise.objects.get(pk=correction.enterprise_id)
    return services.approve_correction(
        correction_id=correction.pk,
        seen=seen or queries.seal_of(firm, correction.changes),
        actor=actor or clerk(),
        now=LATER,
    )


def state_of(correction: Correction) -> str:
    correction.refresh_from_db()
    return correction.state


def test_nothing_changes_until_a_clerk_takes_it_over() -> None:
    firm = EnterpriseFactory.create(verified_at=None)

    correction = asked(firm, MORE, Change("products", [], ["钢板"]))
    firm.refresh_from_db()
    assert (firm.employees, firm.products) == (None, [])
    approved(correction)

    firm.refresh_from_db()
    assert (firm.employees, firm.products, firm.verified_at) == (7, ["钢板"], THURSDAY_10)
    assert state_of(correction) == CorrectionState.APPROVED
    assert [kind for kind, _actor in told("registry.correction")] == [
        "registry.correction.asked",
        "registry.correction.approved",
    ]


def test_a_younger_confirmation_stays_when_an_older_correction_is_taken_over() -> None:
    firm = EnterpriseFactory.create()
    correction = asked(firm)
    Enterprise.objects.filter(pk=firm.pk).update(verified_at=LATER)

    approved(correction)

    firm.refresh_from_db()
    assert firm.verified_at == LATER


def test_a_second_correction_waits_until_the_first_is_over() -> None:
    firm = EnterpriseFactory.create()
    chief = enterprise_admin(firm)
    first = asked(firm, actor=chief)

    with pytest.raises(services.CorrectionWaits):
        asked(firm, actor=chief)
    services.withdraw_correction(correction_id=first.pk, actor=chief, now=LATER)
    second = asked(firm, actor=chief)

    assert (state_of(first), state_of(second)) == ("WITHDRAWN", "WAITING")


def test_a_record_that_changed_while_the_clerk_looked_is_not_overwritten() -> None:
    firm = EnterpriseFactory.create()
    correction = asked(firm)
    seen = queries.seal_of(firm, correction.changes)
    Enterprise.objects.filter(pk=firm.pk).update(employees=5)

    with pytest.raises(services.RecordChanged):
        approved(correction, seen=seen)

    firm.refresh_from_db()
    assert (firm.employees, state_of(correction)) == (5, CorrectionState.WAITING)
    approved(correction)
    firm.refresh_from_db()
    assert firm.employees == 7


def test_a_change_of_another_field_is_no_obstacle() -> None:
    firm = EnterpriseFactory.create()
    correction = asked(firm)
    seen = queries.seal_of(firm, correction.changes)
    Enterprise.objects.filter(pk=firm.pk).update(address="别处")

    approved(correction, seen=seen)

    firm.refresh_from_db()
    assert (firm.employees, firm.address) == (7, "别处")


def test_what_the_page_did_not_show_is_not_asked_for() -> None:
    firm = EnterpriseFactory.create(employees=5)

    with pytest.raises(services.ChangedMeanwhile, match="5"):
        asked(firm)
    with pytest.raises(services.NothingToCorrect):
        services.ask_for_correction(
            enterprise_id=firm.pk, changes=(), note="", actor=enterprise_admin(firm), now=LATER
        )

    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (Change("credit_code", "", CODE), services.EnterpriseKnown),
        (Change("name", "", "海门样例造船有限公司"), services.EnterpriseNameTaken),
    ],
)
def test_a_name_or_code_of_another_enterprise_is_not_taken_over(
    change: Change, refusal: type[Exception]
) -> None:
    EnterpriseFactory.create(credit_code=CODE, name="海门样例造船有限公司")
    firm = EnterpriseFactory.create()
    old = queries.value_of(firm, change.field)
    correction = asked(firm, Change(change.field, old, change.new))

    with pytest.raises(refusal):
        approved(correction)

    firm.refresh_from_db()
    assert (queries.value_of(firm, change.field), state_of(correction)) == (old, "WAITING")


def test_the_enterprise_reads_why_its_correction_was_not_taken_over() -> None:
    firm = EnterpriseFactory.create()
    correction = asked(firm)

    services.reject_correction(
        correction_id=correction.pk, reason="与执照不符", actor=clerk(), now=LATER
    )

    firm.refresh_from_db()
    assert (state_of(correction), correction.reason) == (CorrectionState.REJECTED, "与执照不符")
    assert firm.employees is None


def test_what_is_over_is_not_decided_again() -> None:
    firm = EnterpriseFactory.create()
    chief = enterprise_admin(firm)
    correction = asked(firm, actor=chief)
    services.withdraw_correction(correction_id=correction.pk, actor=chief, now=LATER)
    again: list[Any] = [
        lambda: approved(correction),
        lambda: services.reject_correction(
            correction_id=correction.pk, reason="与执照不符", actor=clerk(), now=LATER
        ),
        lambda: services.withdraw_correction(correction_id=correction.pk, actor=chief, now=LATER),
    ]

    for command in again:
        with pytest.raises(services.CorrectionDecided):
            command()

    assert state_of(correction) == CorrectionState.WITHDRAWN


def test_only_the_administrator_of_the_enterprise_asks_and_withdraws() -> None:
    firm, other = EnterpriseFactory.create(), EnterpriseFactory.create()
    correction = asked(firm)

    for somebody in (member_of(firm), enterprise_admin(other), clerk()):
        with pytest.raises(services.NotForYou):
            asked(firm, actor=somebody)
        with pytest.raises(services.NotForYou):
            services.withdraw_correction(correction_id=correction.pk, actor=somebody, now=LATER)

    assert Correction.objects.get() == correction


def test_only_clerks_decide() -> None:
    firm = EnterpriseFactory.create()
    correction = asked(firm)

    for somebody in (enterprise_admin(firm), handler()):
        with pytest.raises(services.NotForYou):
            approved(correction, somebody)
        with pytest.raises(services.NotForYou):
            services.reject_correction(
                correction_id=correction.pk, reason="不行不行", actor=somebody, now=LATER
            )

    assert state_of(correction) == CorrectionState.WAITING


def test_a_correction_of_a_merged_record_goes_on_at_the_record_that_stayed() -> None:
    kept, gone = EnterpriseFactory.create(), EnterpriseFactory.create()
    correction = asked(gone)

    services.merge_enterprises(
        kept_id=kept.pk, gone_id=gone.pk, reason="", actor=clerk(), now=THURSDAY_10
    )
    correction.refresh_from_db()
    approved(correction)

    kept.refresh_from_db()
    assert (correction.enterprise_id, kept.employees) == (kept.pk, 7)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("shared_database")
def test_two_administrators_at_once_ask_once() -> None:
    firm = EnterpriseFactory.create()
    chiefs = [enterprise_admin(firm), enterprise_admin(firm)]

    def work(number: int) -> str:
        try:
            asked(firm, actor=chiefs[number])
        except services.CorrectionWaits:
            return "refused"
        return "asked"

    assert sorted(at_once(2, work)) == ["asked", "refused"]
    assert Correction.objects.count() == 1
