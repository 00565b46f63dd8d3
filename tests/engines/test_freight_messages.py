"""The reader of freight messages, from whole messages to cards."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.extraction.freight.cards import Amount, Card, FreightReading, Pieces, Price
from shuniu.engines.extraction.freight.gazetteer import gazetteer_of
from shuniu.engines.extraction.freight.read import read_message

ZONE = timezone(timedelta(hours=8))
WEDNESDAY = datetime(2023, 3, 15, 9, 30, tzinfo=ZONE)
HOME = gazetteer_of("320614")
FULL = "海门四甲到杭州余杭 纸箱 300件 22方 明天下午2点装 要6米8厢车 15400020001 小刘"


def read(text: str, sent_at: datetime = WEDNESDAY) -> FreightReading:
    return read_message(text, sent_at, HOME)


def only(text: str, sent_at: datetime = WEDNESDAY) -> Card:
    cards = read(text, sent_at).cards
    assert len(cards) == 1, text
    return cards[0]


def codes(card: Card) -> tuple[str | None, tuple[str, ...]]:
    return card.origin.code if card.origin else None, tuple(p.code for p in card.destinations)


def meaning(card: Card) -> tuple[object, ...]:
    places = (codes(card), card.kind, card.destination_mode)
    return (*places, card.window, card.pieces, card.weight_t, card.volume_m3, card.goods)


def test_a_full_need_is_read_in_all_its_fields() -> None:
    card = only(FULL)

    assert codes(card) == ("320614", ("330110",))
    assert card.origin is not None
    assert (card.origin.name, card.origin.detail) == ("南通市海门区", "四甲")
    assert (card.kind, card.destination_mode) == ("shipment-need", "single")
    assert (card.pieces, card.goods) == (Pieces(300, "件"), "纸箱")
    assert (card.weight_t, card.volume_m3) == (Amount(None, None), Amount(22, 22))
    assert (card.vehicle_lengths_m, card.vehicle_types) == ((6.8,), ("box",))
    assert card.window.depart_earliest_at == datetime(2023, 3, 16, 14, tzinfo=ZONE)
    assert card.contact is not None
    assert (card.contact.phone, card.contact.name) == ("15400020001", "小刘")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("9米6厢车明早从苏州吴中空车回海门，有货的老板联系15400020002", "truck-offer"),
        ("求一台4米2高栏，常乐到张家港，螺栓1吨半，下午三点装", "shipment-need"),
        ("有没有回头车从武汉回海门的，电机5吨，下周一装", "shipment-need"),
        ("上海回海门的空车有吗？7托 3吨2", "shipment-need"),
        ("苏F12345挂 13米仓栏 海门求货 全国都走", "truck-offer"),
        ("今天傍晚去上海奉贤，还有3托位置，每托120，要带的电15400020010", "truck-offer"),
        ("海门-合肥 9.6 有车吗", "shipment-need"),
        ("这两天海门去山东方向有货吗 17.5高低板", "truck-offer"),
    ],
)
def test_who_has_what_decides_the_kind(text: str, kind: str) -> None:
    assert only(text).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "已走，谢谢大家",
        "车已找到",
        "无锡的货不发了，取消",
        "松江那边今天高速堵死了，大家绕行",
        "出一台4米2厢货，19年的，手续齐全，15400020100",
        "卖17.5平板一台，在海门，价格面议15400020105",
        "海门到徐州一般运费多少？9.6的",
        "昨天去常熟跑了一趟，亏了200",
        "通知：本群只发货源车源，禁止发广告",
        "招A2司机，跑海门到上海专线，月薪12000，15400020101",
        "仓库出租，海门三厂，2000平，15400020102",
        "请问海门到杭州多少公里",
        "代办年审过户，海门启东南通，联系15400020103",
        "师傅到哪里了，客户在等",
    ],
)
def test_chat_adverts_questions_and_notices_give_no_cards(text: str) -> None:
    assert read(text) == FreightReading(is_posting=False, cards=())


@pytest.mark.parametrize(
    ("text", "origin", "destinations", "mode"),
    [
        ("通州→北京通州 5吨布", "320612", ("110112",), "single"),
        ("淮安到海安 8方 明天走", "320800", ("320685",), "single"),
        ("叠石桥去义乌 毛巾 15方", "320614", ("330782",), "single"),
        ("海门发南昌、九江两地卸 涂料 8吨", "320614", ("360100", "360400"), "route"),
        ("车找货：启东→无锡/常州/镇江 6米8", "320681", ("320200", "320400", "321100"), "any"),
        ("海门到苏州园区 五金 5托", "320614", ("320571",), "single"),
        ("广州路装 去佛山顺德 5吨布", "320614", ("440606",), "single"),
        ("海门到海门港新区 3车石子", "320614", ("320614",), "single"),
        ("空车在镇江句容，找回海门的货，高栏9米6", "321183", ("320614",), "single"),
    ],
)
def test_the_ends_of_a_route(
    text: str, origin: str, destinations: tuple[str, ...], mode: str
) -> None:
    card = only(text)

    assert codes(card) == (origin, destinations)
    assert card.destination_mode == mode


def test_an_origin_that_is_not_said_is_marked_as_guessed() -> None:
    card = only("谁有去温州的顺路车 二十箱配件 400斤 15400020006")

    assert (card.origin, card.origin_inferred) == (None, "320614")
    assert codes(card) == (None, ("330300",))


def test_places_on_the_way_are_via() -> None:
    card = only("6米8厢明天启东去郑州，还能装3吨，途经扬州、蚌埠")

    assert codes(card) == ("320681", ("410100",))
    assert tuple(place.code for place in card.via) == ("321000", "340300")


def test_a_numbered_list_shares_its_last_line() -> None:
    text = "货源：\n①海门→江阴 钢带20吨\n②启东→宜兴 瓷砖 13吨 4.2×2台\n明天下午装 15400020107"

    first, second = read(text).cards

    assert (codes(first), codes(second)) == (("320614", ("320281",)), ("320681", ("320282",)))
    assert (first.goods, second.goods) == ("钢带", "瓷砖")
    assert (first.weight_t, second.weight_t) == (Amount(20, 20), Amount(13, 13))
    assert (first.vehicle_count, second.vehicle_count) == (1, 2)
    assert first.window == second.window
    assert first.contact == second.contact
    assert first.window.depart_earliest_at == datetime(2023, 3, 16, 12, tzinfo=ZONE)


def test_clauses_with_their_own_loads_are_cards_of_their_own() -> None:
    first, second = read("海门到无锡3吨，到常州5吨，明天上午装，电话15400020109").cards

    assert (codes(first), codes(second)) == (("320614", ("320200",)), ("320614", ("320400",)))
    assert (first.weight_t, second.weight_t) == (Amount(3, 3), Amount(5, 5))
    assert first.window == second.window


def test_what_is_gone_leaves_what_is_still_there() -> None:
    card = only("苏州那票走了，还有昆山3吨五金，明天上午装，15400020106")

    assert (codes(card), card.goods) == ((None, ("320583",)), "五金")


def test_spoken_text_without_punctuation_is_read() -> None:
    card = only(
        "那个我这边从海门余东发一批布到绍兴柯桥大概三吨半二十五方明天早上八点装车九米六高栏"
        "运费一千二联系幺五四零零零二零二零一"
    )

    assert codes(card) == ("320614", ("330603",))
    assert (card.weight_t, card.volume_m3) == (Amount(3.5, 3.5), Amount(25, 25))
    assert (card.vehicle_lengths_m, card.vehicle_types) == ((9.6,), ("stake",))
    assert card.prices == (Price(1200, "trip", "exact", None),)
    assert card.contact is not None
    assert card.contact.phone == "15400020201"
    assert card.ambiguous == ("weight_approx",)


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("海门到苏州 500吨 煤 15400020202", Amount(500, 500)),
        ("海门到苏州 0吨 布", Amount(None, None)),
    ],
)
def test_weights_no_truck_can_carry_are_kept_with_a_doubt(text: str, weight: Amount) -> None:
    card = only(text)

    assert card.weight_t == weight
    assert ("weight_implausible" in card.ambiguous) == (weight.high is not None)


def test_a_day_that_does_not_exist_gives_no_window() -> None:
    card = only("2月30号海门到苏州 5吨 布")

    assert card.window.depart_earliest_at is None
    assert card.ambiguous == ("impossible_date",)


def test_two_hundred_lines_stay_within_the_limit() -> None:
    text = "\n".join(f"{number}.海门到苏州 {number}吨布" for number in range(1, 201))

    assert len(read(text).cards) == 60


def test_two_megabytes_are_cut_and_not_refused() -> None:
    assert read("海门到松江5吨布，" * 120_000).is_posting


def test_a_time_without_offset_is_refused() -> None:
    with pytest.raises(InvalidProblem):
        read(FULL, datetime(2023, 3, 15, 9, 30))


def test_spans_cut_the_words_of_the_original() -> None:
    text = "🔥１８吨铸件，包场镇→泰州姜堰，后天上午１０点前装，☎154-0002-0003"

    spans = {span.field: text[span.start : span.end] for span in only(text).spans}

    assert spans == {
        "origin": "包场镇",
        "destinations": "泰州姜堰",
        "depart": "后天上午１０点前",
        "weight_t": "１８吨",
        "goods": "铸件",
        "contact": "154-0002-0003",
    }


WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
CLAUSES = ["海门到无锡惠山", "铸件7吨", "明天上午装", "9米6高栏", "联系15400020300"]


@given(st.permutations(CLAUSES))
@settings(max_examples=40, deadline=None)
def test_the_order_of_clauses_does_not_change_the_meaning(clauses: list[str]) -> None:
    assert meaning(only("，".join(clauses))) == meaning(only("，".join(CLAUSES)))


@given(
    st.sampled_from([" ", "，", ", ", "。", "；", "！", "\n"]),
    st.sampled_from(["", "🚚", "【急】", "‼️"]),
    st.booleans(),
)
@settings(deadline=None)
def test_width_punctuation_and_pictures_do_not_change_the_meaning(
    comma: str, picture: str, is_wide: bool
) -> None:
    text = picture + comma.join(CLAUSES) + picture

    card = only(text.translate(WIDE) if is_wide else text)

    assert meaning(card) == meaning(only("，".join(CLAUSES)))


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_and_its_spans_lie_inside(text: str) -> None:
    for card in read(text).cards:
        for span in card.spans:
            assert 0 <= span.start <= span.end <= len(text)
