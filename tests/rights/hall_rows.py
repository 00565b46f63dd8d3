"""What the rights are asked about in the service hall: one row of each kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from shuniu.zone.accounts.models import User
from shuniu.zone.hall.models import HallKey, ServiceItem, Ticket
from shuniu.zone.kernel import clock
from tests.factories import THURSDAY_10, office

SCREEN, TERMINAL = "a-screen-of-this-world", "a-terminal-of-this-world"
SLIP = UUID(int=2**100 + 1)


@dataclass(frozen=True, slots=True)
class HallRows:
    """Rows of the hall that belong to no enterprise; ``waiting`` waits, ``called`` is called."""

    item: ServiceItem
    waiting: Ticket
    called: Ticket
    device: HallKey


def make_hall(clerk: User) -> HallRows:
    item: ServiceItem = ServiceItem.objects.create(
        code="SC-001", name="企业设立登记", unit=office("econ_bureau"), materials="营业执照复印件",
        limit_days=3, promise_days=1, fee="不收费", changed_at=THURSDAY_10,
    )  # fmt: skip
    for kind, key in (("SCREEN", SCREEN), ("TERMINAL", TERMINAL)):
        device = HallKey.objects.create(
            kind=kind, name="门口", digest=sha256(key.encode()).hexdigest(), made_by=clerk,
            made_at=THURSDAY_10,
        )  # fmt: skip
    _ticket(903, UUID(int=2**100 + 4), days=1)  # midnight may pass before it is asked for
    return HallRows(item, _ticket(901, SLIP), _ticket(902, UUID(int=2**100 + 2), window=7), device)


def _ticket(serial: int, key: UUID, *, window: int | None = None, days: int = 0) -> Ticket:
    now = clock.now()
    ticket: Ticket = Ticket.objects.create(
        key=key, day=clock.today() + timedelta(days=days), serial=serial, series="registration",
        counter="registration",
        number=f"A{serial}", taken_at=now, state="CALLED" if window else "WAITING", window=window,
        calls=int(bool(window)), first_called_at=now if window else None,
        called_at=now if window else None,
    )  # fmt: skip
    return ticket
