"""Parts that the API of every app uses."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import ConfigDict, Field

Row = TypeVar("Row", bound=Model)

LARGEST_KEY = 2**63 - 1
Key = Annotated[int, Field(ge=1, le=LARGEST_KEY)]
Words = Annotated[str, Field(max_length=100)]


class Request(HttpRequest):
    """A request of a program that showed a key (``config.tokens`` sees to that)."""

    user: Any
    standing: Any
    token: Any
    LANGUAGE_CODE: str


class Part(Schema):
    """What an answer is made of."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def area(name: str) -> Router:
    """Return a router whose operations stand under a heading of the document."""
    return Router(tags=[name], by_alias=True)


def found(rows: QuerySet[Row], key: object) -> Row:
    """Return a row of those that may be seen; a foreign one is not there."""
    row = rows.filter(pk=key).first()
    if row is None:
        raise Http404
    return row


def to_be(is_allowed: bool) -> None:  # noqa: FBT001  # the answer of a policy
    """Refuse unless a policy said yes."""
    if not is_allowed:
        raise PermissionDenied
