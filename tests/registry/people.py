"""People who ask to be let in, for tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from shuniu.zone.accounts.models import Phone, User
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry import services
from shuniu.zone.registry.models import Enterprise, Registration
from shuniu.zone.registry.services import NewRegistration
from tests.factories import THURSDAY_10, EnterpriseFactory, member_of

CODE = "91320614MAXX00015A"
OTHER_CODE = "91320614MAXX000235"
PHONE = "15400010001"
PASSWORD = "三盏路灯都坏了，请派人来修一修"
NEW = NewRegistration(
    credit_code=CODE,
    enterprise_name="海门样例造船有限公司",
    name="顾样例",
    phone=PHONE,
    position="行政经理",
    password="a door in the north wall",  # invented
)


def sent(now: datetime = THURSDAY_10, address: str = "203.0.113.9", **changes: Any) -> Registration:
    """Send a registration as ``NEW``, with changes."""
    given = {name: getattr(NEW, name) for name in NewRegistration.__slots__} | changes
    return services.send_registration(
        new=NewRegistration(**given),
        form_key=uuid4().hex,
        address=address,
        actor=None,
        now=now,
    )


def known_enterprise() -> Enterprise:
    """Return the enterprise of ``NEW``, which the registry knows already."""
    firm: Enterprise = EnterpriseFactory.create(credit_code=CODE, name=NEW.enterprise_name)
    return firm


def somebody_with_phone(number: str = PHONE, enterprise: Enterprise | None = None) -> User:
    """Return somebody who speaks for an enterprise and signs in with this number."""
    user = member_of(enterprise or EnterpriseFactory.create())
    user.set_password("their own old words")
    user.save()
    Phone(user=user, number=number).save()
    return user


def told(*kinds: str) -> list[tuple[str, int | None]]:
    """Return the facts of these apps and things in order, each with who did it."""
    rows = Fact.objects.order_by("pk").values_list("kind", "actor_id")
    return [(kind, actor) for kind, actor in rows if kind.startswith(kinds)]
