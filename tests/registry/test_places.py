"""Places: written whole or not at all, retired and taken up again, with their sites and the map."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry import services
from shuniu.zone.registry.models import Place, Site
from shuniu.zone.registry.services import NewSite
from tests.clients import Client
from tests.costs import costs
from tests.factories import THURSDAY_10, EnterpriseFactory, clerk, columns, leader, member_of
from tests.registry.ground import HERE, collection, feature, place, sent, square
from tests.registry.people import told

pytestmark = pytest.mark.usefixtures("zone")
LATER = THURSDAY_10 + timedelta(hours=1)
LIST = "/places/"
NEW = "/places/new/"
IMPORT = "/places/import/"
FIELDS = {"code": "P1", "name": "甲园", "kind": "PARK", "part_of": "", "datum": "WGS84"}
SQUARE = json.dumps(square())


def site() -> Site:
    firm = EnterpriseFactory.create()
    new = NewSite("一厂", "", HERE)
    return services.add_site(enterprise_id=firm.pk, new=new, actor=clerk(), now=THURSDAY_10)


def place_of(row: Site) -> str | None:
    row.refresh_from_db()
    return row.place.code if row.place else None


def preview(client: Client, content: bytes) -> str:
    """Send a file; return the page that it leads to, or the form that refuses it."""
    upload = SimpleUploadedFile("places.geojson", content)
    answer = sent(client, IMPORT, file=upload, datum="WGS84")
    page = client.get(answer["Location"]) if answer.status_code == 302 else answer
    return str(page.content.decode())


def confirmed(client: Client, page: str) -> int:
    """Press the button of a preview; return the status."""
    [url] = re.findall(r'action="(/places/import/[-0-9a-f]+/confirm/)"', page)
    [seal] = re.findall(r'name="seal"\s+value="([^"]*)"', page)
    return int(sent(client, url, seal=seal).status_code)


def test_a_new_place_takes_the_sites_in_it_and_is_told_once() -> None:
    row, who = site(), clerk()

    park = place("P1", by=who)

    assert place_of(row) == "P1"
    assert columns(park, ("name", "west", "south", "east", "north", "is_active")) == {
        "name": "P1园",
        "west": 121.19,
        "south": 31.85,
        "east": 121.21,
        "north": 31.87,
        "is_active": True,
    }
    assert told("registry.place") == [("registry.place.added", who.pk)]


def test_a_place_that_is_the_same_stays_untouched() -> None:
    place("P1")

    place("P1")

    assert Fact.objects.filter(kind__startswith="registry.place").count() == 1


def test_a_place_that_moves_away_gives_its_sites_to_what_lies_around_it() -> None:
    row = site()
    place("P1", square(121.15, 31.85, 0.06))
    place("P1-A", square(121.199, 31.859, 0.003), kind="PLOT", part_of="P1")
    before = place_of(row)

    place("P1-A", square(121.16, 31.859, 0.003), kind="PLOT", part_of="P1")

    assert (before, place_of(row)) == ("P1-A", "P1")
    assert Fact.objects.get(kind="registry.place.corrected").data["fields"] == ["shape"]


def test_one_faulty_place_keeps_all_of_them_from_being_written() -> None:
    rows = services.places_from_file(collection(feature("P1"), feature("P2", name="")), "WGS84")

    with pytest.raises(services.PlaceRefused) as refused:
        services.write_places(places=rows, actor=clerk(), now=THURSDAY_10)

    assert str(refused.value) == "缺少名称。"
    assert (Place.objects.count(), told("registry.place")) == (0, [])


def test_a_retired_place_gives_its_sites_away_and_gets_them_back() -> None:
    row, who = site(), clerk()
    park = place("P1")
    seen = [place_of(row)]

    for _turn in range(2):
        services.retire_place(place_id=park.pk, actor=who, now=LATER)
    seen.append(place_of(row))
    for _turn in range(2):
        services.restore_place(place_id=park.pk, actor=who, now=LATER)
    seen.append(place_of(row))

    assert seen == ["P1", None, "P1"]
    assert [kind for kind, _who in told("registry.place")] == [
        "registry.place.added",
        "registry.place.retired",
        "registry.place.restored",
    ]


def test_a_place_with_parts_is_retired_after_them_and_taken_up_before_them() -> None:
    who, park = clerk(), place("P1")
    plot = place("P1-A", kind="PLOT", part_of="P1")

    with pytest.raises(services.PlaceHasParts):
        services.retire_place(place_id=park.pk, actor=who, now=LATER)
    for pk in (plot.pk, park.pk):
        services.retire_place(place_id=pk, actor=who, now=LATER)
    with pytest.raises(services.WholeRetired):
        services.restore_place(place_id=plot.pk, actor=who, now=LATER)

    assert set(Place.objects.values_list("is_active", flat=True)) == {False}


def test_a_file_takes_a_retired_place_up_again_and_says_so() -> None:
    park = place("P1")
    services.retire_place(place_id=park.pk, actor=clerk(), now=LATER)

    rows = services.places_from_file(collection(feature("P1")), "WGS84")
    [judged] = services.judged_places(rows)
    services.write_places(places=rows, actor=clerk(), now=LATER)

    assert [(c.field, c.old, c.new) for c in judged.changes] == [("is_active", "已停用", "使用中")]
    assert columns(park, ("is_active",)) == {"is_active": True}


def test_only_clerks_keep_places() -> None:
    park = place("P1")
    rows = services.places_from_file(collection(feature("P2")), "WGS84")

    for who in (leader(), member_of(EnterpriseFactory.create())):
        with pytest.raises(services.NotForYou):
            services.write_places(places=rows, actor=who, now=LATER)
        with pytest.raises(services.NotForYou):
            services.retire_place(place_id=park.pk, actor=who, now=LATER)

    assert Place.objects.count() == 1


def test_the_list_shows_places_with_their_sites_counted_through_their_parts(
    client: Client,
) -> None:
    site()
    place("P1", name="甲园")
    place("P1-A", square(121.198, 31.858, 0.004), name="甲园A地块", kind="PLOT", part_of="P1")
    client.force_login(leader())

    page = client.get(LIST).content.decode()

    rows = re.findall(r"<tr data-row>.*?</tr>", page, re.DOTALL)
    assert [re.findall(r'data-label="厂区">(\d+)<', row) for row in rows] == [["1"], ["1"]]
    assert page.count('class="map__dot') == 1
    assert page.count('class="map__area') == 2
    assert NEW not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_place_and_for_three(
    client: Client, count: int, django_assert_num_queries: object
) -> None:
    for number in range(count):
        place(f"P{number}")
    client.force_login(leader())
    assert callable(django_assert_num_queries)

    with django_assert_num_queries(costs()["registry:places"]):
        page = client.get(LIST)

    assert page.content.decode().count("<tr data-row>") == count


@pytest.mark.parametrize(
    ("query", "found"), [("?words=乙", 1), ("?kind=PLOT", 1), ("?kind=retired", 0), ("?kind=x", 2)]
)
def test_the_list_can_be_narrowed(client: Client, query: str, found: int) -> None:
    place("P1", name="甲园")
    place("P2", name="乙地块", kind="PLOT")
    client.force_login(leader())

    assert client.get(LIST + query).content.decode().count("<tr data-row>") == found


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    client.force_login(clerk())

    assert "可读入 GeoJSON 文件，或新增第一处。" in client.get(LIST).content.decode()


def test_the_page_of_a_place_shows_its_parts_its_sites_and_its_history(client: Client) -> None:
    row = site()
    park = place("P1", name="甲园")
    place("P1-A", square(121.198, 31.858, 0.004), name="甲园A地块", kind="PLOT", part_of="P1")
    client.force_login(leader())

    page = client.get(reverse("registry:place", args=[park.pk])).content.decode()

    assert (row.enterprise.name in page, "甲园A地块" in page, "场所已新增" in page) == (True,) * 3
    assert "企业厂区 1 处" in page
    assert ">A地块</text>" in page


def test_a_clerk_adds_a_place_and_corrects_it(client: Client) -> None:
    client.force_login(clerk())

    added = sent(client, NEW, **FIELDS, shape=SQUARE)
    park = Place.objects.get()
    seen = services.seal_of_place(park)
    changed = {**FIELDS, "name": "乙园", "shape": SQUARE, "seen": seen}
    corrected = sent(client, reverse("registry:place-correct", args=[park.pk]), **changed)
    form = client.get(reverse("registry:place-correct", args=[park.pk])).content.decode()

    assert added["Location"] == corrected["Location"] == f"/places/{park.pk}/"
    assert columns(park, ("code", "name")) == {"code": "P1", "name": "乙园"}
    assert "121.19, 31.85" in form


@pytest.mark.parametrize(
    ("shape", "sentence"),
    [
        ("", "这个字段是必填项。"),
        ("{", "这不是 GeoJSON：无法读取。"),
        ("园区", "请写两个数字：先经度后纬度，例如 121.205000, 31.862000。"),
        ("121.2, 31.6", "该位置在园区外 25.9 公里。"),
        ('{"type": "FeatureCollection", "features": []}', "这里不止一个图形，请用“读入文件”。"),
        ('{"type": "Feature", "geometry": null}', "没有几何图形。"),
    ],
)
def test_a_shape_that_is_none_is_told_at_its_field(
    client: Client, shape: str, sentence: str
) -> None:
    client.force_login(clerk())

    answer = sent(client, NEW, **FIELDS, shape=shape)

    assert (answer.status_code, Place.objects.count()) == (422, 0)
    assert sentence in answer.content.decode().replace("&quot;", '"')


def test_a_position_or_a_feature_is_a_shape_too(client: Client) -> None:
    client.force_login(clerk())
    whole = json.dumps({"type": "FeatureCollection", "features": [feature("P1")]})

    answers = [
        sent(client, NEW, **{**FIELDS, "code": code}, shape=shape).status_code
        for code, shape in (("G1", "121.2, 31.86"), ("P1", whole))
    ]

    assert answers == [302, 302]
    assert [row.shape["type"] for row in Place.objects.order_by("code")] == ["Point", "Polygon"]


def test_a_code_that_is_taken_is_told_with_whose_it_is(client: Client) -> None:
    place("P1", name="甲园")
    client.force_login(clerk())

    answer = sent(client, NEW, **FIELDS, shape=SQUARE)

    assert answer.status_code == 422
    assert "代码 P1 已用于“甲园”。" in answer.content.decode()


def test_a_place_cannot_be_made_part_of_its_own_part(client: Client) -> None:
    park = place("P1")
    plot = place("P1-A", kind="PLOT", part_of="P1")
    client.force_login(clerk())
    seen = services.seal_of_place(park)
    fields = {**FIELDS, "part_of": plot.pk, "shape": SQUARE, "seen": seen}

    answer = sent(client, reverse("registry:place-correct", args=[park.pk]), **fields)

    assert answer.status_code == 422
    assert "所属场所 P1-A 循环指向了自身。" in answer.content.decode()


def test_a_file_is_shown_before_it_is_written_and_faulty_places_are_left_out(
    client: Client,
) -> None:
    place("P1", name="甲园")
    client.force_login(clerk())
    content = collection(feature("P1", name="乙园"), feature("P2"), feature("P3", name=""))

    page = preview(client, content)
    seen = list(Place.objects.values_list("name", flat=True))
    status = confirmed(client, page)

    assert seen == ["甲园"]
    assert ("<del>甲园</del> → <ins>乙园</ins>" in page, "缺少名称。" in page) == (True, True)
    assert "写入 2 处场所" in page
    assert status == 302
    assert list(Place.objects.order_by("code").values_list("name", flat=True)) == ["乙园", "P2园"]


def test_the_same_file_again_changes_nothing_and_says_so(client: Client) -> None:
    place("P1")
    client.force_login(clerk())

    page = preview(client, collection(feature("P1")))

    assert "没有改动：这些场所都已存在且相同。" in page
    assert 'name="seal"' not in page


def test_a_preview_that_is_out_of_date_is_shown_again_and_not_written(client: Client) -> None:
    place("P1", name="甲园")
    client.force_login(clerk())
    page = preview(client, collection(feature("P1", name="乙园")))
    place("P1", name="丙园")

    status = confirmed(client, page)

    assert (status, Place.objects.get().name) == (409, "丙园")


def test_a_file_that_is_too_large_or_missing_is_told_at_the_form(client: Client) -> None:
    client.force_login(clerk())

    large = preview(client, b" " * 20_000_000)
    nothing = sent(client, IMPORT, datum="WGS84").content.decode()
    words = sent(client, IMPORT, datum="WGS84", text="园区").content.decode()

    assert "文件超过 5 MB。" in large
    assert "请选择文件，或粘贴其内容。" in nothing
    assert "这不是 JSON：第 1 行第 1 列无法读取。" in words


def test_only_faulty_places_leave_nothing_to_write(client: Client) -> None:
    client.force_login(clerk())

    page = preview(client, collection(feature("P1", name="")))

    assert "没有可写入的。请改好有误的，再重新读入文件。" in page


def test_the_places_go_out_as_geojson(client: Client) -> None:
    place("P1", name="甲园")
    client.force_login(leader())

    answer = client.get("/places/file/")

    assert answer["Content-Type"] == "application/geo+json"
    assert re.fullmatch(
        r'attachment; filename="places-[\d-]+\.geojson"', answer["Content-Disposition"]
    )
    assert [f["properties"]["name"] for f in answer.json()["features"]] == ["甲园"]


def test_steps_of_a_place_lead_back_to_it(client: Client) -> None:
    park = place("P1")
    client.force_login(clerk())

    answers = [
        sent(client, reverse("registry:place-step", args=[park.pk, step]))
        for step in ("retire", "restore", "burn")
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 404]


def test_a_retired_place_is_still_drawn_on_its_own_page(client: Client) -> None:
    park = place("P1")
    services.retire_place(place_id=park.pk, actor=clerk(), now=LATER)
    client.force_login(leader())

    page = client.get(reverse("registry:place", args=[park.pk])).content.decode()

    assert (page.count("map__area--focus"), "已停用" in page) == (1, True)
