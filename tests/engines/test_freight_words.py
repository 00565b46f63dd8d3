"""Words that a group uses in its own way."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from shuniu.engines.extraction.freight.gazetteer import gazetteer_of
from shuniu.engines.extraction.freight.read import read_message
from shuniu.engines.extraction.freight.words import Word

SENT_AT = datetime(2023, 3, 15, 9, 30, tzinfo=timezone(timedelta(hours=8)))
HOME = gazetteer_of("320614")
TEXT = "大厂门口到布码头 坯布3吨 要大笼车"
WORDS = (
    Word("大厂门口", "海门三厂"),
    Word("布码头", "绍兴柯桥"),
    Word("大笼车", "高栏"),
)


def test_learned_words_are_read_as_what_they_mean() -> None:
    (card,) = read_message(TEXT, SENT_AT, HOME, WORDS).cards

    assert card.origin is not None
    assert (card.origin.code, card.origin.detail) == ("320614", "三厂")
    assert [place.code for place in card.destinations] == ["330603"]
    assert card.vehicle_types == ("stake",)


def test_spans_cut_the_word_that_was_typed() -> None:
    (card,) = read_message(TEXT, SENT_AT, HOME, WORDS).cards

    typed = {span.field: TEXT[span.start : span.end] for span in card.spans}
    assert (typed["origin"], typed["destinations"]) == ("大厂门口", "布码头")
    assert (typed["weight_t"], typed["vehicle_types"]) == ("3吨", "大笼车")


def test_the_longest_word_wins_and_nothing_runs_in_circles() -> None:
    words = (Word("布", "布码头"), Word("布码头", "布"))

    (card,) = read_message("海门到绍兴柯桥 布码头 3吨", SENT_AT, HOME, words).cards

    assert card.goods == "布"


def test_an_empty_table_changes_nothing() -> None:
    assert read_message(TEXT, SENT_AT, HOME, ()) == read_message(TEXT, SENT_AT, HOME)
