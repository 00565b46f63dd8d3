"""Background work of the portal: telling people what happened on the floors below the notices."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shuniu.zone.kernel.models import Fact
from shuniu.zone.portal import services
from shuniu.zone.portal.services import telling


def tell_of_registration(fact: Fact, now: datetime) -> None:
    telling.tell_of_registration(fact=fact, actor=None, now=now)


def tell_of_admission(fact: Fact, now: datetime) -> None:
    telling.tell_of_admission(fact=fact, actor=None, now=now)


def tell_of_correction(fact: Fact, now: datetime) -> None:
    telling.tell_of_correction(fact=fact, actor=None, now=now)


def tell_of_correction_taken(fact: Fact, now: datetime) -> None:
    telling.tell_of_decision(fact=fact, is_taken_over=True, actor=None, now=now)


def tell_of_correction_refused(fact: Fact, now: datetime) -> None:
    telling.tell_of_decision(fact=fact, is_taken_over=False, actor=None, now=now)


def make_export(fact: Fact, now: datetime) -> None:
    services.make_export(export_id=UUID(fact.data["export_id"]), now=now)


def tell_of_import(fact: Fact, now: datetime) -> None:
    telling.tell_of_import(fact=fact, actor=None, now=now)
