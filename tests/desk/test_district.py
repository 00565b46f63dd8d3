"""What the zone does not take on, and what only the district can do."""

from __future__ import annotations

from datetime import date

from shuniu.zone.desk import queries, services
from shuniu.zone.desk.choices import CaseState, Decision, Urgency
from shuniu.zone.desk.models import Case, CaseRequest
from shuniu.zone.desk.queries import CaseFilter
from shuniu.zone.registry.queries import standing_of
from tests.desk.people import A_MINUTE, People, opened, refused, restricted_case, signed
from tests.factories import THURSDAY_10, columns, office

LATER = THURSDAY_10 + 5 * A_MINUTE


def rejected(people: People) -> Case:
    return services.reject_case(
        case_id=opened(people).pk,
        text="属省道路灯",
        instead="区交通运输局",
        actor=people.clerk,
        now=LATER,
    )


def test_a_rejection_without_where_to_go_is_refused(people: People) -> None:
    case = opened(people)

    with refused(services.WordsMissing, case):
        services.reject_case(
            case_id=case.pk, text="不归我们管", instead=" ", actor=people.clerk, now=LATER
        )


def test_what_is_rejected_is_over_and_no_longer_open_on_that_day(people: People) -> None:
    case = rejected(people)

    open_then = queries.filtered_cases(
        standing_of(people.clerk), CaseFilter(open_on=date(2026, 11, 19))
    )

    assert columns(case, ["state", "rejected_at", "light"]) == {
        "state": CaseState.REJECTED,
        "rejected_at": LATER,
        "light": "none",
    }
    assert list(open_then) == []


def test_an_enterprise_objects_once(people: People) -> None:
    case = rejected(people)
    services.object_to_rejection(
        case_id=case.pk, text="灯在园区路上", actor=people.member, now=LATER
    )
    services.reject_case(
        case_id=case.pk,
        text="已核实",
        instead="区交通运输局",
        actor=people.supervisor,
        now=LATER,
    )

    with refused(services.NotYourCase, case, case=case.number):
        services.object_to_rejection(
            case_id=case.pk, text="还是不同意", actor=people.member, now=LATER
        )


def test_the_center_does_not_judge_an_objection_to_its_own_rejection(people: People) -> None:
    case = rejected(people)
    services.object_to_rejection(
        case_id=case.pk, text="灯在园区路上", actor=people.member, now=LATER
    )

    with refused(services.NotYourCase, case, case=case.number):
        services.accept_case(
            case_id=case.pk,
            category="municipal",
            subcategory="",
            urgency=Urgency.NORMAL,
            actor=people.clerk,
            now=LATER,
        )


def test_a_case_that_nobody_sorted_goes_to_no_unit(people: People) -> None:
    case = rejected(people)
    services.object_to_rejection(
        case_id=case.pk, text="灯在园区路上", actor=people.member, now=LATER
    )

    with refused(services.NotYourCase, case, case=case.number):
        services.dispatch_case(
            case_id=case.pk, unit=office("planning_bureau"), actor=people.supervisor, now=LATER
        )


def test_what_goes_up_to_the_district_needs_no_more_time_of_the_unit(people: People) -> None:
    case = signed(people)
    services.ask_for_extension(
        case_id=case.pk,
        text="等配件",
        until=date(2026, 12, 3),
        actor=people.handler,
        now=LATER,
    )

    services.escalate_case(
        case_id=case.pk, body="区交通运输局", text="涉及省道", actor=people.supervisor, now=LATER
    )

    (request,) = CaseRequest.objects.filter(case=case)
    assert request.decision == Decision.DROPPED
    assert columns(case, ["state", "asked_for", "handler", "escalated_to"]) == {
        "state": CaseState.ESCALATED,
        "asked_for": "",
        "handler": None,
        "escalated_to": "区交通运输局",
    }


def test_a_restricted_case_does_not_leave_its_unit(people: People) -> None:
    case = restricted_case(people, state=CaseState.ACCEPTED, category="integrity")

    with refused(services.NotYourCase, case, case=case.number):
        services.escalate_case(
            case_id=case.pk, body="区纪委", text="上报", actor=people.supervisor, now=LATER
        )
