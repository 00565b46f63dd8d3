"""``shuniu keys``: change the key of personal data while the zone runs, or tell its use."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from shuniu.cli.zone import load_migrated_zone

if TYPE_CHECKING:
    from shuniu.config.keys import DataKeyring

GRACE_S = 60.0
LOOK_AGAIN_S = 0.5

Action = Callable[[argparse.Namespace], int]


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done with the keys."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    status = actions.add_parser("status", help="count the personal texts under each key (JSON)")
    status.set_defaults(perform=_status)
    rotate = actions.add_parser(
        "rotate",
        help="seal all texts with a new key and take the old one away (JSON lines)",
    )
    rotate.add_argument(
        "--grace-s",
        type=_seconds,
        default=GRACE_S,
        metavar="SECONDS",
        help="wait so long for pages that are being answered with the old key (default: 60)",
    )
    rotate.set_defaults(perform=_rotate)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked for; 1 when a text cannot be opened."""
    load_migrated_zone()
    return cast("Action", arguments.perform)(arguments)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds <= 3600:
        raise argparse.ArgumentTypeError("write seconds from 0 to 3600")
    return seconds


def _status(_arguments: argparse.Namespace) -> int:
    from django.conf import settings  # noqa: PLC0415  # see load_zone

    from shuniu.zone.kernel import keyring  # noqa: PLC0415

    ring: DataKeyring = settings.DATA_KEYRING
    tables = keyring.state_of_texts()
    unreadable = [place for table in tables for place in table.unreadable]
    _tell(
        current=ring.current().number,
        keys=list(ring.numbers()),
        texts={table.table: {str(k): n for k, n in table.texts_by_key} for table in tables},
        unreadable=unreadable,
    )
    return 1 if unreadable else 0


def _rotate(arguments: argparse.Namespace) -> int:
    """Rotate, or go on with a rotation that was interrupted."""
    from django.conf import settings  # noqa: PLC0415  # see load_zone

    ring: DataKeyring = settings.DATA_KEYRING
    number = _begin(ring)
    while True:
        unreadable = _reseal_all(number)
        if unreadable:
            _tell(step="stopped", key=number, unreadable=unreadable)
            print("Nothing was taken away: the old key is still needed.", file=sys.stderr)
            return 1
        _wait(arguments.grace_s)
        if not _older_texts(number):
            break
    _tell(step="taken away", keys=list(ring.end_rotation()))
    _record(number)
    _tell(step="done", key=number)
    return 0


def _begin(ring: DataKeyring) -> int:
    """Return the number of the key to seal with: a new one, unless a rotation is not finished."""
    from shuniu.zone.kernel import keyring  # noqa: PLC0415  # see load_zone

    is_unfinished = len(ring.numbers()) > 1 or not keyring.is_recorded(ring.current().number)
    number = ring.current().number if is_unfinished else ring.begin_rotation()
    _tell(step="resumed" if is_unfinished else "begun", key=number, keys=list(ring.numbers()))
    return number


def _reseal_all(number: int) -> list[str]:
    """Seal all texts of older keys with the current one; return places that no key opens.

    A text that somebody changes meanwhile is left alone; the next look finds it done, or does it.
    """
    from shuniu.zone.kernel import keyring, services  # noqa: PLC0415  # see load_zone

    while True:
        missed = 0
        unreadable: list[str] = []
        for batch in keyring.batches_to_reseal(number):
            unreadable += batch.places
            written = services.reseal_texts(changes=batch.changes) if batch.changes else 0
            missed += len(batch.changes) - written
            if batch.changes:
                _tell(step="sealed", table=batch.table, texts=written)
        if unreadable or not missed:
            return unreadable


def _older_texts(number: int) -> int:
    """Return how many texts are still under another key."""
    from shuniu.zone.kernel import keyring  # noqa: PLC0415  # see load_zone

    return sum(
        count
        for table in keyring.state_of_texts()
        for key, count in table.texts_by_key
        if key != number
    )


def _wait(grace_s: float) -> None:
    """Wait until nobody works any more with what was read or sealed before."""
    from shuniu.zone.kernel import keyring  # noqa: PLC0415  # see load_zone

    since = keyring.database_moment()
    _tell(step="waiting", seconds=grace_s)
    time.sleep(grace_s)
    while not keyring.writers_are_over(since):
        time.sleep(LOOK_AGAIN_S)


def _record(number: int) -> None:
    from shuniu.zone.kernel import clock, services  # noqa: PLC0415  # see load_zone
    from shuniu.zone.kernel.origin import COMMAND_LINE, origin_is  # noqa: PLC0415

    with origin_is(COMMAND_LINE):
        services.end_rotation(key_id=number, now=clock.now())


def _tell(**progress: Any) -> None:
    print(json.dumps(progress, ensure_ascii=False), flush=True)
