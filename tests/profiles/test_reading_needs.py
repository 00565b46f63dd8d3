"""What the shipped profile makes of bad input, and what must not change an answer."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.extraction.needs import NeedModel, NeedReading, read_need, train
from shuniu.engines.extraction.similarity import Index
from shuniu.profiles.load import load_profile
from shuniu.profiles.problems import lexicon_of

NEEDS = (
    "厂里突然停电了,注塑机全停",
    "想租一间800平的厂房,要能进货车",
    "增值税专用发票的额度不够,想提到100万",
    "公交末班车5点半就没了,工人下班回不去",
    "去年的技改补助公示了3个月还没到账",
)


@lru_cache(maxsize=1)
def model() -> NeedModel:
    return train(lexicon_of(load_profile("haimen")))


def read(text: str) -> NeedReading:
    return read_need(text, model())


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_an_empty_need_is_invalid(text: str) -> None:
    with pytest.raises(InvalidProblem):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "电",
        "?",
        "你好",
        "床前明月光,疑是地上霜。举头望明月,低头思故乡。",
        "Hallo, wir haben keinen Strom. こんにちは、電気が止まりました。厂里没电",
        "序号\t名称\t数量\n1\t螺丝\t200\n2\t螺母\t300\n",
        "你们都是饭桶,白痴",
        "同意",
    ],
)
def test_a_text_that_says_little_is_not_restricted_nor_critical_nor_an_error(text: str) -> None:
    reading = read(text)

    assert len(set(reading.top3)) == 3
    assert (reading.route == "restricted", reading.category in ("praise", "reopen")) == (
        False,
        False,
    )


def test_a_greeting_alone_is_not_sure() -> None:
    reading = read("你好")

    assert (reading.sure, reading.route) == (False, "dispatch")


def test_twenty_thousand_characters_are_read() -> None:
    reading = read("厂里突然停电了,注塑机全停。" + "今天天气不错," * 2900)

    assert (reading.category, reading.urgency) == ("utility_power", "critical")


def test_the_same_text_five_hundred_times_names_the_first() -> None:
    index = Index()
    for number in range(500):
        index.add(str(number), NEEDS[0])

    near = index.nearest(NEEDS[0])

    assert near is not None
    assert (near.text_id, near.score) == ("0", 1.0)


def test_a_quoted_case_leaves_the_answer_of_its_text() -> None:
    reading = read(f"转发一个群里看到的:“{NEEDS[0]}”")

    assert (reading.category, reading.urgency) == ("utility_power", "critical")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("工人的手被冲床压了,流血不止", "手被冲床压"),
        ("仓库着火了快来人", "着火"),
        ("食堂有煤气味", "煤气味"),
        ("三条线都停了,没有蒸汽", "没有蒸汽"),
        ("工人掉进污水池了", "工人掉进"),
    ],
)
def test_danger_and_a_stopped_line_say_which_words_lifted_them(text: str, words: str) -> None:
    reading = read(text)

    assert reading.urgency == "critical"
    assert words in [span.words for span in reading.urgency_reasons]
    for span in reading.urgency_reasons:
        assert text[span.from_at : span.to_at] == span.words


def test_danger_beside_thanks_is_still_danger() -> None:
    reading = read("谢谢你们上次的帮助,感谢。现在车间又着火了")

    assert (reading.urgency, reading.route) == ("critical", "dispatch")


def test_thanks_for_an_outage_that_is_over_stay_thanks() -> None:
    reading = read("停电时供电公司师傅半夜来抢修,两个小时就好了,全厂感谢")

    assert (reading.category, reading.urgency, reading.route) == ("praise", "low", "no_action")


def test_arrears_before_a_holiday_say_both_words() -> None:
    reading = read("快过年了,总包不给我们班组结算工程款")

    assert (reading.category, reading.urgency) == ("arrears", "high")
    assert [span.words for span in reading.urgency_reasons] == ["过年", "不给"]


@given(
    st.sampled_from(NEEDS),
    st.sampled_from(["", "您好,", "领导好!", "请问,"]),
    st.sampled_from(["", "。谢谢", ",谢谢!", "。麻烦了。"]),
    st.booleans(),
)
def test_politeness_signs_and_width_do_not_change_the_category(
    text: str, before: str, after: str, is_wide: bool
) -> None:
    again = f"{before}{text}{after}".replace(",", ",," if is_wide else ",")
    if is_wide:
        again = "".join(
            chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in again
        )

    assert read(again).category == read(text).category


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("工单QS-20261101-0007里写的“上次车间着火”,想了解后来怎么处理的", "high"),
        ("车间着火了,跟工单QS-20261101-0007是同一个地方", "critical"),
    ],
)
def test_a_text_that_quotes_another_case_presses_only_by_what_happens_now(
    text: str, urgency: str
) -> None:
    assert read(text).urgency == urgency


@pytest.mark.parametrize(
    "text",
    [
        "锅炉房闻到一股煤气味",
        "师傅的手被卷进滚筒了",
        "工人爬到塔吊上要讨工资",
        "整条街的厂都没电了,也没接到通知",
        "酸罐往外漏,地上都是",
        "几个员工头晕恶心,送去了医院",
        "蒸汽没了,烘箱里的料要废",
    ],
)
def test_danger_and_standstill_are_never_less_than_critical(text: str) -> None:
    assert read(text).urgency == "critical"
