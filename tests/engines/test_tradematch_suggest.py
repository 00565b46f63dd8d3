from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.tradematch.goods import GOODS, Good
from shuniu.engines.tradematch.problem import Answer, Case, Enterprise, Kind
from shuniu.engines.tradematch.suggest import Zone, suggest

FILM = Enterprise("film", "甲塑料有限公司", "2921", "塑料薄膜的生产、销售。", ("缠绕膜",))
RIVAL = Enterprise("rival", "乙包装材料厂", "2921", "塑料包装膜制造。")
GLASS = Enterprise(
    "glass", "丙实验器材公司", "3053", "玻璃仪器制造。", ("烧杯",), (), 300, above_scale=True
)
PAINT = Enterprise("paint", "丁涂料公司", "2641", "水性涂料的研发、生产。", ("水性涂料",))
CODE = Enterprise("code", "戊软件公司", "6513", "软件开发、技术咨询。")
UNKNOWN = Enterprise("unknown", "己精密模具厂")
USER = Enterprise("user", "庚家居公司", None, "", (), ("拉伸膜", "纸箱"))
EVERYBODY = (FILM, RIVAL, GLASS, PAINT, CODE, UNKNOWN, USER)
ZONE = Zone(EVERYBODY)


def supply(product: str, *, poster: str = "film", text: str = "有货出售") -> Case:
    return Case(Kind.SUPPLY, poster, text, product)


def demand(product: str, *, poster: str = "code", text: str = "想采购") -> Case:
    return Case(Kind.DEMAND, poster, text, product)


def ids(answer: Answer) -> list[str]:
    return [suggestion.enterprise_id for suggestion in answer.suggestions]


def test_film_goes_to_those_who_use_film_and_not_to_a_rival() -> None:
    answer = suggest(ZONE, supply("缠绕膜"), top=10)

    assert ids(answer) == ["user", "glass", "paint"]
    assert answer.competitors == ("rival",)


def test_the_reasons_tell_what_the_evidence_is() -> None:
    answer = suggest(ZONE, supply("缠绕膜"), top=2)

    assert [suggestion.reasons for suggestion in answer.suggestions] == [
        ("常用物料里有“拉伸膜”，和“缠绕膜”是同一类。",),
        ("把玻璃仪器装箱打托发货，打包要用膜。",),
    ]


def test_the_text_alone_names_the_goods() -> None:
    by_text = suggest(ZONE, supply("", text="积压了缠绕膜1000吨，找本地用户"), top=10)

    assert ids(by_text) == ids(suggest(ZONE, supply("缠绕膜"), top=10))


def test_cutting_fluid_goes_to_a_mold_shop_known_by_its_name_only() -> None:
    answer = suggest(ZONE, supply("切削液"), top=10)

    assert ids(answer) == ["unknown"]
    assert answer.suggestions[0].reasons == ("车、铣、磨加工精密零件，要用切削液。",)


def test_a_machine_for_the_goods_is_not_the_goods() -> None:
    assert ids(suggest(ZONE, supply("缠绕膜包装机", poster="code"), top=10)) == []


def test_who_asks_for_paint_hears_of_its_maker() -> None:
    answer = suggest(ZONE, demand("水性涂料"), top=10)

    assert ids(answer) == ["paint"]
    assert answer.suggestions[0].reasons == (
        "产品里有“水性涂料”。",
        "经营范围写明生产加工“水性涂料”。",
        "行业代码2641，这个行业通常能做“水性涂料”。",
        "企业名称里就有“涂料”。",
    )


def test_the_maker_by_product_stands_before_the_maker_by_industry() -> None:
    assert ids(suggest(ZONE, demand("缠绕膜"), top=10)) == ["film", "rival"]


def test_another_name_of_the_goods_is_told() -> None:
    answer = suggest(ZONE, demand("拉伸膜"), top=1)

    assert answer.suggestions[0].reasons[0] == "产品里有“缠绕膜”，和“拉伸膜”是同一类。"


def test_a_dealer_sells_and_buys_with_less_weight_than_a_maker() -> None:
    dealer = Enterprise("dealer", "辛商贸公司", "5165", "包装膜销售；货物进出口。")
    zone = Zone((*EVERYBODY, dealer))

    sellers = suggest(zone, demand("缠绕膜"), top=10)
    buyers = suggest(zone, supply("缠绕膜"), top=10)

    assert ids(sellers) == ["film", "rival", "dealer"]
    assert buyers.suggestions[-1].enterprise_id == "dealer"
    assert buyers.suggestions[-1].reasons == (
        "进货、分拣、发货都要重新打包，打包要用膜。",
        "经营范围里有“包装膜”的销售，可以进货转卖。",
    )


def test_goods_that_the_table_does_not_know_are_found_by_inputs() -> None:
    buyer = Enterprise("buyer", "壬公司", None, "", (), ("琉璃珠",))
    zone = Zone((*EVERYBODY, buyer))

    answer = suggest(zone, supply("琉璃珠"), top=10)

    assert [s.reasons for s in answer.suggestions] == [("常用物料里有“琉璃珠”。",)]


def test_goods_that_the_table_does_not_know_are_found_by_a_shared_word() -> None:
    zone = Zone((FILM, Enterprise("lens", "癸公司", None, "琉璃工艺品制作。")))

    buyers = suggest(zone, supply("琉璃碎料"), top=10)
    sellers = suggest(zone, demand("琉璃摆件", poster="film"), top=10)

    assert buyers.suggestions[0].reasons == ("经营范围里提到“琉璃”，可能用得上。",)
    assert sellers.suggestions[0].reasons == ("产品或经营范围里提到“琉璃”，可以问问。",)


def test_a_plain_product_is_offered_to_who_asks_for_a_special_one() -> None:
    maker = Enterprise("maker", "壬公司", None, "", ("琉璃珠",))
    zone = Zone((FILM, maker))

    answer = suggest(zone, demand("彩色琉璃珠", poster="film"), top=10)

    assert answer.suggestions[0].reasons == ("产品里有“琉璃珠”，和“彩色琉璃珠”是同一类。",)


@pytest.mark.parametrize("case", [supply("", text="有点东西"), demand("", text="想找点东西")])
def test_a_text_that_names_no_goods_finds_nobody(case: Case) -> None:
    assert suggest(ZONE, case, top=10) == Answer((), ())


def test_words_of_the_scope_speak_for_a_class_that_says_otherwise_but_less() -> None:
    scope = "精密模具加工；办公室租赁。"
    zone = Zone(
        (
            FILM,
            Enterprise("none", "某公司一", None, scope),
            Enterprise("other", "某公司二", "7212", scope),
            Enterprise("seller", "某公司三", None, "模具展示服务。"),
        )
    )

    answer = suggest(zone, supply("切削液"), top=10)

    assert ids(answer) == ["none", "seller", "other"]


def test_a_kind_of_inputs_covers_the_goods() -> None:
    buyer = Enterprise("buyer", "壬公司", None, "", (), ("各类包材",))
    zone = Zone((FILM, buyer))

    answer = suggest(zone, supply("缠绕膜"), top=10)

    assert answer.suggestions[0].reasons == ("常用物料里有“各类包材”，“缠绕膜”属于这一类。",)


def test_many_people_use_many_gloves() -> None:
    plant = Enterprise("plant", "子机械厂", "3484", employees=500)
    zone = Zone((FILM, plant))

    answer = suggest(zone, supply("劳保手套"), top=10)

    assert answer.suggestions[0].reasons == (
        "车间工人每天要戴劳保，要用手套。",
        "现有员工500人，用量不小。",
    )


def test_a_machine_plant_with_steel_to_spare_has_no_machine_plants_as_rivals() -> None:
    plant = Enterprise("plant", "子机械厂", "3484", "机械零件加工。", ("机械零件",))
    other = Enterprise("other", "丑机械厂", "3484", "机械零件加工。")
    zone = Zone((plant, other))

    answer = suggest(zone, supply("钢板", poster="plant"), top=10)

    assert (ids(answer), answer.competitors) == (["other"], ())


def test_makers_are_rivals_of_a_poster_without_industry() -> None:
    poster = Enterprise("poster", "无代码公司")
    zone = Zone((poster, RIVAL, GLASS))

    answer = suggest(zone, supply("缠绕膜", poster="poster"), top=10)

    assert (ids(answer), answer.competitors) == (["glass"], ("rival",))


@given(
    st.sampled_from([word for good in GOODS for word in good.words]),
    st.sampled_from(list(Kind)),
    st.integers(0, 4),
)
def test_every_suggestion_keeps_the_promises(product: str, kind: Kind, top: int) -> None:
    case = Case(kind, "film", "", product)

    answer = suggest(ZONE, case, top)

    found, scores = ids(answer), [s.score for s in answer.suggestions]
    assert len(found) == len(set(found)) <= top
    assert not {"film", *answer.competitors} & set(found)
    assert scores == sorted(scores, reverse=True)
    assert all(s.reasons and all(r.endswith("。") for r in s.reasons) for s in answer.suggestions)
    assert all(0 < score <= 100 for score in scores)
    assert answer == suggest(ZONE, case, top)


@pytest.mark.parametrize("good", GOODS, ids=lambda good: good.words[0])
def test_every_good_of_the_table_has_makers_and_users(good: Good) -> None:
    assert all(maker.isdigit() and 2 <= len(maker) <= 4 for maker in good.makers)
    assert all(
        code.isdigit() and 2 <= len(code) <= 4
        for use in good.uses
        for doers in use.doers
        for code in doers.classes
    )
    assert all(0 < doers.weight <= 1 for use in good.uses for doers in use.doers)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("29", "enterprise X: industry_code is '29'; it must have four digits"),
        ("C292", "enterprise X: industry_code is 'C292'; it must have four digits"),
    ],
)
def test_an_odd_industry_code_is_refused(code: str, sentence: str) -> None:
    with pytest.raises(InvalidProblem, match=f"^{sentence}"):
        Enterprise("X", "某公司", code)


def test_a_negative_number_of_people_is_refused() -> None:
    with pytest.raises(InvalidProblem, match=r"^enterprise X: employees is -1\.$"):
        Enterprise("X", "某公司", employees=-1)


def test_an_id_that_occurs_twice_is_refused() -> None:
    with pytest.raises(InvalidProblem, match=r"^enterprise film: this id occurs twice\.$"):
        Zone((GLASS, FILM, FILM))


def test_a_stranger_cannot_post() -> None:
    with pytest.raises(InvalidProblem, match=r"^poster 'nobody' is not among the enterprises\.$"):
        suggest(ZONE, supply("缠绕膜", poster="nobody"), top=1)


def test_a_case_that_says_nothing_is_refused() -> None:
    with pytest.raises(InvalidProblem, match=r"^text and product are both empty"):
        Case(Kind.SUPPLY, "film", " ", "")


def test_a_negative_top_is_refused() -> None:
    with pytest.raises(InvalidProblem, match=r"^top is -1; it must be at least 0\.$"):
        suggest(ZONE, supply("缠绕膜"), top=-1)
