"""Where enterprises work: positions of every datum, one main site, and the place around."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry import services
from shuniu.zone.registry.models import Enterprise, ProfileVersion, Site
from shuniu.zone.registry.services import NewSite
from tests.clients import Client
from tests.factories import (
    THURSDAY_10,
    EnterpriseFactory,
    clerk,
    columns,
    enterprise_admin,
    handler,
)
from tests.registry.ground import BESIDE, HERE, place, sent, square
from tests.registry.people import told

pytestmark = pytest.mark.usefixtures("zone")
LATER = THURSDAY_10 + timedelta(hours=1)
WORKS = NewSite("一厂", "广州路 999 号", HERE)


def added(firm: Enterprise | None = None, new: NewSite = WORKS) -> Site:
    firm = firm or EnterpriseFactory.create()
    return services.add_site(enterprise_id=firm.pk, new=new, actor=clerk(), now=THURSDAY_10)


def test_the_first_site_is_the_main_one_and_lies_in_the_smallest_place_around_it() -> None:
    place("P1")
    plot = place("P1-A", square(121.198, 31.858, 0.004), kind="PLOT", part_of="P1")
    firm = EnterpriseFactory.create()

    first, second = added(firm), added(firm, NewSite("二厂", "", BESIDE))

    assert columns(first, ("name", "lon", "lat", "is_main", "place_id", "verified_at")) == {
        "name": "一厂",
        "lon": 121.2,
        "lat": 31.86,
        "is_main": True,
        "place_id": plot.pk,
        "verified_at": THURSDAY_10,
    }
    assert columns(second, ("is_main", "place_id")) == {"is_main": False, "place_id": None}


def test_a_correction_says_what_was_different_and_finds_the_place_anew() -> None:
    park = place("P1")
    site = added(new=NewSite("一厂", "广州路 999 号", BESIDE))

    services.correct_site(site_id=site.pk, new=WORKS, actor=clerk(), now=LATER)

    assert columns(site, ("place_id", "verified_at")) == {
        "place_id": park.pk,
        "verified_at": LATER,
    }
    assert Fact.objects.get(kind="registry.site.corrected").data == {
        "enterprise_id": site.enterprise_id,
        "site_id": site.pk,
        "fields": ["position"],
    }


def test_another_site_becomes_the_main_one_and_only_then_the_old_one_can_go() -> None:
    firm, who = EnterpriseFactory.create(), clerk()
    old, new = added(firm), added(firm)

    with pytest.raises(services.MainSiteStays):
        services.remove_site(site_id=old.pk, actor=who, now=LATER)
    for _turn in range(2):
        services.make_main_site(site_id=new.pk, actor=who, now=LATER)
    services.remove_site(site_id=old.pk, actor=who, now=LATER)

    assert list(Site.objects.values_list("pk", "is_main")) == [(new.pk, True)]
    assert [kind for kind, _who in told("registry.site")][2:] == [
        "registry.site.chosen",
        "registry.site.removed",
    ]


def test_the_only_site_can_go_although_it_is_the_main_one() -> None:
    site = added()

    services.remove_site(site_id=site.pk, actor=clerk(), now=LATER)

    assert not Site.objects.exists()


def test_a_confirmed_site_changes_nothing_but_its_day() -> None:
    site = added()

    services.confirm_site(site_id=site.pk, actor=clerk(), now=LATER)

    assert columns(site, ("name", "verified_at")) == {"name": "一厂", "verified_at": LATER}


def test_a_site_without_a_position_lies_nowhere() -> None:
    place("P1")

    site = added(new=NewSite("", "富江路 1 号", None))

    assert columns(site, ("lon", "lat", "place_id")) == {
        "lon": None,
        "lat": None,
        "place_id": None,
    }


def test_a_command_refuses_a_position_outside_of_the_zone_and_changes_nothing() -> None:
    firm, who = EnterpriseFactory.create(), clerk()
    new = NewSite("", "", services.Degrees(116.4, 39.9))

    with pytest.raises(services.PositionRefused):
        services.add_site(enterprise_id=firm.pk, new=new, actor=who, now=THURSDAY_10)

    assert (Site.objects.count(), told("registry.site")) == (0, [])


@pytest.mark.parametrize("who", [handler, lambda: enterprise_admin(EnterpriseFactory.create())])
def test_only_clerks_keep_sites(who: object) -> None:
    site = added()
    assert callable(who)

    with pytest.raises(services.NotForYou):
        services.confirm_site(site_id=site.pk, actor=who(), now=LATER)
    with pytest.raises(services.NotForYou):
        services.add_site(enterprise_id=site.enterprise_id, new=WORKS, actor=who(), now=THURSDAY_10)


@pytest.mark.parametrize(
    "text",
    [
        "121.2, 31.86",
        "121.2 31.86",
        "１２１．２，３１．８６",
        "(121.2, 31.86)",
        "121.2°E 31.86°N",
        "东经121.2 北纬31.86",
        "lon: 121.2; lat: 31.86",
        "\t121.20000 、 31.860 ",
    ],
)
def test_a_position_is_read_however_it_was_copied(text: str) -> None:
    assert services.degrees_from_text(text, "WGS84") == HERE


@pytest.mark.parametrize(
    ("text", "datum"),
    [("121.204524, 31.858089", "GCJ02"), ("121.210933, 31.864443", "BD09")],
)
def test_a_position_of_a_chinese_map_is_moved_back(text: str, datum: str) -> None:
    found = services.degrees_from_text(text, datum)

    assert (round(found.lon, 3), round(found.lat, 3)) == (121.2, 31.86)


@pytest.mark.parametrize(
    ("text", "datum", "sentence"),
    [
        ("", "WGS84", "请写两个数字：先经度后纬度，例如 121.205000, 31.862000。"),
        ("121.2", "WGS84", "请写两个数字：先经度后纬度，例如 121.205000, 31.862000。"),
        ("NaN, 31.86", "WGS84", "请写两个数字：先经度后纬度，例如 121.205000, 31.862000。"),
        ("1e400, 31.86", "WGS84", "请写两个数字：先经度后纬度，例如 121.205000, 31.862000。"),
        ("1e400", "WGS84", "请写两个数字：先经度后纬度，例如 121.205000, 31.862000。"),
        ("广州路 999 号", "WGS84", "请写两个数字：先经度后纬度，例如 121.205000, 31.862000。"),
        ("31.86, 121.2", "WGS84", "纬度不超过 90，这里是 121.2：经纬度是不是写反了？"),
        ("200, 31.86", "WGS84", "200, 31.86 不是有效位置：经度不超过 180，纬度不超过 90。"),
        ("121.2, 31.6", "WGS84", "该位置在园区外 25.9 公里。"),
        ("121.2, 31.829", "WGS84", "该位置在园区外 730 米。"),
        ("116.4, 39.9", "WGS84", "该位置在园区外 100 公里以上。"),
        (
            "0, 0",
            "WGS84",
            "该位置在园区外 100 公里以上。 0, 0 在海里：许多软件在位置未知时会写成这样。",
        ),
        (
            "121.2995, 31.8532",
            "WGS84",
            "该位置在园区外 1.0 公里。 若按百度（BD-09）坐标则在区内，请改选该坐标来源。",
        ),
    ],
)
def test_a_position_that_cannot_be_right_says_why_and_what_may_be_meant(
    text: str, datum: str, sentence: str
) -> None:
    with pytest.raises(services.PositionRefused) as refused:
        services.degrees_from_text(text, datum)

    assert str(refused.value) == sentence


def test_swapped_numbers_that_could_be_a_position_are_known_by_where_they_lie(
    zone: ProfileVersion,
) -> None:
    profile = zone.content | {}
    corners = [{"lon": lon, "lat": lat} for lon, lat in ((10, 50), (10.1, 50), (10.1, 50.1))]
    profile["zone"] = profile["zone"] | {"bounds": corners, "center": {"lon": 10.08, "lat": 50.05}}
    ProfileVersion.objects.create(
        code="elsewhere", digest="d", content=profile, put_in_force_at=THURSDAY_10
    )

    with pytest.raises(services.PositionRefused) as refused:
        services.degrees_from_text("50.05, 10.08", "WGS84")

    assert str(refused.value).endswith("经纬度写反了：请先写经度。")


def test_a_clerk_adds_a_site_at_the_page_and_sees_it_with_its_place(client: Client) -> None:
    place("P1", name="新材料产业园")
    firm = EnterpriseFactory.create()
    client.force_login(clerk())
    fields = {"name": "一厂", "address": "", "position": "121.2, 31.86", "datum": "WGS84"}

    answer = sent(client, reverse("registry:site-new", args=[firm.pk]), **fields)

    page = client.get(answer["Location"]).content.decode()
    assert answer["Location"] == reverse("registry:enterprise", args=[firm.pk])
    assert [word in page for word in ("一厂", "新材料产业园", "121.20000, 31.86000")] == [True] * 3


def test_a_wrong_position_is_told_at_its_field_and_what_was_typed_stays(client: Client) -> None:
    firm = EnterpriseFactory.create()
    client.force_login(clerk())
    fields = {"name": "一厂", "address": "", "position": "31.86, 121.2", "datum": "WGS84"}

    answer = sent(client, reverse("registry:site-new", args=[firm.pk]), **fields)

    page = answer.content.decode()
    assert (answer.status_code, Site.objects.count()) == (422, 0)
    assert "纬度不超过 90，这里是 121.2：经纬度是不是写反了？" in page
    assert 'value="31.86, 121.2"' in page


def test_a_site_says_at_least_an_address_or_a_position(client: Client) -> None:
    firm = EnterpriseFactory.create()
    client.force_login(clerk())

    answer = sent(client, reverse("registry:site-new", args=[firm.pk]), name="一厂", datum="WGS84")

    assert answer.status_code == 422
    assert "请填写地址或位置。" in answer.content.decode()


def test_the_form_of_a_site_begins_with_what_is_known_and_steps_lead_back(client: Client) -> None:
    site = added()
    other = added(site.enterprise, NewSite("二厂", "", None))
    client.force_login(clerk())

    page = client.get(reverse("registry:site", args=[site.pk])).content.decode()
    steps = [
        sent(client, reverse("registry:site-step", args=[pk, step]))
        for pk, step in ((site.pk, "confirm"), (other.pk, "main"), (site.pk, "remove"))
    ]
    nothing = sent(client, reverse("registry:site-step", args=[other.pk, "move"]))

    assert 'value="121.200000, 31.860000"' in page
    assert [answer.status_code for answer in steps] == [302, 302, 302]
    assert nothing.status_code == 404
    assert list(Site.objects.values_list("pk", "is_main")) == [(other.pk, True)]


def test_a_corrected_site_is_sent_back_to_its_enterprise(client: Client) -> None:
    site = added()
    client.force_login(clerk())
    fields = {"name": "老厂", "address": "富江路 1 号", "position": "", "datum": "WGS84"}

    answer = sent(client, reverse("registry:site", args=[site.pk]), **fields)

    assert answer["Location"] == reverse("registry:enterprise", args=[site.enterprise_id])
    assert columns(site, ("name", "lon")) == {"name": "老厂", "lon": None}


def test_an_enterprise_is_registered_with_its_main_site_in_its_place() -> None:
    park = place("P1")
    new = services.NewEnterprise(
        name="海门样例造船有限公司",
        short_name="样例造船",
        credit_code="91320614MAXX00015A",
        industry_code="3731",
        is_above_scale=True,
        employees=10,
        scope="",
        products=(),
        inputs=(),
        address="滨江大道 1 号",
        lon=121.2,
        lat=31.86,
    )

    services.register_enterprises(enterprises=[new], actor=None, now=THURSDAY_10)

    assert list(Site.objects.values_list("is_main", "place_id")) == [(True, park.pk)]
