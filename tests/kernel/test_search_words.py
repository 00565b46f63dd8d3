"""How texts and questions are cut, and what is shown of what was found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuniu.zone.kernel.search import (
    MOST_CHARACTERS,
    Query,
    begun,
    cuts_of,
    excerpt,
    folded,
    marked,
    pairs_in,
    runs_of,
    tokens_of,
)


def test_a_run_becomes_its_pairs_and_its_last_character() -> None:
    assert tokens_of({"b": runs_of("停电了，PLC模块")}) == (
        " b停电 b电了 b了 bpl blc bc模 b模块 b块 "
    )


def test_a_text_without_letters_and_digits_has_no_tokens() -> None:
    assert tokens_of({"b": runs_of("——！？ _ 🙂")}) == ""


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("ＱＳ－２０２６", ["qs", "2026"]),
        ("Straße 10㎡", ["strasse", "10m2"]),
        ("停电 了\n食堂_北", ["停电", "了", "食堂", "北"]),
        ("①号", ["1号"]),
        ("\x00停\x00电", ["停", "电"]),
    ],
)
def test_width_and_case_do_not_matter(text: str, runs: list[str]) -> None:
    assert runs_of(text) == runs


def test_a_question_has_each_run_once_and_no_more_than_twelve() -> None:
    assert Query.read("冷库 冷库，停电") == Query((("冷库", "停电"),))
    assert len(Query.read(" ".join(map(str, range(40)))).ways[0]) == 12
    assert not Query.read("，。")


def test_one_row_never_has_more_tokens_than_a_database_takes() -> None:
    stored = tokens_of({"h": ["头"], "b": ["体" * MOST_CHARACTERS * 2]})

    assert len(stored.split()) == MOST_CHARACTERS


def test_a_name_is_marked_where_it_begins() -> None:
    assert begun("（南通）恒源") == "‹南通"
    assert begun("——") == ""


def test_pairs_are_known_without_marks_and_without_ends() -> None:
    assert pairs_in(tokens_of({"n": ["‹南通"], "b": ["停电了"]})) == {"南通", "停电", "电了"}


def test_a_long_chinese_word_is_cut_in_few_parts_first() -> None:
    assert cuts_of("冷库停电了") == {2: [("冷库", "停电了"), ("冷库停", "电了")]}
    assert list(cuts_of("厂门口路灯坏了")) == [2, 3]
    assert cuts_of("停电了") == {}
    assert cuts_of("abcdef") == {}


def test_what_was_asked_for_is_marked_however_it_was_written() -> None:
    pieces = marked("ＰＬＣ模块与plc", Query.read("plc"))

    assert pieces == [("ＰＬＣ", True), ("模块与", False), ("plc", True)]


def test_marking_keeps_the_place_where_one_character_stands_for_two() -> None:
    assert marked("10㎡的地", Query.read("的")) == [("10㎡", False), ("的", True), ("地", False)]


def test_a_long_text_is_shown_around_what_was_asked_for() -> None:
    text = "前" * 300 + "停电" + "后" * 300

    pieces = excerpt(text, Query.read("停电"), most=20)

    assert pieces == [
        ("…", False),
        ("前" * 5, False),
        ("停电", True),
        ("后" * 13, False),
        ("…", False),
    ]


def test_a_text_without_the_words_is_shown_from_its_beginning() -> None:
    assert excerpt("路灯" * 80, Query.read("停电"), most=4) == [("路灯路灯", False), ("…", False)]


@given(st.text(max_size=60), st.text(max_size=6))
def test_pieces_put_together_are_the_text(text: str, asked: str) -> None:
    assert "".join(piece for piece, _is_hit in marked(text, Query.read(asked))) == text


@given(st.text(max_size=40))
def test_every_part_of_a_run_is_a_row_of_its_tokens(text: str) -> None:
    for run in runs_of(text):
        stored = tokens_of({"b": [run]})
        for start in range(len(run) - 1):
            part = run[start : start + 4]
            row = "".join(f" b{part[at : at + 2]}" for at in range(len(part) - 1))
            assert f"{row} " in stored
    assert all(run == folded(run) for run in runs_of(text))
