"""Reactions for tests: what follows when somebody signs in."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime

from shuniu.zone.accounts import facts
from shuniu.zone.kernel.models import Fact
from shuniu.zone.kernel.services import Reaction

SEEN: list[int] = []
SLEEP_S = 0.01


def remember(fact: Fact, _now: datetime) -> None:
    SEEN.append(fact.pk)


def dawdle(fact: Fact, _now: datetime) -> None:
    SEEN.append(fact.pk)
    time.sleep(SLEEP_S)


def fail(_fact: Fact, _now: datetime) -> None:
    raise ConnectionError("15400012345 did not answer")


def die(_fact: Fact, _now: datetime) -> None:
    raise SystemExit


REMEMBERED: Mapping[str, tuple[Reaction, ...]] = {facts.SignedIn.kind: (remember,)}
SLOW: Mapping[str, tuple[Reaction, ...]] = {facts.SignedIn.kind: (dawdle,)}
FAILING: Mapping[str, tuple[Reaction, ...]] = {facts.SignedIn.kind: (fail,)}
DEADLY: Mapping[str, tuple[Reaction, ...]] = {facts.SignedIn.kind: (die,)}
BOTH: Mapping[str, tuple[Reaction, ...]] = {facts.SignedIn.kind: (fail, remember)}
NONE: Mapping[str, tuple[Reaction, ...]] = {}
