"""Messages to groups by a real server of robots: limits, failures, and what a group may read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import Settings

from shuniu.zone.notices import services
from shuniu.zone.notices.channels import Post
from shuniu.zone.notices.channels import post as post_module
from shuniu.zone.notices.channels.composing import fitted
from shuniu.zone.notices.choices import RobotForm, Trouble
from shuniu.zone.notices.models import Outgoing, Outlet
from shuniu.zone.registry.queries import profile_in_force
from tests.factories import (
    THURSDAY_10,
    CaseFactory,
    EnterpriseFactory,
    administrator,
    clerk,
    handler,
    member_of,
    office,
)
from tests.notices.people import KEY, LATER, opened, robot, sent_all, states, told
from tests.notices.servers import GroupServer

pytestmark = pytest.mark.usefixtures("zone")


def test_a_group_reads_number_unit_category_and_deadline_and_no_name(
    group: GroupServer, post: Post
) -> None:
    robot()
    case = CaseFactory.create()

    told(None, case, has_group=True)
    sent_all(post)

    [text] = group.texts()
    assert group.keys == [KEY]
    assert text.startswith(
        f"**诉求 {case.number} 已派给经发局。**\n> 类别：市政\n> 承办单位：经发局"
    )
    assert text.endswith(f"\n[打开查看](https://hub.example.cn/cases/{case.pk}/)")
    assert (case.enterprise.name in text, case.text in text) == (False, False)


def test_a_new_case_is_written_to_the_group_of_the_center_and_else_of_the_zone(
    group: GroupServer, post: Post
) -> None:
    center = office(profile_in_force().profile.handling.fallback_unit)
    zone, own = robot(key="z" * 20), robot(center, key="c" * 20)
    firm = EnterpriseFactory.create()

    opened(firm, member_of(firm))
    sent_all(post)
    Outlet.objects.filter(pk=own.pk).update(is_on=False)
    opened(firm, member_of(firm))
    sent_all(post)

    assert group.keys == [own.secret, zone.secret]


def test_a_restricted_case_is_never_written_to_the_group_of_the_zone(
    group: GroupServer, post: Post
) -> None:
    robot()
    firm = EnterpriseFactory.create()

    opened(firm, member_of(firm), is_restricted=True)
    sent_all(post)

    assert group.texts() == []


def test_more_than_a_minute_has_room_for_is_put_together(group: GroupServer, post: Post) -> None:
    robot()
    cases = [CaseFactory.create() for _ in range(25)]
    for n, case in enumerate(cases):
        told(None, case, f"{n}", has_group=True)

    sent_all(post)

    [text] = group.texts()
    assert text.startswith("**25 条消息**\n- [诉求 QS-")
    assert all(case.number in text for case in cases)
    assert {state for state, _tries, _why in states()} == {"SENT"}


def test_a_robot_writes_at_most_twenty_times_a_minute(group: GroupServer, post: Post) -> None:
    robot()
    for n in range(24):
        told(None, CaseFactory.create(), f"{n}", has_group=True)
        sent_all(post, LATER + timedelta(milliseconds=n))

    assert len(group.texts()) == 20
    sent_all(post, LATER + timedelta(seconds=67))
    assert len(group.texts()) == 24


@pytest.mark.parametrize(
    ("answer", "state", "tries", "trouble"),
    [
        (45009, "WAITING", 0, Trouble.TOO_OFTEN),
        (93000, "WAITING", 0, Trouble.NO_ROBOT),
        (-1, "WAITING", 1, Trouble.LATER),
        (40058, "DEAD", 1, Trouble.REFUSED),
        ("moved", "WAITING", 0, Trouble.MOVED),
        ("reset", "WAITING", 0, Trouble.NO_ANSWER),
        ("half", "WAITING", 0, Trouble.NOT_UNDERSTOOD),
        ("hang", "WAITING", 0, Trouble.NO_ANSWER),
        ((200, b"<html>hello</html>"), "WAITING", 0, Trouble.NOT_UNDERSTOOD),
        ((200, b'{"ok": 1}'), "WAITING", 0, Trouble.NOT_UNDERSTOOD),
        ((404, b"{}"), "WAITING", 0, Trouble.NOT_UNDERSTOOD),
        ((503, b"busy"), "WAITING", 1, Trouble.LATER),
    ],
)
def test_whatever_the_server_answers_is_told_in_plain_words_and_tried_again(  # noqa: PLR0917  # the cases of one table
    group: GroupServer,
    post: Post,
    monkeypatch: pytest.MonkeyPatch,
    answer: object,
    state: str,
    tries: int,
    trouble: str,
) -> None:
    monkeypatch.setattr(post_module, "ANSWER_WITHIN_S", 0.3)
    robot()
    told(None, CaseFactory.create(), has_group=True)
    group.answers = [answer]

    assert sent_all(post, most=1) == 1

    assert states() == [(state, tries, trouble)]
    outlet = Outlet.objects.get()
    assert (outlet.busy_until, outlet.paused_until is not None) == (
        None,
        state == "WAITING" and tries == 0,
    )
    if state == "WAITING":
        sent_all(post, LATER + timedelta(minutes=5))
        assert states()[0][0] == "SENT"


def test_a_message_is_cut_between_characters_and_keeps_its_link() -> None:
    text = fitted("字" * 2000, 4096, "\n[打开查看](https://hub.example.cn/cases/1/)")

    assert len(text.encode()) <= 4096
    assert text.endswith("字…\n[打开查看](https://hub.example.cn/cases/1/)")
    assert fitted("短", 2048, "\nx") == "短\nx"


def test_the_plain_form_has_no_layout(group: GroupServer, post: Post) -> None:
    robot(form="TEXT")
    case = CaseFactory.create()

    told(None, case, has_group=True)
    sent_all(post)

    assert group.written[0]["msgtype"] == "text"
    assert group.texts()[0].endswith(f"\nhttps://hub.example.cn/cases/{case.pk}/")
    assert "**" not in group.texts()[0]


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/cgi-bin/webhook/send?key=0123456789abcdef",
        "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0123456789abcdef",
        "https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send?key=0123456789abcdef",
        "https://qyapi.weixin.qq.com@evil.example/cgi-bin/webhook/send?key=0123456789abcdef",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a b&x=",
        "https://qyapi.weixin.qq.com/other?key=0123456789abcdef",
        "https://[::1/cgi-bin",
        "http://169.254.169.254/latest",
        "",
    ],
)
def test_a_robot_writes_nowhere_but_to_the_configured_server(address: str) -> None:
    with pytest.raises(services.NoRobotAddress):
        services.add_robot(
            name="群", address=address, office=None, form=RobotForm.TEXT,
            actor=administrator(), now=THURSDAY_10,
        )  # fmt: skip

    assert Outlet.objects.count() == 0


def test_the_key_of_a_robot_is_sealed_where_it_is_stored(settings: Settings) -> None:
    added = services.add_robot(
        name="群", address=f"{settings.WECOM_ADDRESS}/cgi-bin/webhook/send?key={KEY}",
        office=None, form=RobotForm.TEXT, actor=administrator(), now=THURSDAY_10,
    )  # fmt: skip

    [stored] = Outlet.objects.values_list("secret", flat=True)
    assert (str(stored), Outlet.objects.get(pk=added.pk).secret) == ("•••", KEY)


def test_a_test_goes_out_at_once_also_while_the_way_out_is_paused(
    group: GroupServer, post: Post
) -> None:
    way = robot()
    Outlet.objects.update(paused_until=LATER + timedelta(hours=1))

    services.test_outlet(outlet_id=way.pk, actor=administrator(), now=THURSDAY_10)
    sent_all(post)

    assert group.texts() == [
        "**这是一条测试消息。收到即表示该途径可用。**\n[打开查看](https://hub.example.cn/)"
    ]


@pytest.mark.parametrize("who", [clerk, handler])
def test_nobody_else_looks_after_what_goes_out(who: object) -> None:
    way, actor = robot(), who()  # type: ignore[operator]

    with pytest.raises(services.NotForYou):
        services.remove_robot(outlet_id=way.pk, actor=actor, now=THURSDAY_10)
    with pytest.raises(services.NotForYou):
        services.send_again(message_id=None, outlet="", actor=actor, now=THURSDAY_10)

    assert (Outlet.objects.count(), Outgoing.objects.count()) == (1, 0)
