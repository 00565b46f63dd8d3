"""What the tests of the door and of the own account share."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.test import Client

from shuniu.zone.accounts import services
from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import User
from shuniu.zone.accounts.services import NewAccount
from tests.factories import THURSDAY_10

PASSWORD = "Drei Birnen 27 vorm Zaun"
NEW = "Neun Pflaumen 33 im Korb"
PHONE = "15400012345"


@dataclass(slots=True)
class Moment:
    """The time that the pages believe it is."""

    at: datetime = THURSDAY_10

    def passes(self, **span: float) -> None:
        self.at += timedelta(**span)


def opened(*roles: Role, name: str = "shen", phone: str = PHONE) -> User:
    """Open an account with the password ``PASSWORD``."""
    account = NewAccount(name, "沈建华", roles, PASSWORD, phone=phone)
    return services.open_accounts(accounts=(account,), actor=None, now=THURSDAY_10)[0]


def code_at(secret: str, moment: datetime) -> str:
    """Return what the app shows at ``moment``."""
    codes = services.codes_at(secret, moment)
    return codes[sorted(codes)[1]]


def second_factor(user: User) -> tuple[str, tuple[str, ...]]:
    """Give a person a second factor an hour ago; return its secret and the recovery codes."""
    before = THURSDAY_10 - timedelta(hours=1)
    factor = services.begin_second_factor(actor=user, now=before)
    code = code_at(factor.secret, before)
    codes = services.confirm_second_factor(code=code, session_key=None, actor=user, now=before)
    return factor.secret, codes


def sign_in(client: Client, name: str = "shen", password: str = PASSWORD) -> None:
    """Sign in at the page, as far as the password goes."""
    answer = client.post("/sign-in/", {"name": name, "password": password})
    assert answer.status_code == 302, answer.text


def send(client: Client, url: str, **fields: str) -> tuple[int, str]:
    """Send a form of somebody signed in; return the status and where it leads or what it says."""
    answer = client.post(url, {**fields, "idempotency_key": str(uuid.uuid4())})
    return answer.status_code, answer.headers.get("Location", "") or text_of(answer.text)


def text_of(html: str) -> str:
    """Return what a person reads in the middle of a page: no tags, spaces joined."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", "<main" + main)).strip()


def bare(html: str, *names: str) -> str:
    """Return a page without what differs each time: the token, and what was typed."""
    html = re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]*"', "", html)
    for name in names:
        html = html.replace(name, "")
    return html
