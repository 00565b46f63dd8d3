"""Enterprises found by name, part of a name, pinyin, code and goods; and offered while typing."""

from __future__ import annotations

from typing import Any

import pytest

from shuniu.zone.kernel.search import tokens_of
from shuniu.zone.registry import queries, services
from shuniu.zone.registry.models import Enterprise, EnterpriseWords
from shuniu.zone.registry.queries import enterprises_found, standing_of, with_enterprise_words
from shuniu.zone.registry.services import NewEnterprise, register_enterprises
from tests.clients import Client
from tests.factories import THURSDAY_10, EnterpriseFactory, clerk, leader, member_of

pytestmark = pytest.mark.usefixtures("zone")


def firm(name: str, short_name: str = "", **columns: Any) -> Enterprise:
    row = EnterpriseFactory.create(name=name, short_name=short_name, **columns)
    services.index_enterprises(enterprise_ids=[row.pk])
    return row


def found(text: str, who: Any = None, limit: int = 9) -> list[str]:
    standing = standing_of(who or clerk())
    return [row.name for row in enterprises_found(standing, text, limit=limit)]


@pytest.mark.parametrize("typed", ["华通公司", "南通华通", "华通联合有限公司"])
def test_a_name_is_found_as_people_say_it_when_nobody_has_it_in_one_piece(typed: str) -> None:
    wanted = firm("华通联合(南通)塑胶工业有限公司", "华通塑胶")
    firm("海门恒源机械有限公司")

    assert found(typed) == [wanted.name]
    assert [*Enterprise.objects.filter(with_enterprise_words(typed))] == [wanted]


def test_names_that_begin_with_it_come_first_then_those_that_have_it() -> None:
    firm("南通恒源重工有限公司")
    firm("恒源供应链有限公司")
    firm("海门食品有限公司", "小恒源")

    assert found("恒源") == ["恒源供应链有限公司", "海门食品有限公司", "南通恒源重工有限公司"]
    assert found("恒源", limit=1) == ["恒源供应链有限公司"]
    assert found("重工 南通") == ["南通恒源重工有限公司"]


@pytest.mark.parametrize(
    "typed",
    [
        "nthg",
        "NTHG",
        "hgzn",
        "南通海光",
        "haiguang",
        "nantong",
        "0614MA1X",
        "plc",
        "变速箱",
        "海光 变速箱",
    ],
)
def test_initials_pinyin_code_and_goods_lead_to_it(typed: str) -> None:
    row = firm(
        "南通海光智能有限公司", "海光", credit_code="91320614MA1X2Y3Z4K",
        products=["PLC控制器"], inputs=["变速箱"],
    )  # fmt: skip
    firm("江苏瑞丰纺织有限公司")

    assert found(typed) == [row.name]


def test_a_name_is_worth_more_than_a_sound_and_a_sound_more_than_goods() -> None:
    firm("江苏瑞丰有限公司", products=["hgt轴承"])
    firm("海光通讯有限公司")
    firm("HGT贸易有限公司")

    assert found("hgt") == ["HGT贸易有限公司", "海光通讯有限公司", "江苏瑞丰有限公司"]


def test_brackets_width_and_blanks_do_not_matter() -> None:
    row = firm("华宇（南通）Ｔ３有限公司")

    assert found("华宇(南通) t3") == [row.name]
    assert found("（南通）") == [row.name]


@pytest.mark.parametrize("typed", ["", " ", "——", "\x00", "'\"*", "鲸鲨"])
def test_what_nobody_is_called_finds_nobody(typed: str) -> None:
    firm("南通海光智能有限公司")

    assert found(typed) == []


def test_others_find_no_enterprise_but_their_own() -> None:
    own, _foreign = firm("恒源一有限公司"), firm("恒源二有限公司")

    assert found("恒源", member_of(own)) == [own.name]


def test_a_record_that_was_merged_leads_to_the_one_that_stands_for_it() -> None:
    kept = firm("恒源重工有限公司")
    gone = firm("鲸鲨旧称有限公司", credit_code="91320614MA1X2Y3Z4K")
    Enterprise.objects.filter(pk=gone.pk).update(merged_into=kept)
    services.index_enterprises(enterprise_ids=[kept.pk, gone.pk])

    assert found("鲸鲨") == found("MA1X2Y3Z4K") == [kept.name]
    assert found("恒源") == [kept.name]


def test_a_new_enterprise_is_found_at_once() -> None:
    new = NewEnterprise(
        name="南通鲸鲨重工有限公司", short_name="", credit_code="91320614MA1X2Y3Z4K",
        industry_code="", is_above_scale=False, employees=None, scope="", products=(), inputs=(),
        address="", lon=None, lat=None,
    )  # fmt: skip
    register_enterprises(enterprises=[new], actor=None, now=THURSDAY_10)

    assert found("ntjs") == [new.name]


def test_a_rebuilt_index_is_the_same_and_has_nothing_that_is_gone() -> None:
    row = firm("南通海光智能有限公司", products=["变速箱"])
    before = dict(EnterpriseWords.objects.values_list("key", "words"))
    EnterpriseWords.objects.create(key=999_999, words=tokens_of({"n": ["多余"]}))

    assert services.rebuild_words() == Enterprise.objects.count()

    assert dict(EnterpriseWords.objects.values_list("key", "words")) == before
    assert before == queries.words_of_enterprises([row.pk])


def test_enterprises_are_offered_while_staff_type(client: Client) -> None:
    row = firm("南通海光智能有限公司", "海光")
    client.force_login(clerk())

    page = client.get("/enterprises/suggest/?words=nthg").text

    assert page.count('role="option"') == 1
    assert f'data-url="/enterprises/{row.pk}/"' in page
    assert 'data-value="南通海光智能有限公司"' in page
    assert client.get("/enterprises/suggest/?enterprise=海光").text == page
    assert client.get("/enterprises/suggest/").text.strip() == ""


def test_enterprises_are_offered_to_staff_alone(client: Client) -> None:
    row = firm("南通海光智能有限公司")
    statuses = []
    for person in (leader(), member_of(row)):
        client.force_login(person)
        statuses.append(client.get("/enterprises/suggest/?words=nthg").status_code)

    assert statuses == [200, 403]
