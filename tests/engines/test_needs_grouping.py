"""Putting needs together that tell of one event."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuniu.engines.extraction import grouping
from shuniu.engines.extraction.aspects import Named, differ, names_of, troubles_of
from shuniu.engines.extraction.grouping import group_events
from shuniu.engines.extraction.lexicon import Category, Lexicon
from shuniu.engines.extraction.needs import train

MODEL = train(
    Lexicon(
        categories=(
            Category("utility_power", "power", phrases=("厂里没有电",), signals=("停电", "断电")),
            Category("municipal", "planning", phrases=("路面积水",), signals=("路灯", "积水")),
            Category("space", "invest", phrases=("想租厂房",), signals=("厂房",)),
            Category("praise", "center", phrases=("谢谢",), signals=("感谢",)),
        )
    )
)


def test_the_same_street_and_trouble_is_one_event() -> None:
    texts = (
        "瑞江路停电了,机器都停着",
        "想租厂房一千平",
        "我们在瑞江路,早上突然断电",
        "请问瑞江路什么时候来电",
    )

    assert group_events(texts, MODEL) == (1, 2, 1, 1)


def test_the_same_trouble_on_two_streets_is_two_events() -> None:
    assert group_events(("瑞江路停电了", "厦门路停电了"), MODEL) == (1, 2)


def test_two_troubles_on_one_street_are_two_events() -> None:
    texts = ("瑞江路停电了", "瑞江路的路灯不亮", "瑞江路又停电")

    assert group_events(texts, MODEL) == (1, 2, 1)


def test_what_too_many_texts_share_joins_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "COMMON", 2)

    assert group_events(("停电", "停电", "停电"), MODEL) == (1, 2, 3)


def test_two_wishes_in_the_same_words_are_no_event() -> None:
    assert group_events(("想租厂房一千平,带行车", "想租厂房三千平,带货梯"), MODEL) == (1, 2)


def test_no_text_has_no_group() -> None:
    assert group_events((), MODEL) == ()


def test_a_street_without_a_name_is_no_place() -> None:
    names = names_of("厂门口这条路和瑞江路的15路公交,道路不平")

    assert names == frozenset({Named("road", "瑞江路"), Named("line", "15路")})


def test_two_companies_differ_and_a_road_beside_a_company_does_not() -> None:
    one, other = names_of("蓝天橡胶夜里排废气"), names_of("红星化工夜里排废气")

    assert differ(one, other)
    assert not differ(one, names_of("瑞江路有臭味"))
    assert not differ(one, one)


def test_the_troubles_of_a_text_are_told() -> None:
    assert troubles_of("人才公寓电梯坏了,要爬楼") == frozenset({"lift"})
    assert troubles_of("你好") == frozenset()


def test_the_same_company_with_another_trouble_is_another_event() -> None:
    texts = ("蓝天橡胶夜里放臭气", "蓝天橡胶想招二十个工人", "蓝天橡胶的废气太难闻")

    assert group_events(texts, MODEL) == (1, 2, 1)


@given(
    st.lists(
        st.sampled_from(["瑞江路停电了", "厦门路积水", "感谢", "想租厂房", "断电"]), max_size=7
    )
)
def test_groups_are_numbered_in_the_order_they_appear(texts: list[str]) -> None:
    numbers = group_events(texts, MODEL)

    first_seen = list(dict.fromkeys(numbers))
    assert first_seen == list(range(1, len(first_seen) + 1))
    assert numbers == group_events(texts, MODEL)
