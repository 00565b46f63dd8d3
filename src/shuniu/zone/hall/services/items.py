"""Keeping the service catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.hall import facts, policies
from shuniu.zone.hall.models import ServiceItem
from shuniu.zone.hall.services.asking import NotForYou, standing_or_system
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry.models import Office

LINES = ("materials", "legal_basis")


class ItemChanged(Refusal):
    code = "hall.item_changed"
    status = 409
    sentence = _(
        "Somebody else changed “%(name)s” meanwhile. Nothing was saved; please open it again."
    )


class CodeTaken(Refusal):
    code = "hall.code_taken"
    status = 409
    sentence = _("There is an item with the code %(code)s already.")


class PromiseTooLong(Refusal):
    code = "hall.promise_too_long"
    sentence = _("The promise (%(promise)s days) is longer than the law allows (%(limit)s days).")


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item as it shall be; the code is not among it, because it stays."""

    name: str
    unit: Office
    materials: str = ""
    legal_basis: str = ""
    limit_days: int | None = None
    promise_days: int | None = None
    fee: str = ""
    channel: str = ""
    owner: str = ""
    phone: str = ""


def tidy_lines(text: str) -> str:
    """Return a text line by line, without control characters, outer blanks and empty lines."""
    lines = (
        "".join(sign for sign in line if sign.isprintable()).strip() for line in text.splitlines()
    )
    return "\n".join(line for line in lines if line)


@transaction.atomic
def add_item(*, code: str, new: NewItem, actor: User | None, now: datetime) -> ServiceItem:
    """Add an item to the catalogue.

    Raises
    ------
    NotForYou
        If ``actor`` does not keep the catalogue.
    CodeTaken, PromiseTooLong
    """
    may_keep(actor)
    item = ServiceItem(code=code, changed_at=now, **columns_of(new))
    try:
        with transaction.atomic():
            item.save(force_insert=True)
    except IntegrityError:
        raise CodeTaken(code=code) from None
    record_fact(facts.ItemAdded(item_id=item.pk), actor=actor, at=now)
    return item


@transaction.atomic
def correct_item(
    *, item_id: int, new: NewItem, seen: int, actor: User | None, now: datetime
) -> ServiceItem:
    """Correct an item. ``seen`` is the version that its page showed. Nothing different: no fact.

    Raises
    ------
    NotForYou
        If ``actor`` does not keep the catalogue.
    ItemChanged
        If somebody else changed it meanwhile.
    PromiseTooLong
    """
    may_keep(actor)
    item = ServiceItem.objects.select_for_update(no_key=True).get(pk=item_id)
    changed = differing(item, columns_of(new))
    if item.version != seen:
        raise ItemChanged(name=item.name)
    if changed:
        write(item, changed, now=now)
        told = facts.ItemCorrected(item_id=item.pk, fields=tuple(changed))
        record_fact(told, actor=actor, at=now)
    return item


@transaction.atomic
def retire_item(*, item_id: int, actor: User, now: datetime) -> ServiceItem:
    """Take an item out of the catalogue; its code stays taken.

    Raises
    ------
    NotForYou
        If ``actor`` does not keep the catalogue.
    """
    may_keep(actor)
    item = ServiceItem.objects.select_for_update(no_key=True).get(pk=item_id)
    if item.is_active:
        write(item, {"is_active": False}, now=now)
        record_fact(facts.ItemRetired(item_id=item.pk), actor=actor, at=now)
    return item


@transaction.atomic
def restore_item(*, item_id: int, actor: User, now: datetime) -> ServiceItem:
    """Take a retired item up again.

    Raises
    ------
    NotForYou
        If ``actor`` does not keep the catalogue.
    """
    may_keep(actor)
    item = ServiceItem.objects.select_for_update(no_key=True).get(pk=item_id)
    if not item.is_active:
        write(item, {"is_active": True}, now=now)
        record_fact(facts.ItemRestored(item_id=item.pk), actor=actor, at=now)
    return item


def may_keep(actor: User | None) -> None:
    """Refuse whoever does not keep the catalogue."""
    if not policies.may_keep_items(standing_or_system(actor)):
        raise NotForYou


def columns_of(new: NewItem) -> dict[str, Any]:
    """Return the columns of an item as it shall be.

    Raises
    ------
    PromiseTooLong
        If more is promised than the law allows.
    """
    limit, promise = new.limit_days, new.promise_days
    if limit is not None and promise is not None and promise > limit:
        raise PromiseTooLong(promise=promise, limit=limit)
    given = {name: getattr(new, name) for name in NewItem.__dataclass_fields__}
    return given | {name: tidy_lines(given[name]) for name in LINES}


def differing(item: ServiceItem, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an item does not say yet."""
    return {name: value for name, value in given.items() if getattr(item, name) != value}


def write(item: ServiceItem, changed: Mapping[str, Any], *, now: datetime) -> None:
    """Write columns of an item that is locked."""
    for name, value in changed.items():
        setattr(item, name, value)
    item.version += 1
    item.changed_at = now
    item.save(update_fields=[*changed, "version", "changed_at"])
