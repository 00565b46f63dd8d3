"""Places from GeoJSON files: everything that a file can have wrong, and the way there and back."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from shuniu.zone.registry import services
from shuniu.zone.registry.models import Place
from shuniu.zone.registry.services import NewPlace
from tests.factories import THURSDAY_10, clerk
from tests.registry.ground import collection, feature, place, square

pytestmark = pytest.mark.usefixtures("zone")


def read(*features: object, datum: str = "WGS84") -> tuple[NewPlace, ...]:
    return services.places_from_file(collection(*features), datum)


def problems(*features: object) -> list[str]:
    """Return what is wrong with each feature of a file."""
    return [row.problem for row in services.judged_places(read(*features))]


def point(lon: object, lat: object) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [lon, lat]}


def ring(count: int) -> dict[str, Any]:
    turns = [2 * math.pi * n / count for n in range(count)]
    corners = [[121.2 + 0.01 * math.cos(t), 31.86 + 0.01 * math.sin(t)] for t in turns]
    return {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}


def test_what_went_out_comes_in_again_as_the_same() -> None:
    place("P1")
    place("P1-A", square(121.2, 31.86, 0.002), kind="PLOT", part_of="P1")
    place("G1", point(121.2, 31.86), kind="GATE")
    rows = [services.row_of(row) for row in Place.objects.order_by("code")]

    text = services.places_as_geojson(rows)
    judged = services.judged_places(services.places_from_file(text.encode(), "WGS84"))

    assert [(row.new.code, row.state.value) for row in judged] == [
        ("G1", "same"),
        ("P1", "same"),
        ("P1-A", "same"),
    ]
    written = json.loads(text)
    assert list(written) == ["type", "features"]
    assert written["features"][2]["properties"] == {
        "code": "P1-A",
        "name": "P1-A园",
        "kind": "PLOT",
        "part_of": "P1",
    }


def test_a_file_of_a_chinese_map_is_moved_back() -> None:
    [row] = read(feature("G1", point(121.204524, 31.858089)), datum="GCJ02")

    assert row.shape is not None
    assert row.shape.point is not None
    assert (round(row.shape.point.lon, 5), round(row.shape.point.lat, 5)) == (121.2, 31.86)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_read_in_the_encodings_that_are_in_use(encoding: str) -> None:
    text = json.dumps({"type": "Feature", **feature("P1", name="家纺园")}, ensure_ascii=False)

    [row] = services.places_from_file(text.encode(encoding), "WGS84")

    assert (row.code, row.name) == ("P1", "家纺园")


def test_a_code_may_stand_as_the_id_and_a_kind_as_its_name() -> None:
    told = {"type": "Feature", "id": 17, "geometry": square(), "properties": {"name": " 甲  园 "}}
    told["properties"] = {"name": " 甲  园 ", "kind": "园区"}

    [row] = read(told)

    assert (row.code, row.name, row.kind, row.part_of) == ("17", "甲 园", "PARK", "")


def test_heights_are_left_out() -> None:
    flat = square()
    high = {"type": "Polygon", "coordinates": [[[*pair, 4.2] for pair in flat["coordinates"][0]]]}

    [row] = read(feature("P1", high))

    assert (row.had_heights, row.problem) == (True, "")
    assert services.row_of(place("P1", high)).shape == read(feature("P1", flat))[0].shape


NOT_A_FILE: list[tuple[str, bytes, str]] = [
    ("nothing", b"", "这不是 JSON：第 1 行第 1 列无法读取。"),
    ("words", "园区清单".encode(), "这不是 JSON：第 1 行第 1 列无法读取。"),
    ("half a file", collection(feature("P1"))[:-1], "这不是 JSON：第 1 行第 284 列无法读取。"),
    ("a picture", b"\x89PNG\r\n\x1a\n\x00\xff\xff\x80", "这不是文本。GeoJSON 是 UTF-8 文本。"),
    ("brackets", b"[" * 200_000, "这不是 GeoJSON：括号嵌套过深。"),
    ("digits", b"[" + b"9" * 5_000 + b"]", "这不是 GeoJSON：其中有数字过长。"),
    ("a list", b"[]", "这不是 FeatureCollection：场所须带名称，放在要素集合中。"),
    ("a text", b'"P1"', "这不是 FeatureCollection：场所须带名称，放在要素集合中。"),
    (
        "a bare geometry",
        json.dumps(square()).encode(),
        "这不是 FeatureCollection：场所须带名称，放在要素集合中。",
    ),
    (
        "features that are no list",
        b'{"type": "FeatureCollection", "features": {"a": 1}}',
        "这不是 FeatureCollection：场所须带名称，放在要素集合中。",
    ),
    ("no feature", collection(), "文件中没有场所。"),
    ("too many features", collection(*[None] * 2_001), "场所超过 2000 处，请拆分文件。"),
    (
        "too many corners",
        collection(*[feature(f"P{n}", ring(1_900)) for n in range(11)]),
        "文件的角点超过 20000 个，请拆分后再试。",
    ),
    (
        "meters",
        b'{"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG:3857"}}}',
        "文件用的是另一种坐标系，请另存为经纬度（WGS-84，EPSG:4326）。",
    ),
    ("20 MB", b" " * 20_000_000, "文件超过 5 MB。"),
]


@pytest.mark.parametrize(
    ("content", "sentence"), [row[1:] for row in NOT_A_FILE], ids=[row[0] for row in NOT_A_FILE]
)
def test_a_file_that_is_none_says_why(content: bytes, sentence: str) -> None:
    with pytest.raises(services.PlaceFileRefused) as refused:
        services.places_from_file(content, "WGS84")

    assert str(refused.value) == sentence


def test_a_system_that_is_nearly_the_same_may_be_named() -> None:
    for name in ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4490"):
        told = json.loads(collection(feature("P1"))) | {"crs": {"properties": {"name": name}}}
        [row] = services.places_from_file(json.dumps(told).encode(), "WGS84")
        assert row.problem == ""


OPEN = {"type": "Polygon", "coordinates": [square()["coordinates"][0][:-1]]}
BOW = {
    "type": "Polygon",
    "coordinates": [
        [[121.2, 31.86], [121.21, 31.87], [121.21, 31.86], [121.2, 31.87], [121.2, 31.86]]
    ],
}
FAULTY: list[tuple[str, object, str]] = [
    ("no feature", 5, "缺少代码。"),
    ("no code", feature(""), "缺少代码。"),
    ("a code that is a list", feature("x", code=["P1"]), "缺少代码。"),
    ("a Chinese code", feature("园区"), "代码“园区”不正确：最多 40 个字母、数字、- 或 _。"),
    ("no name", feature("P1", name=None), "缺少名称。"),
    ("a long name", feature("P1", name="园" * 61), "名称超过 60 个字，或含有不该出现的符号。"),
    ("a NUL", feature("P1", name="园\x00区"), "名称超过 60 个字，或含有不该出现的符号。"),
    (
        "no kind",
        feature("P1", kind=""),
        (
            "“”不是场所类别："
            "PARK (园区)、PLOT (地块)、BUILDING (厂房楼宇)、GATE (出入口)、OTHER (其他)。"
        ),
    ),
    ("no geometry", feature("P1") | {"geometry": None}, "没有几何图形。"),
    (
        "NaN",
        feature("P1", point(math.nan, 31.86)),
        "“nan”不是坐标：坐标是经度和纬度两个数字。",
    ),
    (
        "infinite",
        feature("P1", point(1e400, 31.86)),
        "“inf”不是度数，请另存为经纬度（WGS-84，EPSG:4326）。",
    ),
    ("swapped", feature("P1", point(31.86, 121.2)), "“31.86, 121.2”：经纬度写反了，请先写经度。"),
    ("in the sea", feature("P1", point(123.0, 31.86)), "该位置在园区外 100 公里以上。"),
    ("an open ring", feature("P1", OPEN), "边界没有闭合：最后一点须与第一点相同。（第 1 部分）"),
    ("a bow tie", feature("P1", BOW), "边界在 121.21, 31.87 附近自相交或自相接触。"),
    (
        "100,000 corners",
        feature("P1", ring(100_000)),
        "图形的角点超过 2000 个，请先简化。（第 1 部分）",
    ),
    (
        "a collection in a collection",
        feature(
            "P1", {"type": "GeometryCollection", "geometries": [{"type": "GeometryCollection"}]}
        ),
        "“GeometryCollection”不能作为场所：应为 Point、Polygon 或 MultiPolygon。",
    ),
    ("a whole that is not there", feature("P1", part_of="P9"), "所属场所 P9 不存在。"),
    ("its own whole", feature("P1", part_of="P1"), "所属场所 P1 循环指向了自身。"),
]


@pytest.mark.parametrize(
    ("told", "sentence"), [row[1:] for row in FAULTY], ids=[row[0] for row in FAULTY]
)
def test_a_faulty_feature_says_what_is_wrong(told: object, sentence: str) -> None:
    assert problems(told) == [sentence]


def test_halves_of_signs_can_be_shown() -> None:
    [row] = services.places_from_file(
        b'{"type": "Feature", "properties": {"code": "\\ud800", "name": "\\udfff"}}', "WGS84"
    )

    assert (row.code, row.name) == ("�", "�")


def test_one_code_twice_makes_both_faulty() -> None:
    assert problems(feature("P1"), feature("P2"), feature("P1")) == [
        "代码 P1 在这里出现了 2 次。",
        "",
        "代码 P1 在这里出现了 2 次。",
    ]


def test_places_that_belong_to_each_other_in_a_circle_are_faulty_and_what_belongs_to_them() -> None:
    found = problems(
        feature("A", part_of="B"),
        feature("B", part_of="C"),
        feature("C", part_of="A"),
        feature("D", part_of="A"),
        feature("E"),
    )

    assert found == [
        "所属场所 B 循环指向了自身。",
        "所属场所 C 循环指向了自身。",
        "所属场所 A 循环指向了自身。",
        "所属场所 A 循环指向了自身。",
        "",
    ]


def test_a_circle_that_a_file_would_close_is_found() -> None:
    place("P1")
    place("P2", part_of="P1")

    assert problems(feature("P1", part_of="P2")) == ["所属场所 P2 循环指向了自身。"]


def test_what_belongs_to_a_faulty_place_is_faulty_too() -> None:
    found = problems(feature("P1", OPEN), feature("P2", part_of="P1"), feature("P3", part_of="P2"))

    assert found[1:] == [
        "所属场所 P1 本身有误（第 1 个要素）。",
        "所属场所 P2 本身有误（第 2 个要素）。",
    ]


def test_what_belongs_to_a_place_that_is_there_is_right_though_its_row_is_faulty() -> None:
    place("P1")

    assert problems(feature("P1", OPEN), feature("P2", part_of="P1"))[1] == ""


def test_a_corner_is_named_as_it_was_written() -> None:
    """The file is in GCJ-02; the corner where it crosses is told so, not as it was converted."""
    [row] = read(feature("P1", BOW), datum="GCJ02")

    assert row.problem == "边界在 121.21, 31.86 附近自相交或自相接触。"


def test_a_retired_place_is_no_whole_for_a_new_one() -> None:
    park = place("P1")
    services.retire_place(place_id=park.pk, actor=clerk(), now=THURSDAY_10)

    assert problems(feature("P2", part_of="P1")) == ["所属场所 P1 不存在。"]
