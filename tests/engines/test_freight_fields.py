"""Single fields of freight messages: times, quantities, vehicles, prices and contacts."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from shuniu.engines.extraction.freight.cards import Amount, Card, Price
from shuniu.engines.extraction.freight.gazetteer import gazetteer_of
from shuniu.engines.extraction.freight.read import read_message

ZONE = timezone(timedelta(hours=8))
WEDNESDAY = datetime(2023, 3, 15, 9, 30, tzinfo=ZONE)


def only(text: str, sent_at: datetime = WEDNESDAY) -> Card:
    (card,) = read_message(text, sent_at, gazetteer_of("320614")).cards
    return card


def short(moment: datetime | None) -> str | None:
    return f"{moment:%d %H:%M}" if moment else None


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("现在装", "15 09:30", "15 13:30"),
        ("随时走", "15 09:30", "16 09:30"),
        ("今天装", "15 09:30", "15 23:59"),
        ("明早装", "16 06:00", "16 10:00"),
        ("明天一早装", "16 05:00", "16 08:00"),
        ("明天装", "16 00:00", "16 23:59"),
        ("后天中午装", "17 11:00", "17 13:00"),
        ("今晚装", "15 18:00", "15 23:59"),
        ("今天傍晚装", "15 17:00", "15 19:00"),
        ("周五装", "17 00:00", "17 23:59"),
        ("下周三装", "22 00:00", "22 23:59"),
        ("周末装", "18 00:00", "19 23:59"),
        ("20号装", "20 00:00", "20 23:59"),
        ("3.20装", "20 00:00", "20 23:59"),
        ("这两天装", "15 09:30", "16 23:59"),
        ("下午3点前装", "15 09:30", "15 15:00"),
        ("后天上午10点前装", "17 06:00", "17 10:00"),
        ("下午四点半左右装", "15 15:30", "15 17:30"),
        ("明天下午3点以后装", "16 15:00", "16 23:59"),
        ("今天12点~3点装", "15 12:00", "15 15:00"),
        ("明天7点-9点装", "16 07:00", "16 09:00"),
        ("今晚12点前装", "15 09:30", "16 00:00"),
        ("明天凌晨2点装", "16 02:00", "16 02:00"),
        ("两小时后装", "15 11:30", "15 11:30"),
    ],
)
def test_words_of_time(words: str, earliest: str, latest: str) -> None:
    window = only(f"海门到无锡 铸件7吨 {words}").window

    assert (short(window.depart_earliest_at), short(window.depart_latest_at)) == (earliest, latest)


def test_a_limit_of_arrival_leaves_the_latest_departure_open() -> None:
    window = only("海门到无锡 铸件7吨 明天中午前要送到").window

    assert short(window.depart_earliest_at) == "15 09:30"
    assert window.depart_latest_at is None
    assert short(window.arrive_latest_at) == "16 12:00"


def test_three_times_in_one_line_find_their_roles() -> None:
    window = only("海门到苏州 铸件7吨 明天早上6点到8点装 下午2点前到").window

    assert short(window.depart_earliest_at) == "16 06:00"
    assert short(window.depart_latest_at) == "16 08:00"
    assert short(window.arrive_latest_at) == "16 14:00"


def test_leaving_when_unloaded_has_no_latest() -> None:
    window = only("9米6高栏，明天下午2点吕四卸完走，回海门，有货的联系").window

    assert (short(window.depart_earliest_at), window.depart_latest_at) == ("16 14:00", None)


def test_after_midnight_the_morning_is_the_coming_one() -> None:
    card = only("海门到无锡 铸件7吨 明早装", datetime(2023, 3, 15, 1, 0, tzinfo=ZONE))

    assert short(card.window.depart_earliest_at) == "15 06:00"
    assert card.ambiguous == ("after_midnight_mingzao",)


def test_weekdays_repeat() -> None:
    card = only("6米8厢，每周二、周四下午海门去嘉兴，专线求货")

    assert card.recurrence == "weekly:TU,TH 12:00-18:00"
    assert short(card.window.depart_earliest_at) == "16 12:00"


def test_two_departures_of_a_line_are_two_cards() -> None:
    text = "启东到湖州专线 天天有车 明天早上6:00发车 晚上20:30发车 210/吨 65/方"

    cards = read_message(text, WEDNESDAY, gazetteer_of("320614")).cards

    assert [short(card.window.depart_earliest_at) for card in cards] == ["16 06:00", "16 20:30"]
    assert {card.recurrence for card in cards} == {"daily"}
    assert cards[0].prices == (
        Price(210, "ton", "exact", None),
        Price(65, "m3", "exact", None),
    )


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("7吨", 7, 7),
        ("7T", 7, 7),
        ("800公斤", 0.8, 0.8),
        ("400斤", 0.2, 0.2),
        ("两吨半", 2.5, 2.5),
        ("3吨2", 3.2, 3.2),
        ("七八百公斤", 0.7, 0.8),
        ("5-6吨", 5, 6),
        ("三吨多", 3, 4),
        ("20来吨", 20, 25),
        ("10吨以内", None, 10),
        ("最多8吨", None, 8),
        ("5吨起步", 5, None),
        ("5托 每托800公斤", 4, 4),
    ],
)
def test_weights_of_a_load(words: str, low: float | None, high: float | None) -> None:
    assert only(f"海门到无锡 铸件 {words} 明天装").weight_t == Amount(low, high)


def test_a_single_figure_of_a_truck_is_the_most_it_takes() -> None:
    card = only("9米6高栏空车海门回徐州，12吨，30方，明天走")

    assert (card.weight_t, card.volume_m3) == (Amount(None, 12), Amount(None, 30))


def test_a_volume_follows_from_size_and_count() -> None:
    card = only("明天有没有去盐城的车 捎两个托盘 1.2*1.0*1.4米 15400020301")

    assert card.volume_m3 == Amount(3.36, 3.36)
    assert card.derived == ("volume_m3=1.2*1*1.4*2",)


@pytest.mark.parametrize(
    ("words", "lengths", "types"),
    [
        ("4米2高栏", (4.2,), ("stake",)),
        ("4.2厢", (4.2,), ("box",)),
        ("九米六飞翼", (9.6,), ("wing_van",)),
        ("13米5平板", (13.5,), ("flatbed",)),
        ("17.5高低板", (17.5,), ("step_deck",)),
        ("6.8或7.6冷藏", (6.8, 7.6), ("reefer",)),
        ("面包车", (), ("minivan",)),
    ],
)
def test_vehicles(words: str, lengths: tuple[float, ...], types: tuple[str, ...]) -> None:
    card = only(f"海门到无锡 铸件7吨 要{words} 明天装")

    assert (card.vehicle_lengths_m, card.vehicle_types) == (lengths, types)


def test_room_on_the_deck_is_no_vehicle() -> None:
    card = only("7米6厢明天海门去合肥，后面还有3米位置")

    assert (card.vehicle_lengths_m, card.extra.free_deck_m) == ((7.6,), 3)


def test_the_size_of_cargo_is_no_vehicle() -> None:
    card = only("海门到武汉 钢构 长15米宽3.1 17米5平板")

    assert card.vehicle_lengths_m == (17.5,)
    assert (card.extra.cargo_length_m, card.extra.cargo_width_m) == (15, 3.1)


@pytest.mark.parametrize(
    ("words", "price"),
    [
        ("整车1600", Price(1600, "trip", "exact", None)),
        ("180/吨", Price(180, "ton", "exact", None)),
        ("单价82一吨", Price(82, "ton", "exact", None)),
        ("每托150", Price(150, "pallet", "exact", None)),
        ("50一方", Price(50, "m3", "exact", None)),
        ("含税2200", Price(2200, "trip", "exact", "incl")),
        ("一口价6500不含票", Price(6500, "trip", "exact", "excl")),
        ("来回1200", Price(1200, "round_trip", "exact", None)),
        ("运费面议", Price(None, "trip", "negotiable", None)),
        ("报价来", Price(None, "trip", "ask", None)),
    ],
)
def test_prices(words: str, price: Price) -> None:
    assert only(f"海门到无锡 铸件7吨 明天装 {words}").prices == (price,)


def test_the_value_of_goods_is_no_price() -> None:
    assert only("海门到常州 模具1.5吨，货值8万，今天走").prices == ()


@pytest.mark.parametrize(
    "words",
    ["15400020302", "154 0002 0302", "154-0002-0302", "154.0002.0302", "１５４０００２０３０２",
     "幺五四零零零二零三零二", "+86 15400020302", "1540002 0302"],
)  # fmt: skip
def test_phones_in_all_their_forms(words: str) -> None:
    contact = only(f"海门到无锡 铸件7吨 明天装 电话{words}").contact

    assert contact is not None
    assert contact.phone == "15400020302"


def test_names_wechat_and_a_second_phone() -> None:
    card = only("海门到无锡 铸件7吨 王经理15400020303微信同号 或者15400020304")

    assert card.contact is not None
    assert (card.contact.name, card.contact.wechat_same_as_phone) == ("王经理", True)
    assert card.extra.contact2 is not None
    assert card.extra.contact2.phone == "15400020304"


def test_plates_and_temperatures_are_nothing_else() -> None:
    card = only("苏F·2A345 4.2冷藏空车海门去上海 明天走 温度-18到-15度")

    assert (card.extra.plate, card.extra.temperature_c) == ("苏F2A345", (-18, -15))
    assert card.weight_t == Amount(None, None)
    assert card.vehicle_lengths_m == (4.2,)


@pytest.mark.parametrize(
    ("words", "mode"),
    [("整车走", "FTL"), ("不拼车", "FTL"), ("可拼", "LTL"), ("求捎带", "LTL"), ("要配货", None)],
)
def test_load_modes(words: str, mode: str | None) -> None:
    assert only(f"海门到无锡 铸件7吨 明天装 {words}").load_mode == mode


def test_requirements_are_named_by_their_convention() -> None:
    card = only("海门到无锡 铸件7吨 明天装 要尾板 签回单 过磅 怕压")

    assert card.requirements == ("尾板", "回单", "过磅", "不可压")
