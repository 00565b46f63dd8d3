"""Two people at once: one gets it, the other learns who was faster, nothing is lost."""

from __future__ import annotations

from functools import partial

import pytest

from shuniu.zone.accounts.models import User
from shuniu.zone.desk import services
from shuniu.zone.desk.choices import CaseState, Solved, Urgency
from shuniu.zone.desk.models import Case
from tests.desk.at_once import at_once
from tests.desk.people import A_MINUTE, People, case_in, facts_told, opened
from tests.factories import THURSDAY_10, columns, handler

pytestmark = pytest.mark.django_db(transaction=True)
LATER = THURSDAY_10 + A_MINUTE


def all_sign(case: Case, handlers: list[User]) -> None:
    """Let all sign at once; exactly one has the case then, and the others know who."""
    got = at_once(
        [partial(services.sign_case, case_id=case.pk, actor=one, now=LATER) for one in handlers]
    )

    winners = [one for one, what in zip(handlers, got, strict=True) if isinstance(what, Case)]
    assert len(winners) == 1
    losses = [what for what in got if not isinstance(what, Case)]
    assert [(type(loss), loss.places) for loss in losses] == [
        (
            services.NotPossibleNow,
            {"case": case.number, "state": CaseState.SIGNED.label, "who": winners[0].name},
        )
    ] * (len(handlers) - 1)
    assert columns(case, ["state", "handler"]) == {
        "state": CaseState.SIGNED,
        "handler": winners[0],
    }
    assert [(fact.kind, fact.actor_id) for fact in facts_told(case)] == [
        ("desk.case.signed", winners[0].pk)
    ]


def test_of_eight_who_sign_one_gets_the_case(together: People) -> None:
    handlers = [handler("planning_bureau") for _ in range(8)]

    for _ in range(30):
        all_sign(case_in(CaseState.DISPATCHED, together), handlers)


@pytest.mark.drill
def test_of_twenty_who_sign_one_gets_the_case_a_thousand_times(together: People) -> None:
    handlers = [handler("planning_bureau") for _ in range(20)]

    for _ in range(1_000):
        all_sign(case_in(CaseState.DISPATCHED, together), handlers)


def test_cases_that_come_at_once_are_numbered_without_gaps(together: People) -> None:
    got = at_once([partial(opened, together) for _ in range(8)])

    numbers = sorted(case.number for case in got if isinstance(case, Case))
    assert numbers == [f"QS-20261119-{serial:04d}" for serial in range(1, 9)]


def test_an_enterprise_that_withdraws_while_the_unit_replies_ends_in_one_state(
    together: People,
) -> None:
    for _ in range(10):
        case = case_in(CaseState.IN_PROGRESS, together)
        replied, withdrawn = at_once(
            [
                partial(
                    services.reply_to_case,
                    case_id=case.pk,
                    text="修好了",
                    actor=together.handler,
                    now=LATER,
                ),
                partial(
                    services.withdraw_case,
                    case_id=case.pk,
                    text="算了",
                    actor=together.member,
                    now=LATER,
                ),
            ]
        )

        # Withdrawing is possible before and after the answer; answering only before.
        assert isinstance(withdrawn, Case)
        kinds = ["desk.case.replied"] if isinstance(replied, Case) else []
        assert [fact.kind for fact in facts_told(case)] == [*kinds, "desk.case.withdrawn"]
        assert columns(case, ["state"]) == {"state": CaseState.WITHDRAWN}


def test_the_same_acceptance_twice_counts_once(together: People) -> None:
    case = case_in(CaseState.SUBMITTED, together)
    accept = partial(
        services.accept_case,
        case_id=case.pk,
        category="municipal",
        subcategory="",
        actor=together.clerk,
        now=LATER,
    )

    got = at_once([partial(accept, urgency=urgency) for urgency in (Urgency.LOW, Urgency.HIGH)])

    done = [what for what in got if isinstance(what, Case)]
    assert len(done) == 1
    assert columns(case, ["state", "urgency"]) == {
        "state": CaseState.ACCEPTED,
        "urgency": done[0].urgency,
    }
    assert len(facts_told(case)) == 1


def test_a_word_of_the_enterprise_and_its_silence_do_not_both_close_a_case(
    together: People,
) -> None:
    case = case_in(CaseState.REPLIED, together)
    much_later = THURSDAY_10.replace(month=12)

    def speak() -> None:
        services.confirm_case(
            case_id=case.pk, solved=Solved.YES, rating=5, actor=together.member, now=much_later
        )

    def keep_silent() -> None:
        services.confirm_silent(actor=None, now=much_later)

    at_once([speak, keep_silent])

    assert columns(case, ["state"]) == {"state": CaseState.CLOSED}
    assert [fact.kind for fact in facts_told(case)] == ["desk.case.closed"]


def test_lights_that_two_workers_change_are_told_once(together: People) -> None:
    case = opened(together)
    moment = THURSDAY_10.replace(day=20)

    at_once([partial(services.change_lights, actor=None, now=moment) for _ in range(4)])

    kinds = [fact.kind for fact in facts_told(case)]
    assert kinds == ["desk.case.opened", "desk.case.light_changed"]
