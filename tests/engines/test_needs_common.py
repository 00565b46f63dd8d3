"""Common problems: what several enterprises ask for within a few days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from shuniu.engines.extraction.common import Proposal, Told, common_problems
from shuniu.engines.extraction.lexicon import Category, Lexicon
from shuniu.engines.extraction.needs import train

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
MODEL = train(
    Lexicon(
        categories=(
            Category("utility_power", "power", phrases=("厂里没有电",), signals=("停电", "断电")),
            Category("labour", "labour", phrases=("招工难",), signals=("招工", "普工")),
        )
    )
)


def told(number: int, text: str, part: str = "", enterprise: str = "", hours: int = 0) -> Told:
    return Told(
        case_id=f"c{number}",
        enterprise_id=enterprise or f"e{number}",
        text=text,
        category="labour" if part else "utility_power",
        part=part,
        received_at=MONDAY + timedelta(hours=hours + number),
    )


def test_three_enterprises_on_one_street_are_one_problem() -> None:
    cases = (
        told(1, "瑞江路停电了"),
        told(2, "我们在瑞江路,突然断电"),
        told(3, "厦门路积水"),
        told(4, "瑞江路什么时候来电"),
    )

    assert common_problems(cases, MODEL) == (
        Proposal(("c1", "c2", "c4"), 3, "7天内有3家企业都提到“瑞江路”,说的是同一类情况。"),
    )


def test_one_enterprise_three_times_is_no_common_problem() -> None:
    cases = tuple(told(number, "瑞江路停电了", enterprise="e") for number in range(3))

    assert common_problems(cases, MODEL) == ()


def test_what_is_older_than_seven_days_does_not_count() -> None:
    cases = (
        told(1, "瑞江路停电了"),
        told(2, "瑞江路停电了", hours=7 * 24),
        told(3, "瑞江路停电了", hours=7 * 24),
    )

    assert common_problems(cases, MODEL) == ()


def test_the_same_part_in_like_words_is_a_common_problem() -> None:
    cases = (
        told(1, "招不到普工,两班倒没人干", part="recruiting"),
        told(2, "普工招不到,年轻人不肯来", part="recruiting"),
        told(3, "急需普工二十名,招不到人", part="recruiting"),
        told(4, "工伤认定怎么办", part="injury"),
    )

    found = common_problems(cases, MODEL)

    assert [(row.case_ids, row.enterprises) for row in found] == [(("c1", "c2", "c3"), 3)]


def test_no_case_is_no_problem() -> None:
    assert common_problems((), MODEL) == ()
