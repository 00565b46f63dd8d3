"""E-mails by a real mail server: what they hold, and what happens when it fails."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from shuniu.zone.desk.models import Case
from shuniu.zone.kernel.clock import ZONE
from shuniu.zone.notices import services
from shuniu.zone.notices.channels import Post
from shuniu.zone.notices.choices import LEASE, MOST_ATTEMPTS, Trouble
from shuniu.zone.notices.models import Mailbox, Outgoing, Outlet
from tests.factories import (
    THURSDAY_10,
    CaseFactory,
    administrator,
    handler,
    office,
)
from tests.notices.people import (
    LATER,
    mail_outlet,
    opened,
    sent_all,
    states,
    told,
    with_address,
)
from tests.notices.servers import MailServer, distrusted_server

pytestmark = pytest.mark.usefixtures("zone")
NIGHT = datetime(2026, 11, 19, 23, tzinfo=ZONE)
MORNING = datetime(2026, 11, 20, 7, tzinfo=ZONE)


def given_case(**more: object) -> Case:
    case: Case = CaseFactory.create(lead_unit=office(), state="DISPATCHED", **more)
    return case


def test_an_e_mail_says_number_category_unit_and_deadline_with_a_link(
    mail: MailServer, post: Post
) -> None:
    worker, case = with_address(handler(), "worker@example.cn"), given_case()

    told(worker, case)
    assert sent_all(post) == 1

    [letter] = mail.letters
    row = Outgoing.objects.get()
    assert mail.to == ["worker@example.cn"]
    assert str(letter["Subject"]).strip() == f"[海门开发区] 诉求 {case.number} 已派给经发局。"
    assert letter["Message-ID"] == f"<{row.pk}@zone.example.cn>"
    body = mail.bodies()[0].replace("\r\n", "\n")
    assert f"https://hub.example.cn/cases/{case.pk}/" in body
    assert "类别: 市政\n承办单位: 经发局" in body
    assert (case.text in body, case.enterprise.name in body) == (False, False)
    html = letter.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert f'href="https://hub.example.cn/cases/{case.pk}/"' in html
    assert states() == [("SENT", 1, "")]


def test_without_a_public_address_there_is_no_link(
    mail: MailServer, post: Post, settings: Settings
) -> None:
    settings.PUBLIC_ADDRESS = ""
    told(with_address(handler()), given_case())

    sent_all(post)

    assert "/cases/" not in mail.bodies()[0]


@pytest.mark.parametrize("sensitivity", ["CONFIDENTIAL", "confidential"])
def test_a_bare_e_mail_holds_the_number_and_the_link_alone(
    mail: MailServer, post: Post, sensitivity: str
) -> None:
    case = given_case(sensitivity=sensitivity.lower())
    told(with_address(handler()), case, is_bare=True)

    sent_all(post)

    assert str(mail.letters[0]["Subject"]).strip() == f"[海门开发区] 诉求 {case.number} 有新进展。"
    assert ("市政" in mail.bodies()[0], "经发局" in mail.bodies()[0]) == (False, False)


def test_no_value_can_begin_a_header_of_its_own(mail: MailServer, post: Post) -> None:
    case = given_case()
    told(with_address(handler()), case)
    Outgoing.objects.update(values={"number": "1\r\nBcc: a@b.cn", "unit_zh": "甲\nX: 1"})

    sent_all(post)

    assert (mail.letters[0]["Bcc"], mail.letters[0]["X"]) == (None, None)
    assert mail.to == [Mailbox.objects.get().address]


def test_nothing_is_written_while_no_server_is_set_up(post: Post) -> None:
    told(with_address(handler()), given_case())

    assert (Outgoing.objects.count(), sent_all(post)) == (0, 0)


@pytest.mark.parametrize("box", [{"unwanted": ["desk.dispatched"]}, {"confirmed_at": None}])
def test_who_does_not_want_it_or_did_not_prove_the_address_gets_none(
    mail: MailServer, box: dict[str, Any]
) -> None:
    told(with_address(handler(), **box), given_case())

    assert (Outgoing.objects.count(), mail.letters) == (0, [])


def test_who_may_no_longer_see_the_case_gets_no_e_mail(mail: MailServer, post: Post) -> None:
    case = given_case()
    told(with_address(handler()), case)
    Case.objects.update(lead_unit=office("planning_bureau"))

    sent_all(post)

    assert (mail.letters, states()) == ([], [("DROPPED", 1, "")])


def test_at_night_only_what_is_urgent_goes_out_and_the_rest_in_the_morning(
    mail: MailServer, post: Post
) -> None:
    case = given_case()
    told(with_address(handler(), "quiet@example.cn"), case, "a")
    told(with_address(handler(), "urgent@example.cn"), case, "b", is_urgent=True)
    told(with_address(handler(), "awake@example.cn", is_quiet_at_night=False), case, "c")

    sent_all(post, NIGHT)
    at_night = sorted(mail.to)
    sent_all(post, MORNING)

    assert at_night == ["awake@example.cn", "urgent@example.cn"]
    assert sorted(mail.to) == ["awake@example.cn", "quiet@example.cn", "urgent@example.cn"]


@pytest.mark.parametrize(
    ("on_rcpt", "on_data", "state", "trouble"),
    [
        ("550 no such user", "", "DEAD", Trouble.RECIPIENT),
        ("450 greylisted", "", "WAITING", Trouble.LATER),
        ("", "554 spam", "DEAD", Trouble.REFUSED),
        ("", "451 later", "WAITING", Trouble.LATER),
    ],
)
def test_a_refusal_for_good_is_given_to_a_person_and_another_one_tried_again(  # noqa: PLR0917  # the cases of one table
    mail: MailServer, post: Post, on_rcpt: str, on_data: str, state: str, trouble: str
) -> None:
    mail.on_rcpt, mail.on_data = on_rcpt, on_data
    told(with_address(handler()), given_case())

    sent_all(post)

    assert states() == [(state, 1, trouble)]


def test_a_server_that_dies_in_the_middle_pauses_the_way_out_and_gets_it_later(
    mail: MailServer, post: Post
) -> None:
    mail.on_data = "drop"
    told(with_address(handler()), given_case(), "a")
    told(with_address(handler()), given_case(), "b")

    assert sent_all(post) == 1
    outlet = Outlet.objects.get()
    assert (outlet.trouble, outlet.failures) == (Trouble.NO_ANSWER, 1)
    assert outlet.paused_until is not None
    assert LATER < outlet.paused_until <= LATER + timedelta(seconds=15)

    mail.on_data = ""
    sent_all(post, LATER + timedelta(minutes=1))
    assert [state for state, _tries, _why in states()] == ["SENT", "SENT"]
    assert Outlet.objects.get().trouble == ""


def test_a_server_that_is_not_there_costs_the_messages_no_tries(
    mail: MailServer, post: Post, settings: Settings
) -> None:
    settings.EMAIL_PORT = 1
    told(with_address(handler()), given_case())

    sent_all(post)

    assert states() == [("WAITING", 0, Trouble.NOT_REACHED)]
    assert mail.letters == []


def test_a_server_without_tls_is_not_trusted_when_tls_is_asked_for(
    mail: MailServer, post: Post, settings: Settings
) -> None:
    settings.EMAIL_USE_TLS = True
    told(with_address(handler()), given_case())

    sent_all(post)

    assert (states(), mail.letters) == ([("WAITING", 0, Trouble.NO_TLS)], [])


def test_a_certificate_that_nobody_trusts_ends_as_an_undelivered_message_that_says_so(
    mail: MailServer, post: Post, settings: Settings, tmp_path: Path
) -> None:
    told(with_address(handler()), given_case())

    with distrusted_server(tmp_path) as port:
        settings.EMAIL_PORT, settings.EMAIL_USE_SSL = port, True
        sent_all(post)
    after_two_days = LATER + timedelta(hours=49)
    services.bury(now=after_two_days)

    [row] = Outgoing.objects.all()
    assert (row.state, row.trouble, mail.letters) == ("DEAD", Trouble.NO_TLS, [])
    assert row.get_trouble_display() == str(Trouble.NO_TLS.label)


def test_a_worker_that_died_after_sending_sends_once_more_with_the_same_message_id(
    mail: MailServer, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(with_address(handler()), given_case())

    class Killed(BaseException):
        pass

    def die(*_args: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("shuniu.zone.notices.services.sending._sent", die)
        with pytest.raises(Killed):
            services.send_next(post=post, now=LATER)

    assert sent_all(post, LATER + LEASE - timedelta(seconds=1)) == 0  # still taken
    assert sent_all(post, LATER + LEASE) == 1
    assert sent_all(post, LATER + 2 * LEASE) == 0
    first, second = (letter["Message-ID"] for letter in mail.letters)
    assert first == second


def test_after_two_days_or_too_many_tries_a_person_sees_it_and_can_send_it_again(
    mail: MailServer, post: Post, settings: Settings
) -> None:
    admin = administrator()
    told(with_address(handler()), given_case(), "a")
    told(with_address(handler()), given_case(), "b")
    Outgoing.objects.filter(occasion__startswith="b").update(attempts=MOST_ATTEMPTS)
    settings.EMAIL_PORT = 1
    sent_all(post)

    services.bury(now=LATER + timedelta(days=3))
    assert [(state, why) for state, _tries, why in states()] == [
        ("DEAD", Trouble.NOT_REACHED),
        ("DEAD", Trouble.DIED),
    ]

    settings.EMAIL_PORT = mail.port
    again = LATER + timedelta(days=3)
    assert services.send_again(message_id=None, outlet="", actor=admin, now=again) == 2
    sent_all(post, again)
    assert len(mail.letters) == 2


def test_pauses_double_up_to_an_hour_and_are_not_all_alike() -> None:
    key = mail_outlet().pk
    pauses = [services.pause_of(key, tries).total_seconds() for tries in range(1, 13)]

    assert all(7.5 * 2**n <= pause <= 15 * 2**n for n, pause in enumerate(pauses[:8]))
    assert all(1800 <= pause <= 3600 for pause in pauses[8:])
    assert len({pause / 2**n for n, pause in enumerate(pauses[:8])}) > 1


def test_an_address_is_proven_by_the_code_that_was_written_to_it(
    mail: MailServer, post: Post
) -> None:
    worker = handler()
    services.give_address(address="me@example.cn", language="en", actor=worker, now=THURSDAY_10)
    sent_all(post)
    code = services.code_of(Mailbox.objects.get())

    assert mail.to == ["me@example.cn"]
    assert f"Your code is {code}." in mail.bodies()[0]
    assert code not in str(mail.letters[0]["Subject"])
    with pytest.raises(services.WrongCode):
        services.confirm_address(code="12345x", actor=worker, now=LATER)
    services.confirm_address(code=f" {code} ", actor=worker, now=LATER)
    assert Mailbox.objects.get().confirmed_at == LATER


def test_a_code_is_guessed_at_five_times_and_holds_for_half_an_hour(mail: MailServer) -> None:
    worker, other = handler(), handler()
    for one in (worker, other):
        services.give_address(address="a@b.cn", language="en", actor=one, now=THURSDAY_10)
    code, late = (services.code_of(Mailbox.objects.get(pk=one.pk)) for one in (worker, other))
    for _ in range(5):
        with pytest.raises(services.WrongCode):
            services.confirm_address(code="x", actor=worker, now=LATER)

    with pytest.raises(services.WrongCode):
        services.confirm_address(code=code, actor=worker, now=LATER)
    with pytest.raises(services.WrongCode):
        services.confirm_address(code=late, actor=other, now=THURSDAY_10 + timedelta(minutes=31))
    with pytest.raises(services.TooManyCodes):
        services.give_address(address="a@b.cn", language="en", actor=worker, now=THURSDAY_10)
    assert mail.letters == []


def test_the_address_is_sealed_where_it_is_stored(mail: MailServer) -> None:  # noqa: ARG001
    with_address(handler(), "secret@example.cn")

    [stored] = Mailbox.objects.values_list("address", flat=True)
    assert str(stored) == "•••"


def test_ten_thousand_messages_are_read_one_at_a_time(
    mail: MailServer, post: Post, django_assert_max_num_queries: object
) -> None:
    assert opened is not None
    case, worker = given_case(), with_address(handler())
    told(worker, case)
    [row] = Outgoing.objects.all()
    Outgoing.objects.bulk_create(
        Outgoing(
            outlet=row.outlet, recipient=worker, kind=row.kind, key=row.key, values=row.values,
            occasion=f"more {n}", made_at=row.made_at, waiting_since=row.made_at,
            next_try_at=row.made_at,
        )
        for n in range(9_999)
    )  # fmt: skip

    with django_assert_max_num_queries(20):  # type: ignore[operator]
        assert services.send_next(post=post, now=LATER) is True

    assert len(mail.letters) == 1
