"""The ways in: an enterprise that registers, and somebody who cannot get in any more."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from shuniu.zone.accounts.models import User
from shuniu.zone.accounts.queries import user_with_phone
from shuniu.zone.accounts.services import codes_at
from shuniu.zone.desk.models import Case
from shuniu.zone.kernel import clock
from shuniu.zone.registry.models import Enterprise, Registration
from tests.clients import Client as KnownClient
from tests.factories import EnterpriseFactory, clerk, enterprise_admin

CODE = "91320614MAXX00015A"
PHONE = "15400010001"
FIRST, SECOND = "a door in the north wall", "three lamps by the gate"


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The time of day, as the first entry of a list."""
    now = [clock.now().replace(microsecond=0)]
    monkeypatch.setattr("shuniu.zone.kernel.clock.now", lambda: now[0])
    return now


def send(client: Client, url: str, **fields: object) -> str:
    """Fill in a form and return the page that it leads to."""
    answer = client.post(url, {"idempotency_key": uuid4().hex, **fields}, follow=True)
    assert answer.status_code == 200, answer.text
    return answer.text


def entered(user: User) -> Client:
    client = KnownClient()
    client.force_login(user)
    return client


def code_on(page: str, now: datetime) -> str:
    """Return the code that an app shows once it was given the secret on the page."""
    (line,) = re.findall(r'id="secret">(.*?)</p>', page)
    secret = "".join(re.findall(r"<span>(\w+)</span>", line))
    return codes_at(secret, now)[int(now.timestamp()) // 30]


@pytest.mark.usefixtures("zone")
def test_an_enterprise_registers_is_let_in_sets_up_its_second_factor_and_sends_a_need(
    moment: list[datetime],
) -> None:
    # Somebody of the enterprise registers on the phone and notes the number.
    phone = Client()
    page = send(
        phone,
        "/register/",
        credit_code=CODE,
        enterprise_name="海门样例造船有限公司",
        name="顾样例",
        phone=PHONE,
        password=FIRST,
        agreed="on",
    )
    row = Registration.objects.get()
    assert row.reference in page

    # A clerk checks and approves; the applicant reads it by number and phone.
    moment[0] += timedelta(hours=1)
    send(entered(clerk()), f"/registrations/{row.pk}/approve/", joins="", rank="admin")
    asked = send(phone, "/register/state/", reference=row.reference, phone=PHONE)
    assert "已通过" in asked

    # Signing in with the mobile number leads to the second factor, and nowhere else.
    signed = phone.post("/sign-in/", {"name": PHONE, "password": FIRST}, follow=True)
    assert signed.redirect_chain[-1][0].startswith("/account/second-factor/")
    assert phone.get("/needs/")["Location"].startswith("/account/second-factor/")
    shown = send(phone, "/account/second-factor/")
    send(phone, "/account/second-factor/", code=code_on(shown, moment[0]))

    # Then the need can be sent.
    firm = Enterprise.objects.get(credit_code=CODE)
    send(phone, "/needs/", text="厂门口的路灯坏了三盏。", enterprise=firm.pk)
    assert Case.objects.get().enterprise == firm


@pytest.mark.usefixtures("zone")
def test_somebody_who_forgot_the_password_is_let_in_again_by_a_colleague() -> None:
    # The administrator of the enterprise makes a code and passes it on.
    firm: Enterprise = EnterpriseFactory.create()
    boss = entered(enterprise_admin(firm))
    page = send(boss, "/members/new/", name="茅样例", phone=PHONE)
    code = re.findall(r"<code>(\w{4}-\w{4}-\w{4})</code>", page)[0]

    # With it a password is chosen; the code is used up then.
    phone = Client()
    fields = {"name": PHONE, "code": code, "password": SECOND, "again": SECOND}
    send(phone, "/enter/", **fields)
    again = Client().post("/enter/", {"idempotency_key": uuid4().hex, **fields})
    assert again.status_code == 422

    # The password opens the enterprise's page, until the colleague leaves.
    signed = Client()
    signed.post("/sign-in/", {"name": PHONE, "password": SECOND})
    assert signed.get("/needs/").status_code == 200
    theirs = firm.memberships.get(user=user_with_phone(PHONE))
    send(boss, f"/members/{theirs.pk}/remove/")
    assert signed.get("/needs/").status_code == 302
    refused = Client().post("/sign-in/", {"name": PHONE, "password": SECOND})
    assert refused.status_code == 422
