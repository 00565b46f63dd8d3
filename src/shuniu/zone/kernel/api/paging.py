"""Pages by cursor: what came in or went meanwhile neither hides a row nor shows one twice.

A cursor holds the values by which the last row of a page is sorted, sealed together with the
address and the filters that it belongs to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from pydantic import ConfigDict, Field

from shuniu.zone.kernel.api.parts import Part
from shuniu.zone.kernel.refusals import Refusal

Item = TypeVar("Item")
Row = TypeVar("Row", bound=Model)

MOST = 200
SALT = "kernel.api.cursor"
FREE = ("cursor", "limit")
MOMENT, DAY, NUMBER = "m", "d", "u"


class CursorRefused(Refusal):
    code = "kernel.cursor_refused"
    status = 400
    sentence = _("This cursor does not belong to this list. Please begin again without one.")


class Page(Part, Generic[Item]):
    """A page of a list; ``next`` is the address of the one after it, null on the last."""

    items: list[Item]
    next: str | None = Field(description="Address of the next page; null when this is the last")


class PageQuery(Part):
    """Which page of a list."""

    model_config = ConfigDict(frozen=True)

    limit: Annotated[int, Field(ge=1, le=MOST)] = 50
    cursor: Annotated[str, Field(max_length=2000)] = ""


@dataclass(frozen=True, slots=True)
class _Order:
    """One column of the order, as ``order_by`` names it."""

    column: str
    is_down: bool


def page_of(
    request: HttpRequest,
    rows: QuerySet[Row],
    show: Callable[[Sequence[Row]], list[Item]],
    wanted: PageQuery,
) -> Page[Item]:
    """Return a page of rows, whose order must end with what no two rows share.

    Raises
    ------
    CursorRefused
        If the cursor is not one of this list.
    """
    order = [_Order(name.lstrip("-"), name.startswith("-")) for name in _names(rows)]
    seal, limit, cursor = _seal_of(request), wanted.limit, wanted.cursor
    after = rows if not cursor else rows.filter(_after(order, _opened(cursor, seal, len(order))))
    several = list(after[: limit + 1])
    shown = several[:limit]
    following = None
    if len(several) > limit:
        values = [_plain(_value(shown[-1], one.column)) for one in order]
        following = _address(request, signing.dumps([seal, values], salt=SALT), limit)
    return Page[Any](items=show(shown), next=following)


def _names(rows: QuerySet[Any]) -> list[str]:
    names = [name for name in rows.query.order_by if isinstance(name, str)]
    if not names:
        raise AssertionError("A list that is paged says in which order it stands.")
    return names


def _value(row: Model, column: str) -> Any:
    value: Any = row
    for part in column.split("__"):
        value = getattr(value, part)
    return value


def _after(order: Sequence[_Order], values: Sequence[Any]) -> Q:
    """Return the rows that stand after these values: equal in the first columns, then beyond."""
    found, same = Q(), Q()
    for one, value in zip(order, values, strict=True):
        beyond = "lt" if one.is_down else "gt"
        found |= same & Q(**{f"{one.column}__{beyond}": value})
        same &= Q(**{one.column: value})
    return found


def _seal_of(request: HttpRequest) -> str:
    """Return what stands for the list: its address, its filters, and who asks."""
    named = sorted((n, v) for n, v in request.GET.lists() if n not in FREE)
    text = repr((request.path_info, named, request.user.pk))
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _opened(cursor: str, seal: str, length: int) -> list[Any]:
    try:
        kept, values = signing.loads(cursor, salt=SALT)
        if kept != seal or len(values) != length:
            raise CursorRefused
        return [_again(kind, text) for kind, text in values]
    except (signing.BadSignature, ValueError, TypeError):
        raise CursorRefused from None


def _plain(value: Any) -> tuple[str, Any]:
    if isinstance(value, datetime):
        return MOMENT, value.isoformat()
    if isinstance(value, date):
        return DAY, value.isoformat()
    return (NUMBER, str(value)) if isinstance(value, UUID) else ("", value)


def _again(kind: str, text: Any) -> Any:
    if kind == MOMENT:
        return datetime.fromisoformat(text)
    if kind == DAY:
        return date.fromisoformat(text)
    return UUID(text) if kind == NUMBER else text


def _address(request: HttpRequest, cursor: str, limit: int) -> str:
    named = [(n, v) for n, vs in request.GET.lists() if n not in FREE for v in vs]
    query = urlencode([*named, ("limit", limit), ("cursor", cursor)])
    return f"{request.path}?{query}"
