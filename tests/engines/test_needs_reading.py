"""What is read from a need: category, unit, urgency, route, and the words for each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.extraction.lexicon import Category, Lexicon, Office, RoutingRule, UrgencyWords
from shuniu.engines.extraction.needs import NeedReading, read_need, train
from shuniu.engines.extraction.plain import Span

POWER = Category(
    "utility_power",
    "power_company",
    phrases=("厂里没有电", "变压器要增容"),
    signals=("停电", "供电", "跳闸"),
)
LOGISTICS = Category(
    "logistics",
    "service_center",
    phrases=("找一辆去上海的货车", "司机要办通行证"),
    signals=("拼车", "货车", "通行证", "报备"),
)
SPACE = Category("space", "invest", phrases=("想租一间厂房",), signals=("厂房", "仓库"))
HOUSING = Category("housing", "housing", phrases=("宿舍床位不够",), signals=("宿舍", "公寓"))
MUNICIPAL = Category("municipal", "planning", phrases=("路灯坏了",), signals=("路灯", "违停"))
SAFETY = Category("safety", "safety", phrases=("消防演练",), signals=("消防", "隐患", "安全"))
INTEGRITY = Category("integrity", "discipline", phrases=("索要红包",), signals=("红包", "举报"))
PRAISE = Category("praise", "service_center", phrases=("谢谢你们",), signals=("感谢", "谢谢"))
REOPEN = Category(
    "reopen", "service_center", phrases=("说办结其实没有",), signals=("办结", "上次答复")
)
ARREARS = Category("arrears", "finance", phrases=("拖欠货款",), signals=("工程款", "欠"))

LEXICON = Lexicon(
    categories=(
        POWER, LOGISTICS, SPACE, HOUSING, MUNICIPAL, SAFETY, INTEGRITY, PRAISE, REOPEN, ARREARS,
    ),
    offices=(Office("power_company", ("供电公司",)), Office("finance", ("财政局",))),
    routing=(
        RoutingRule(("通行证", "报备"), "truck_squad", "logistics"),
        RoutingRule(("违停",), "traffic_police", "municipal"),
    ),
    urgency=UrgencyWords(critical=("决堤",), high=("特急",), low=("闲时",), not_when=("据说",)),
    conflict_unit="discipline",
)  # fmt: skip
MODEL = train(LEXICON)

texts = st.text(
    alphabet="停电厂里货车宿舍厂房没有了已经演练另外请问第三次 ,。!123ABcⅨ①😀\n",
    min_size=1,
    max_size=80,
).filter(lambda text: text.strip() != "")


def read(text: str) -> NeedReading:
    return read_need(text, MODEL)


def spans_of(reading: NeedReading) -> tuple[Span, ...]:
    return (
        reading.category_reasons
        + reading.unit_reasons
        + reading.urgency_reasons
        + reading.route_reasons
    )


def test_a_power_cut_is_read_with_its_words() -> None:
    reading = read("厂里突然停电了")

    assert reading.category == "utility_power"
    assert reading.category_reasons == (Span(4, 6, "停电"),)
    assert (reading.unit, reading.urgency, reading.route) == (
        "power_company",
        "critical",
        "dispatch",
    )
    assert reading.urgency_reasons == (Span(4, 6, "停电"),)
    assert reading.sure


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("货车通行证怎么办理", "truck_squad"),
        ("想拼车去上海", "service_center"),
        ("厂门口货车违停,路灯也坏了", "traffic_police"),
        ("路灯坏了", "planning"),
    ],
)
def test_words_of_a_rule_send_a_need_to_another_unit(text: str, unit: str) -> None:
    assert read(text).unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "仓库着火了",
        "有工人触电昏迷",
        "燃气管挖破了,气往外喷",
        "没有停产,但是一名工人中毒了",
        "演练时真的着火了,正在烧,快来救",
        "三条线全停了",
        "厂里突然停电",
        "车间进水了",
        "货车卡在高速口下不来",
        "大坝决堤",
        "工人不敢靠近冒烟的机器",
        "标准化厂房着火了",
        "之前报过的漏气还在漏",
        "没人管漏气",
    ],
)
def test_danger_and_a_stopped_line_are_critical(text: str) -> None:
    assert read(text).urgency == "critical"


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("想请消防队来指导消防演练", "low"),
        ("厂里供电稳定,没有停产", "normal"),
        ("没有漏气,只想移一下燃气表", "normal"),
        ("上次着火的地方已经修好了", "normal"),
        ("计划停电通知能不能早点发", "high"),
        ("据说路灯旁边要决堤", "normal"),
        ("贷款下周到期", "high"),
        ("反映过三次都没有人管", "high"),
        ("此事特急", "high"),
        ("咨询一下安全标准化有什么条件", "low"),
        ("闲时看看", "low"),
        ("如果停电能不能赔偿", "normal"),
        ("厂里供电不稳,可能停产", "high"),
        ("限行时段货车进不了城区", "normal"),
        ("想租一间厂房", "normal"),
        ("申请交上去三个星期了", "normal"),
        ("申请交上去三个星期了,催过两次", "high"),
        ("这批货五天之内要交", "high"),
        ("对方欠我们货款", "high"),
        ("明天有空车去苏州", "normal"),
        ("工伤住院期间工资怎么发", "low"),
        ("建议在河边种点树", "low"),
    ],
)
def test_what_is_denied_over_or_only_asked_is_not_critical(text: str, urgency: str) -> None:
    assert read(text).urgency == urgency


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("有人索要红包", "restricted"),
        ("上次答复说办结了,其实没有", "reopen"),
        ("感谢你们帮我们联系货车", "no_action"),
        ("厂里停电了,隔壁厂也都停了,什么时候恢复", "merge"),
        ("一是厂里停电了,二是路灯坏了", "split"),
        ("想租一间厂房", "match"),
        ("想租一间厂房,请帮忙打听一下", "dispatch"),
        ("想拼车去上海", "self_service"),
        ("货车报备一直审核不过", "dispatch"),
        ("停电的事请向省里反映协调", "escalate"),
        ("路灯坏了", "dispatch"),
    ],
)
def test_the_route_follows_what_the_text_wants(text: str, route: str) -> None:
    assert read(text).route == route


def test_thanks_at_the_end_of_a_wish_are_no_praise() -> None:
    assert read("请安排修一下路灯,谢谢").category == "municipal"


def test_thanks_that_open_a_text_stay_praise_beside_a_wish() -> None:
    assert read("特别感谢你们,请继续").category == "praise"


def test_a_second_part_about_nothing_is_no_second_matter() -> None:
    assert read("厂里停电了。另外今年雨多天凉").route == "dispatch"


def test_a_split_text_is_about_its_first_matter() -> None:
    reading = read("宿舍床位不够。另外厂里停电了,供电跳闸两次,停电一天")

    assert (reading.category, reading.route, reading.urgency) == ("housing", "split", "critical")


def test_a_complaint_about_the_natural_handler_goes_to_the_conflict_unit() -> None:
    reading = read("供电公司乱收费,停电也没人管")

    assert (reading.unit, reading.route) == ("discipline", "restricted")
    assert reading.unit_reasons == (Span(0, 4, "供电公司"), Span(4, 7, "乱收费"))


def test_blame_may_stand_before_the_name() -> None:
    reading = read("停电了,不作为的供电公司")

    assert reading.unit_reasons == (Span(8, 12, "供电公司"), Span(4, 7, "不作为"))


def test_a_complaint_about_staff_goes_to_the_conflict_unit() -> None:
    reading = read("停电后来的工作人员态度恶劣")

    assert (reading.category, reading.unit) == ("utility_power", "discipline")
    assert reading.unit_reasons == (Span(5, 9, "工作人员"), Span(9, 13, "态度恶劣"))


def test_an_office_that_is_only_named_is_not_blamed() -> None:
    assert read("停电了,请供电公司来看看").unit == "power_company"


def test_the_office_that_owes_does_not_handle_the_arrears() -> None:
    assert read("财政局欠我们工程款").unit == "discipline"
    assert read("平台公司欠我们工程款").unit == "finance"


def test_without_a_conflict_unit_the_natural_handler_stays() -> None:
    alone = train(Lexicon(categories=(POWER,), offices=LEXICON.offices))

    assert read_need("供电公司乱收费", alone).unit == "power_company"


def test_one_category_alone_is_sure() -> None:
    reading = read_need("随便什么", train(Lexicon(categories=(POWER,))))

    assert (reading.category, reading.top3, reading.sure) == (
        "utility_power",
        ("utility_power",),
        True,
    )


def test_a_text_of_nothing_known_is_not_sure() -> None:
    assert not read("xyz").sure


def test_a_latin_word_counts_only_by_itself() -> None:
    model = train(Lexicon(categories=(SPACE, Category("tax", "tax", signals=("vat",)))))

    assert read_need("the VAT rate", model).category_reasons == (Span(4, 7, "VAT"),)
    assert read_need("private", model).category_reasons == ()


@pytest.mark.parametrize("text", ["", " ", "　\n"])
def test_an_empty_text_is_invalid(text: str) -> None:
    with pytest.raises(InvalidProblem):
        read(text)


def test_a_lexicon_without_categories_is_invalid() -> None:
    with pytest.raises(InvalidProblem):
        train(Lexicon(categories=()))


def test_a_category_that_is_there_twice_is_invalid() -> None:
    with pytest.raises(InvalidProblem):
        train(Lexicon(categories=(POWER, POWER)))


@pytest.mark.parametrize("text", ["停" * 20_000, "1" * 20_000, "😀" * 20_000, "另外，" * 6_000])
def test_a_very_long_text_is_read(text: str) -> None:
    assert len(read(text).top3) == 3


@given(texts)
def test_every_reason_lies_in_the_text_and_says_what_stands_there(text: str) -> None:
    for span in spans_of(read(text)):
        assert 0 <= span.from_at < span.to_at <= len(text)
        assert text[span.from_at : span.to_at] == span.words


@given(texts)
def test_the_three_categories_differ_and_begin_with_the_first(text: str) -> None:
    reading = read(text)

    assert len(set(reading.top3)) == 3
    assert reading.top3[0] == reading.category


@given(texts)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read(text) == read_need(text, train(LEXICON))


@given(texts)
def test_the_width_of_letters_and_signs_changes_nothing(text: str) -> None:
    wide = text.translate({code: code + 0xFEE0 for code in (*b"0123456789ABc!,",)})

    one, other = read(text), read(wide)

    assert (one.category, one.top3, one.unit, one.urgency, one.route) == (
        other.category,
        other.top3,
        other.unit,
        other.urgency,
        other.route,
    )
