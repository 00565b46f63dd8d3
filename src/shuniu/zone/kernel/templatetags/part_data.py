"""What the parts of a page want to be given. Plain data; any app may build it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Tone = Literal["neutral", "active", "waiting", "done", "refused"]


@dataclass(frozen=True, slots=True)
class Ball:
    """Who must move next, since when, and by when."""

    unit: str
    since_at: datetime
    person: str = ""
    next_at: datetime | None = None
    next_step: str = ""
    is_assumed: bool = False
    """The deadline lies in a year whose holidays are not known."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One choice of a list: all, mine, overdue."""

    label: str
    url: str
    is_current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a history, newest or oldest first as the page decides."""

    at: datetime
    title: str
    who: str = ""
    text: str = ""
    icon: str = ""
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A stored file that this person may open."""

    name: str
    url: str
    size_bytes: int
    preview_url: str = ""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A value on the time axis; None is a day without a figure, not a zero."""

    label: str
    value: float | None


@dataclass(frozen=True, slots=True)
class TrendProps:
    """What the island ``shuniu-trend`` draws and its table repeats."""

    question: str
    unit: str
    kind: Literal["line", "bar"]
    points: Sequence[TrendPoint]
