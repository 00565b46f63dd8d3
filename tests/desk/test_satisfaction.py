"""The rate of satisfaction: numerator, denominator, and the lists that both count."""

from __future__ import annotations

import pytest

from shuniu.zone.desk import queries, services
from shuniu.zone.desk.choices import Solved
from shuniu.zone.registry.queries import standing_of
from tests.desk.people import People, replied
from tests.factories import THURSDAY_10


@pytest.mark.parametrize(("grade", "good", "bad"), [(5, 1, 0), (3, 1, 0), (2, 0, 1), (1, 0, 1)])
def test_three_grades_are_good_and_two_are_bad(
    people: People, grade: int, good: int, bad: int
) -> None:
    case = replied(people)
    services.confirm_case(
        case_id=case.pk, solved=Solved.YES, rating=grade, actor=people.member, now=THURSDAY_10
    )
    who = standing_of(people.leader)

    rated = queries.satisfaction(who, THURSDAY_10.date())

    assert (rated.good, rated.bad, rated.rated) == (good, bad, 1)
    assert rated.rate_pct == 100.0 * good
    assert queries.filtered_cases(who, rated.bad_rows).count() == bad


def test_silence_stands_beside_the_rate_and_not_in_it(people: People) -> None:
    case = replied(people)
    case.__class__.objects.filter(pk=case.pk).update(
        state="CLOSED", light="none", closed_at=THURSDAY_10, solved="explained",
        is_confirmed_by_silence=True,
    )  # fmt: skip

    rated = queries.satisfaction(standing_of(people.leader), THURSDAY_10.date())

    assert (rated.rated, rated.silent, rated.rate_pct) == (0, 1, None)
