"""Learning from confirmed cases, and keeping the better model."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.extraction.learning import (
    NOTHING_LEARNED,
    Comparison,
    Confirmed,
    Learned,
    from_json,
    is_held_back,
    learn,
    model_with,
    to_json,
)
from shuniu.engines.extraction.lexicon import Category, Lexicon
from shuniu.engines.extraction.needs import read_need
from shuniu.engines.extraction.topics import PieceCounts

LEXICON = Lexicon(
    categories=(
        Category("power", "power_company", phrases=("厂里没有电",)),
        Category("water", "water_company", phrases=("厂里没有水",)),
    )
)
DRONES = tuple(
    Confirmed(f"w{number}", f"无人机第{number}次飞过水塔,螺旋桨声音大", "water", "water_company")
    for number in range(80)
)
ROBOTS = tuple(
    Confirmed(f"p{number}", f"机械臂第{number}次失灵,伺服报警", "power", "power_company")
    for number in range(80)
)


def test_a_word_that_only_cases_know_is_learned() -> None:
    lesson = learn(DRONES + ROBOTS, LEXICON)

    model = model_with(LEXICON, lesson.learned)
    assert read_need("无人机的螺旋桨", model).category == "water"
    assert read_need("伺服又报警", model).category == "power"
    assert lesson.comparison.is_better
    assert lesson.comparison.after == lesson.comparison.cases


def test_held_back_cases_are_never_learned_from() -> None:
    taught = [case for case in DRONES + ROBOTS if not is_held_back(case.case_id)]

    lesson = learn(DRONES + ROBOTS, LEXICON)

    assert lesson.learned.cases == len(taught)
    assert lesson.comparison.cases == 160 - len(taught)


def test_a_worse_model_does_not_replace_the_one_in_force() -> None:
    in_force = learn(DRONES + ROBOTS, LEXICON).learned
    wrongly_taught = tuple(
        case
        if is_held_back(case.case_id)
        else Confirmed(
            case.case_id, case.text, "power" if case.category == "water" else "water", ""
        )
        for case in DRONES + ROBOTS
    )

    lesson = learn(wrongly_taught, LEXICON, in_force)

    assert lesson.learned is in_force
    assert lesson.comparison.after < lesson.comparison.before


def test_too_few_held_back_cases_change_nothing() -> None:
    lesson = learn(DRONES[:6], LEXICON)

    assert lesson.learned is NOTHING_LEARNED
    assert not lesson.comparison.is_better


@pytest.mark.parametrize(
    ("comparison", "is_better"),
    [
        (Comparison(10, 8, 8, 7, 7), True),
        (Comparison(10, 8, 9, 7, 6), False),
        (Comparison(10, 8, 7, 7, 9), False),
        (Comparison(9, 8, 9, 7, 9), False),
    ],
)
def test_a_new_model_must_be_no_worse_in_either_answer(
    comparison: Comparison, is_better: bool
) -> None:
    assert comparison.is_better is is_better


def test_what_one_case_alone_says_is_not_kept() -> None:
    secret = Confirmed("s", "秘密配方泄露给对手", "power", "power_company")

    learned = learn((*DRONES, *ROBOTS, secret), LEXICON).learned

    pieces = {piece for row in learned.counts.values() for piece in row.pieces}
    assert "配方" not in pieces
    assert "伺服" in pieces


def test_what_two_enterprises_say_is_not_kept_however_often_they_send_it() -> None:
    secret = [
        Confirmed(f"s{number}", f"秘密配方第{number}次泄露", "power", "power_company", source)
        for source in ("a", "b")
        for number in range(30)
    ]

    learned = learn((*DRONES, *ROBOTS, *secret), LEXICON).learned

    pieces = {piece for row in learned.counts.values() for piece in row.pieces}
    assert "配方" not in pieces
    assert "伺服" in pieces


def test_the_same_words_of_one_enterprise_are_one_case() -> None:
    again = [
        Confirmed(f"r{number}", "机械臂失灵", "power", "power_company", "a")
        for number in range(500)
    ]

    learned = learn((*DRONES, *ROBOTS, *again), LEXICON).learned

    assert learned.cases == learn(DRONES + ROBOTS, LEXICON).learned.cases + 1


def test_the_same_cases_give_the_same_text() -> None:
    assert to_json(learn(DRONES + ROBOTS, LEXICON).learned) == to_json(
        learn(DRONES + ROBOTS, LEXICON).learned
    )


counts = st.dictionaries(
    st.text(min_size=1, max_size=3), st.integers(min_value=1, max_value=99), max_size=5
)


@given(st.dictionaries(st.text(min_size=1, max_size=8), counts, max_size=3), st.integers(0, 99))
def test_what_is_written_can_be_read(rows: dict[str, dict[str, int]], cases: int) -> None:
    learned = Learned(cases, {code: PieceCounts(3, row) for code, row in rows.items()})

    assert from_json(to_json(learned)) == learned


def test_a_changed_model_is_refused() -> None:
    written = json.loads(to_json(learn(DRONES + ROBOTS, LEXICON).learned))
    written["cases"] += 1

    with pytest.raises(InvalidProblem):
        from_json(json.dumps(written))


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"version": 1}', "不是模型"])
def test_what_is_no_model_is_refused(text: str) -> None:
    with pytest.raises(InvalidProblem):
        from_json(text)


def test_a_category_that_left_the_profile_is_left_out() -> None:
    learned = Learned(3, {"gone": PieceCounts(3, {"无人": 3})})

    assert read_need("厂里没有水", model_with(LEXICON, learned)).category == "water"


@pytest.mark.parametrize(
    "case", [Confirmed("a", " ", "power", "x"), Confirmed("a", "没电", "unknown", "x")]
)
def test_a_case_without_text_or_of_an_unknown_category_is_invalid(case: Confirmed) -> None:
    with pytest.raises(InvalidProblem):
        learn((case,), LEXICON)
