"""Counting guesses: how often something secret may be tried, and from where.

Guesses are scarce: each is taken by one conditional UPDATE before anything is compared. There are
three counts. Per account and address, with a wait that doubles. Per account, over all browsers in
which nobody has signed in to it: ten in a quarter of an hour, wherever they come from. Per address,
over all accounts. A browser in which the person has signed in before has a count of its own, so
that strangers cannot lock a person out (OWASP, "Slow down online guessing attacks with device
cookies").
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from shuniu.zone.accounts.models import GuessCount
from shuniu.zone.accounts.services.refusals import TooManyGuesses

SPAN = timedelta(minutes=15)
PAUSE_FROM = 5
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Count:
    """What is counted, and how many guesses in a row it may have before it rests."""

    key: str
    most: int

    @classmethod
    def of(cls, most: int, *parts: object) -> Count:
        """Return the count that belongs to ``parts``; nobody can read them from its key."""
        text = "\x1f".join(str(part) for part in parts)
        return cls(hmac.new(settings.INDEX_KEY, text.encode(), hashlib.sha256).hexdigest(), most)


def take_guess(count: Count, now: datetime) -> None:
    """Take one guess of a count that starts anew after a quarter of an hour of rest.

    Raises
    ------
    TooManyGuesses
        If none is left; says for how many minutes.
    """
    rows = GuessCount.objects.filter(pk=count.key)
    if rows.filter(last_at__lte=now - SPAN).update(guesses=1, last_at=now):
        return
    if rows.filter(guesses__lt=count.most).update(guesses=F("guesses") + 1, last_at=now):
        return
    if _begin(count, now):
        return
    row = rows.first()
    if row is not None and row.guesses >= count.most:
        raise TooManyGuesses(minutes=_minutes(row.last_at + SPAN - now))
    take_guess(count, now)  # another began the count at this very moment


def take_guess_in_turn(count: Count, now: datetime) -> None:
    """Take one guess of a count whose waits double from the fifth guess on.

    Raises
    ------
    TooManyGuesses
        If the wait is not over, or another guess was faster.
    """
    if _begin(count, now):
        return
    row = GuessCount.objects.get(pk=count.key)
    guesses = 0 if row.last_at <= now - FORGOTTEN_AFTER else row.guesses
    rest = row.last_at + _pause(guesses) - now
    if rest > timedelta(0):
        raise TooManyGuesses(minutes=_minutes(rest))
    taken = GuessCount.objects.filter(pk=row.pk, guesses=row.guesses, last_at=row.last_at)
    if not taken.update(guesses=guesses + 1, last_at=now):
        raise TooManyGuesses(minutes=1)


def give_back(*counts: Count) -> None:
    """Return a guess that was right: only wrong ones count."""
    for count in counts:
        GuessCount.objects.filter(pk=count.key, guesses__gt=0).update(guesses=F("guesses") - 1)


def forget(*counts: Count) -> None:
    """Begin counts anew."""
    GuessCount.objects.filter(pk__in=[count.key for count in counts]).delete()


def _begin(count: Count, now: datetime) -> bool:
    """Begin a count with its first guess; false if it has begun."""
    if GuessCount.objects.filter(pk=count.key).exists():
        return False
    try:
        with transaction.atomic():
            GuessCount.objects.create(key=count.key, guesses=1, last_at=now)
    except IntegrityError:
        return False
    return True


def _pause(guesses: int) -> timedelta:
    if guesses < PAUSE_FROM:
        return timedelta(0)
    doubled: timedelta = FIRST_PAUSE * 2 ** min(guesses - PAUSE_FROM, 10)
    return min(doubled, LONGEST_PAUSE)


def _minutes(rest: timedelta) -> int:
    return max(1, -(-int(rest.total_seconds()) // 60))
