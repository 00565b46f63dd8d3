"""Finding a need that was sent before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.extraction.similarity import Index, Near, facts_of, shingles, similarity

texts = st.text(alphabet="停电厂里货车宿舍床位不够请问12十，。 A", max_size=40)


def test_two_of_four_pairs_shared_is_a_half() -> None:
    assert shingles("停电厂房") == frozenset({"停电", "电厂", "厂房"})
    assert similarity("停电厂房", "停电厂区") == 0.5


@pytest.mark.parametrize(
    ("sent", "again"),
    [
        ("仓库门口积水２０厘米,叉车出不去!", "仓库门口积水20厘米，叉车出不去"),
        ("叉车出不去,仓库门口积水很深", "仓库门口积水很深,叉车出不去"),
        ("三号车间蒸汽压力低,烘箱升不了温", "麻烦看一下,三号车间的蒸汽压力太低,烘箱升不了温"),
        ("宿舍缺四十个床位,下月要用", "宿舍还缺40个床位,下个月要用"),
    ],
)
def test_a_need_that_is_sent_again_is_found(sent: str, again: str) -> None:
    index = Index()
    index.add("other", "报关单被退回,商品编码不对")
    index.add("sent", sent)

    near = index.nearest(again)

    assert near is not None
    assert near.text_id == "sent"


@pytest.mark.parametrize(
    ("sent", "other"),
    [
        ("宿舍空调坏了没人修", "宿舍热水停了三天"),
        ("想租两千平厂房,层高八米", "求购不锈钢卷板"),
        ("求租厂房1200平", "求租厂房5000平"),
        ("广州路停电", "厦门路停电"),
    ],
)
def test_another_need_of_the_same_kind_is_not_found(sent: str, other: str) -> None:
    index = Index()
    index.add("sent", sent)

    assert index.nearest(other) is None


def test_of_two_equal_texts_the_first_is_named() -> None:
    index = Index()
    index.add("first", "路灯坏了一排")
    index.add("second", "路灯坏了一排")

    assert index.nearest("路灯坏了一排") == Near("first", 1.0)
    assert len(index) == 2


def test_an_empty_index_knows_nothing() -> None:
    assert Index().nearest("停电") is None


def test_a_text_without_letters_is_like_nothing() -> None:
    index = Index()
    index.add("signs", "!!!")

    assert index.nearest("???") is None


def test_an_id_that_is_there_is_refused() -> None:
    index = Index()
    index.add("a", "停电")

    with pytest.raises(InvalidProblem):
        index.add("a", "停水")


def test_a_pair_that_all_share_does_not_hide_the_repeated_need() -> None:
    index = Index()
    for number in range(7000):
        index.add(str(number), f"报修{number}")
    index.add("sent", "报修冷却塔水泵")

    assert index.nearest("报修冷却塔的水泵") == Near("sent", 1.0)


def test_more_equal_pairs_than_are_read_still_give_an_answer() -> None:
    index = Index()
    for number in range(7000):
        index.add(str(number), f"报修冷却{number}")

    assert index.nearest("报修冷却水") == Near("0", 0.6)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("四十人", {"40"}),
        ("两千三百平", {"2300"}),
        ("2000万和两千万", {"20000000"}),
        ("1.5万,十万", {"15000", "100000"}),
        ("一亿二千万", {"120000000"}),
        ("在广州路", {"在广州路"[-3:]}),
        ("三条线", set()),
    ],
)
def test_numbers_and_streets_are_facts(text: str, facts: set[str]) -> None:
    assert facts_of(text) == facts


@given(texts, texts)
def test_similarity_is_the_same_both_ways_and_a_share(one: str, other: str) -> None:
    assert similarity(one, other) == similarity(other, one)
    assert 0.0 <= similarity(one, other) <= 1.0


@given(texts.filter(lambda text: bool(shingles(text))))
def test_a_text_is_wholly_like_itself(text: str) -> None:
    index = Index()
    index.add("it", text)

    assert index.nearest(text) == Near("it", 1.0)


@given(st.lists(texts, max_size=8), texts)
def test_the_index_finds_what_comparing_all_finds(earlier: list[str], text: str) -> None:
    index = Index()
    for number, sent in enumerate(earlier):
        index.add(str(number), sent)

    scores = [similarity(text, sent) for sent in earlier]
    best = max(scores, default=0.0)

    near = index.nearest(text)
    assert (near.score if near else None) == (best if best >= 0.3 else None)


def test_a_slip_in_the_only_number_leaves_the_need_the_same() -> None:
    index = Index()
    index.add("a", "恒通机械:供汽协议最低用量罚款,影响815名员工")

    for again in ("影响851名员工", "影响81名员工", "影响8155名员工"):
        near = index.nearest(f"恒通机械:供汽协议最低用量罚款,{again}")

        assert near is not None
        assert near.score > 0.6


def test_traditional_letters_are_the_same_need() -> None:
    assert similarity("廠裡的蒸汽壓力不夠,設備開不起來", "厂里的蒸汽压力不够,设备开不起来") == 1
