"""Facts that the portal publishes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from shuniu.zone.kernel.facts import FactRecord


@dataclass(frozen=True, slots=True)
class DeliverySentAgain(FactRecord):
    kind: ClassVar[str] = "portal.delivery.sent_again"
    about: ClassVar[str] = "delivery_id"
    delivery_id: int
