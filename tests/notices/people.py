"""People with addresses, robots with keys, and what is told to them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from shuniu.zone.accounts.models import User
from shuniu.zone.desk.choices import Channel as CaseChannel
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.services import open_case
from shuniu.zone.desk.services.telling import DISPATCHED
from shuniu.zone.notices.channels import Post
from shuniu.zone.notices.choices import MAIL_OUTLET
from shuniu.zone.notices.models import Mailbox, Notice, Outgoing, Outlet
from shuniu.zone.notices.services import Telling, send_next, tell
from shuniu.zone.registry.models import Enterprise, Office
from tests.factories import THURSDAY_10

KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
LATER = THURSDAY_10 + timedelta(minutes=1)


def with_address(user: User, address: str = "", **wishes: Any) -> User:
    """Let somebody have a proven address."""
    box = Mailbox(user=user, address=address or f"p{user.pk}@example.cn", language="zh-hans")
    box.confirmed_at = THURSDAY_10
    for name, value in wishes.items():
        setattr(box, name, value)
    box.save()
    return user


def robot(office: Office | None = None, form: str = "MARKDOWN", key: str = KEY) -> Outlet:
    """Let a group have a robot."""
    outlet = Outlet(
        channel="ROBOT", name="一个群", office=office, secret=key, form=form, made_at=THURSDAY_10
    )
    outlet.save(force_insert=True)
    return outlet


def mail_outlet() -> Outlet:
    outlet, _new = Outlet.objects.get_or_create(
        pk=MAIL_OUTLET, defaults={"channel": "EMAIL", "name": "SMTP", "made_at": THURSDAY_10}
    )
    return outlet


def told(user: User | None, case: Case, occasion: str = "once", **more: Any) -> None:
    """Tell somebody, or a group alone, that a case was given to a unit."""
    values = {"number": case.number, "due_at": case.done_due_at.isoformat()}
    values |= {"unit_zh": "经发局", "unit_en": "Economic bureau"}
    values |= {"category_zh": "市政", "category_en": "Municipal"}
    to = frozenset({user.pk}) if user else frozenset()
    said = Telling(DISPATCHED, str(case.pk), values, to, occasion, **more)
    tell(tellings=[said], actor=None, now=THURSDAY_10)


def opened(enterprise: Enterprise, actor: User, *, is_restricted: bool = False) -> Case:
    """Let somebody send in a need."""
    return open_case(
        enterprise=enterprise,
        text="厂门口的路灯坏了三盏。",
        channel=CaseChannel.WECHAT_ACCOUNT,
        is_restricted=is_restricted,
        actor=actor,
        now=THURSDAY_10,
    )


def sent_all(post: Post, now: datetime = LATER, most: int = 100) -> int:
    """Let a worker send until nothing is due; return how often it tried."""
    tries = 0
    while tries < most and send_next(post=post, now=now):
        tries += 1
    return tries


def kinds_told(user: User) -> list[str]:
    """Return the kinds of what somebody was told, in order."""
    rows = Notice.objects.filter(recipient=user).order_by("pk")
    return [kind.removeprefix("desk.") for kind in rows.values_list("kind", flat=True)]


def states() -> list[tuple[str, int, str]]:
    """Return state, tries and trouble of every message."""
    rows = Outgoing.objects.order_by("made_at", "occasion", "pk")
    return list(rows.values_list("state", "attempts", "trouble"))
