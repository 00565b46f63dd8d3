"""The seal that ties each fact to the one before it, and the mark that ties exported heads.

Pure: what is sealed, how it is written down for that, and with which key. A fact must be written
down alike however the database gives it back, so that SQLite's text and PostgreSQL's ``jsonb``,
which orders keys and writes numbers in its own way, lead to the same seal.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder

BEFORE_THE_FIRST = "0" * 64
"""What stands for the seal before the first fact, and for the mark before the first head."""


def _number(text: str) -> int | float:
    """Return a number with a point or an exponent; a whole one as an integer.

    PostgreSQL writes 1e22 with all its digits and keeps a point only where decimals follow.
    """
    value = float(text)
    if not value.is_integer():  # infinity is not one: nothing has that many digits
        return value
    return int(Decimal(text))


_decoder = json.JSONDecoder(parse_float=_number)
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False).encode


class Link(NamedTuple):
    """What the seal of a fact covers besides the seal before it.

    A million of them pass in a check, so it is a tuple, the quickest there is.

    Attributes
    ----------
    position
        Place in the chain: 1, 2, 3 and so on without gaps.
    happened_at
        As ``moment`` or ``read_moment`` writes it.
    data
        The fields of the fact as ``plain`` or ``read_data`` returns them.
    """

    position: int
    kind: str
    subject: str
    happened_at: str
    actor_id: int | None
    origin: str
    data: Any


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain at one moment, as it is written down outside the database.

    Attributes
    ----------
    seal
        Seal of the fact at ``position``.
    at
        The moment told when it was written down, in ISO 8601.
    mark
        Ties this head to the one that was written before it.
    """

    position: int
    seal: str
    at: str
    mark: str


def plain(fields: Mapping[str, Any]) -> Any:
    """Return the fields of a fact as any database gives them back.

    Raises
    ------
    ValueError
        If a number is not finite: no database could keep it.
    """
    return read_data(json.dumps(fields, cls=DjangoJSONEncoder, allow_nan=False))


def read_data(text: str) -> Any:
    """Return the stored fields of a fact from their JSON text, each number in one form."""
    value, end = _decoder.raw_decode(text)
    return value if end == len(text) else _decoder.decode(text)


def moment(at: datetime) -> str:
    """Return an aware moment in its one form: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def read_moment(text: str) -> str:
    """Return a stored moment in its one form; SQLite stores UTC without saying so.

    Raises
    ------
    ValueError
        If it is no moment.
    """
    at = datetime.fromisoformat(text)
    return moment(at) if at.tzinfo else at.isoformat(timespec="microseconds") + "+00:00"


def canonical(link: Link) -> str:
    """Return the one way in which a fact is written down to be sealed: ASCII."""
    return _encode(link)


def seal_of(link: Link, *, before: str, key: bytes) -> str:
    """Return the seal of a fact that follows the fact sealed with ``before``: 64 hex digits."""
    return hmac.digest(key, (before + _encode(link)).encode("ascii"), "sha256").hex()


def mark_of(*, position: int, seal: str, at: str, before: str, key: bytes) -> str:
    """Return the mark of a head that follows the head marked with ``before``: 64 hex digits."""
    text = _encode(("head", before, position, seal, at))
    return hmac.digest(key, text.encode("ascii"), "sha256").hex()
