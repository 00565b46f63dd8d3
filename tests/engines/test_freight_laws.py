"""Laws of reading: how a thing is written does not change what is meant."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from shuniu.engines.extraction.freight.cards import Card
from shuniu.engines.extraction.freight.gazetteer import gazetteer_of
from shuniu.engines.extraction.freight.read import read_message

SENT_AT = datetime(2023, 3, 15, 9, 30, tzinfo=timezone(timedelta(hours=8)))
HOME = gazetteer_of("320614")
ENDS = ("常州", "云南镇雄", "上海松江", "山东临沂", "杭州余杭", "北京通州", "启东")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
ROUTE_WORDS = ("到", "至", "→", "—>", "-", "－＞", "去", "发")
CLAUSES = ("纸箱{weight}吨", "明天下午装", "9.6米高栏", "运费{price}元", "15400020001")
needs = st.tuples(
    st.sampled_from(ENDS), st.integers(1, 32), st.integers(3, 90).map(lambda tens: tens * 100)
)


def meaning(text: str) -> tuple[object, ...]:
    cards = read_message(text, SENT_AT, HOME).cards
    assert len(cards) == 1, text
    return told(cards[0])


def told(card: Card) -> tuple[object, ...]:
    return (
        card.kind,
        card.origin and card.origin.code,
        tuple(place.code for place in card.destinations),
        card.window,
        card.weight_t,
        card.volume_m3,
        card.vehicle_lengths_m,
        card.vehicle_types,
        card.prices,
        card.contact and card.contact.phone,
        card.load_mode,
    )


def written(need: tuple[str, int, int], route_word: str = "到", mark: str = "，") -> str:
    end, weight, price = need
    clauses = [clause.format(weight=weight, price=price) for clause in CLAUSES]
    return mark.join([f"海门{route_word}{end}", *clauses])


@settings(max_examples=60, deadline=None)
@given(needs)
def test_the_width_of_digits_and_letters_does_not_matter(need: tuple[str, int, int]) -> None:
    assert meaning(written(need).translate(WIDE)) == meaning(written(need))


@settings(max_examples=60, deadline=None)
@given(needs, st.sampled_from(["，", ",", "；", "。", " ", "　", "\n", "！", " / "]))
def test_punctuation_does_not_matter(need: tuple[str, int, int], mark: str) -> None:
    assert meaning(written(need, mark=mark)) == meaning(written(need))


@settings(max_examples=60, deadline=None)
@given(needs, st.sampled_from(ROUTE_WORDS))
def test_the_word_between_two_places_does_not_matter(
    need: tuple[str, int, int], route_word: str
) -> None:
    assert meaning(written(need, route_word=route_word)) == meaning(written(need))


@settings(max_examples=80, deadline=None)
@given(needs, st.permutations(range(6)))
def test_the_order_of_clauses_does_not_matter(need: tuple[str, int, int], order: list[int]) -> None:
    clauses = written(need).split("，")

    assert meaning("，".join(clauses[place] for place in order)) == meaning("，".join(clauses))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_stops_the_reader_and_every_span_lies_in_it(text: str) -> None:
    for card in read_message(text, SENT_AT, HOME).cards:
        assert all(0 <= span.start < span.end <= len(text) for span in card.spans)


@settings(max_examples=60, deadline=None)
@given(needs)
def test_the_span_of_a_weight_cuts_the_weight(need: tuple[str, int, int]) -> None:
    text = written(need)

    (card,) = read_message(text, SENT_AT, HOME).cards
    (span,) = [span for span in card.spans if span.field == "weight_t"]
    assert re.sub(r"\s", "", text[span.start : span.end]) == f"{need[1]}吨"
