"""The index finds what a plain comparison finds, on whichever database the tests run."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from shuniu.zone.desk.models import CaseWords
from shuniu.zone.kernel.models import WordPair
from shuniu.zone.kernel.search import (
    Found,
    Query,
    is_any,
    newest_keys,
    runs_of,
    slips_of,
    tables,
    tokens_of,
)
from shuniu.zone.kernel.services import forget_others, rebuild_pairs, wipe_free_space, write_index

pytestmark = pytest.mark.django_db

FEW = "停电了冷库plcPLC12 ，-"  # few characters, so that they often meet
TEXTS = st.text(st.sampled_from(FEW), max_size=24)
FACED = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def put(*texts: str | tuple[str, str]) -> None:
    """Write rows 1, 2 and so on: a body, or a heading and a body."""
    rows = {}
    for key, text in enumerate(texts, start=1):
        heading, body = text if isinstance(text, tuple) else ("", text)
        rows[key] = tokens_of({"h": runs_of(heading), "b": runs_of(body)})
    forget_others(CaseWords, set())
    write_index(CaseWords, rows)


def keys(query: Query | str, marks: str = "hb") -> list[int]:
    asked = Query.read(query) if isinstance(query, str) else query
    found = CaseWords.objects.filter(Found(asked, marks)).order_by("pk")
    return list(found.values_list("pk", flat=True))


def plainly(runs: Iterable[str], texts: list[str]) -> list[int]:
    """Return the rows in which each run is part of a run, by comparing texts."""
    return [
        key
        for key, text in enumerate(texts, start=1)
        if all(any(asked in run for run in runs_of(text)) for asked in runs)
    ]


@FACED
@given(texts=st.lists(TEXTS, max_size=6), asked=TEXTS)
@example(texts=["停电停电了", "电停电"], asked="停电了")
@example(texts=["ab", "b c"], asked="abc")
@example(texts=["停 电"], asked="停电")
@example(texts=["停电了 电了停"], asked="了停 电了")
def test_exactly_the_rows_with_all_words_are_found(texts: list[str], asked: str) -> None:
    put(*texts)

    query = Query.read(asked)
    assert keys(query) == (plainly(query.runs, texts) if query else [])


@FACED
@given(texts=st.lists(TEXTS, max_size=5), asked=st.lists(st.lists(TEXTS, max_size=2), max_size=3))
def test_a_row_is_found_if_it_has_all_words_of_one_way(
    texts: list[str], asked: list[list[str]]
) -> None:
    put(*texts)
    ways = tuple(tuple(runs_of(" ".join(way))) for way in asked)
    query = Query(tuple(way for way in ways if way))

    found = {key for way in query.ways for key in plainly(way, texts)}
    assert keys(query) == sorted(found)


def test_any_characters_can_be_asked_for() -> None:
    put("Ünïcode ßß й ั ก 𠮷野家 ' \" * :-", "一")

    assert [keys(text) for text in ("𠮷野", "ünï", "SSSS", "й", "ก", "一")] == [
        [1], [1], [1], [1], [1], [2],
    ]  # fmt: skip
    assert keys("' \" * ( ) : & | ! \\ \x00") == []


def test_words_are_found_in_the_parts_that_were_asked() -> None:
    put(("冷库", "停电"), ("停电", "冷库"))

    assert keys("冷库", "h") == [1]
    assert keys("冷库 停电", "h") == []
    assert keys("冷库 停电", "hb") == [1, 2]


def test_a_word_that_stands_in_a_text_hundreds_of_times_is_found() -> None:
    put("停电" * 20_000 + "检修", "停" * 400 + "电检")

    assert keys("停电检修") == [1]
    assert keys("停停停电检") == [2]


def test_what_is_written_again_is_not_found_by_its_old_words() -> None:
    put("停电")
    write_index(CaseWords, {1: tokens_of({"b": ["食堂"]})})

    assert (keys("停电"), keys("食堂")) == ([], [1])
    write_index(CaseWords, {1: ""})
    assert CaseWords.objects.count() == 0


def test_an_empty_question_finds_nothing() -> None:
    put("停电")

    assert keys("——") == []


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 9])
def test_the_newest_are_found_in_order_wherever_they_stand(
    limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL reads some rows, then more, then asks the index: what is found is the same."""
    monkeypatch.setattr(tables, "NEWEST", 2)
    monkeypatch.setattr(tables, "NEXT", 4)
    put("停电了", "停电了", "漏水", "停电了", "漏水", "停电了", "漏水")

    rows = CaseWords.objects.all()
    assert newest_keys(rows, Found(Query.read("停电了"), "b"), limit) == [6, 4, 2, 1][:limit]


@pytest.mark.parametrize(("asked", "is_there"), [("停电", True), ("漏水了", True), ("电了", False)])
def test_a_row_is_there_however_old_it_is(
    asked: str, is_there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "NEWEST", 1)
    put("漏水了", "冷库", "停电")

    assert is_any(CaseWords.objects.all(), Found(Query.read(asked), "b")) is is_there


def test_deleted_words_are_in_no_table_of_the_index_after_a_wipe() -> None:
    put("停电", "鲸鲨")
    forget_others(CaseWords, {1})

    if connection.vendor == "sqlite":
        from shuniu.zone.kernel.services.searching import forget_deleted_words  # noqa: PLC0415

        forget_deleted_words()
        with connection.cursor() as cursor:
            cursor.execute("SELECT block FROM desk_casewords_data")
            kept = b"".join(bytes(block) for (block,) in cursor.fetchall())
        assert ("停电".encode() in kept, "鲸鲨".encode() in kept) == (True, False)
    assert keys("鲸鲨") == []
    assert callable(wipe_free_space)


def slips(run: str) -> list[str]:
    return list(slips_of(run))


def test_a_wrong_character_of_the_same_sound_is_offered_first() -> None:
    put("冷库停电了", "听见电话", "断电了")

    assert slips("亭电了")[0] == "停电了"
    assert "断电了" in slips("亭电了")


@pytest.mark.parametrize("typed", ["电停了", "停电电了", "停了", "停申了", "停电子"])
def test_one_slip_of_the_hand_is_put_right(typed: str) -> None:
    put("停电了")

    assert "停电了" in slips(typed)


def test_two_slips_are_too_many() -> None:
    put("停电了食堂")

    assert "停电了食堂" not in slips("亭申了食堂")


def test_a_number_has_no_slips() -> None:
    put("12345")

    assert slips("12346") == []


def test_words_that_were_deleted_are_offered_until_the_night_only() -> None:
    put("停电了")
    forget_others(CaseWords, set())
    assert slips("亭电了") == ["停电了", "电了"]

    assert rebuild_pairs() == 0
    assert (slips("亭电了"), WordPair.objects.count()) == ([], 0)


def test_rebuilding_finds_the_pairs_that_are_missing() -> None:
    put("停电了")
    WordPair.objects.all().delete()

    assert rebuild_pairs() == 2
    assert slips("亭电了") == ["停电了", "电了"]
