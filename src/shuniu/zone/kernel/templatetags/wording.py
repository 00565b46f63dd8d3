"""Words for moments, spans and lights. Pure functions: the current moment always comes in."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext, pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LOCAL_ZONE = ZoneInfo("Asia/Shanghai")
NEAR = timedelta(hours=24)

_MOBILE_DIGITS = 11
_SHORTEST_NUMBER = 6
_ID_CHARACTERS = 18

_WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)


@dataclass(frozen=True, slots=True)
class LightLook:
    """How a light is drawn: a shape of its own, so that color never stands alone."""

    name: str
    word: _StrPromise
    outline: str
    """Path in a square of 12 by 12."""


_LIGHTS = {
    look.name: look
    for look in (
        LightLook(
            "green", pgettext_lazy("light", "On time"), "M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10z"
        ),
        LightLook("blue", pgettext_lazy("light", "Due soon"), "M6 0.5L11.5 6L6 11.5L0.5 6z"),
        LightLook("yellow", pgettext_lazy("light", "Slipping"), "M6 1L11.7 11H0.3z"),
        LightLook("red", pgettext_lazy("light", "Overdue"), "M1.2 1.2h9.6v9.6H1.2z"),
        LightLook(
            "purple",
            pgettext_lazy("light", "Long overdue"),
            "M6 0.6L11.6 4.7L9.5 11.3H2.5L0.4 4.7z",
        ),
        LightLook("none", pgettext_lazy("light", "No deadline"), "M1.5 5.2h9v1.6h-9z"),
    )
}


def light_look(light: object) -> LightLook:
    """Return how a stored light (``"GREEN"``, ``"red"``, ``None``) is drawn.

    Raises
    ------
    KeyError
        If there is no such light.
    """
    return _LIGHTS[str(light).lower() if light else "none"]


def every_light() -> tuple[str, ...]:
    """Return the names of the lights, from calm to late, and ``none``."""
    return tuple(_LIGHTS)


def local(moment: datetime) -> datetime:
    """Return the moment on the wall clock of the zone."""
    return moment.astimezone(LOCAL_ZONE)


def moment_words(moment: datetime, now: datetime | None) -> str:
    """Return the short form: a near day by its name, this year without the year, else the date."""
    at = local(moment)
    if now is None:
        return f"{at:%Y-%m-%d %H:%M}"
    today = local(now).date()
    near_day = _near_day(at.date(), today)
    if near_day:
        return f"{near_day} {at:%H:%M}"
    return f"{at:%m-%d %H:%M}" if at.year == today.year else f"{at:%Y-%m-%d}"


def full_moment_words(moment: datetime) -> str:
    """Return the long form with year and weekday, for a tooltip."""
    at = local(moment)
    return f"{full_day_words(at.date())} {at:%H:%M}"


def day_words(day: date, now: datetime | None) -> str:
    """Return a day in its short form; a datetime is taken in the zone's time."""
    day = local(day).date() if isinstance(day, datetime) else day
    today = local(now).date() if now else None
    near_day = _near_day(day, today) if today else ""
    if near_day:
        return near_day
    if today and day.year == today.year:
        return f"{day:%m-%d} {_WEEKDAYS[day.weekday()]}"
    return day.isoformat()


def full_day_words(day: date) -> str:
    """Return the long form of a day, for a tooltip."""
    return _full_day_words(local(day).date() if isinstance(day, datetime) else day, get_language())


@lru_cache(maxsize=1024)
def _full_day_words(day: date, _language: str) -> str:
    """Return the long form of a day; a list tells the same few days again and again."""
    # Translators: a Django date format, without weekday
    written = format_date(day, gettext("j M Y"))
    return f"{written} {_WEEKDAYS[day.weekday()]}"


def _near_day(day: date, today: date) -> str:
    days = (day - today).days
    if days == 0:
        return gettext("Today")
    if days == 1:
        return gettext("Tomorrow")
    return gettext("Yesterday") if days == -1 else ""


def span_words(span: timedelta) -> str:
    """Return a length of time by its two largest units; the sign is dropped."""
    minutes = int(abs(span).total_seconds() // 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    counts = (days, hours, minutes)
    largest = next((at for at, count in enumerate(counts) if count), None)
    if largest is None:
        return gettext("less than a minute")
    shown = range(largest, min(largest + 2, len(counts)))
    language = get_language()
    return " ".join([_counted(at, counts[at], language) for at in shown if counts[at]])


@lru_cache(maxsize=1024)
def _counted(unit: int, count: int, _language: str) -> str:
    """Return a number of days (0), hours (1) or minutes (2); a list tells few of them often."""
    if unit == 0:
        words = ngettext("%(count)d day", "%(count)d days", count)
    elif unit == 1:
        words = ngettext("%(count)d hour", "%(count)d hours", count)
    else:
        words = ngettext("%(count)d minute", "%(count)d minutes", count)
    return words % {"count": count}


@dataclass(frozen=True, slots=True)
class DueLook:
    """A deadline as it stands now."""

    state: str
    """``open``, ``near`` or ``over``."""
    words: str


def due_look(due_at: datetime, now: datetime) -> DueLook:
    """Return how much is left, or by how much it is exceeded."""
    left = due_at - now
    if left < timedelta(0):
        return DueLook("over", gettext("%(span)s over") % {"span": span_words(left)})
    words = gettext("%(span)s left") % {"span": span_words(left)}
    return DueLook("near" if left <= NEAR else "open", words)


def assumed_words(due_at: datetime) -> str:
    """Return the note on a deadline in a year whose holidays are not known."""
    sentence = gettext("The holidays of %(year)d are not loaded; counted Monday to Friday")
    return sentence % {"year": local(due_at).year}


def masked_phone(phone: str) -> str:
    """Return the number with its middle hidden: ``154****0001``.

    Of a shorter one, such as that of a desk, two digits are seen; of less than six none.
    """
    if len(phone) < _SHORTEST_NUMBER:
        return "*" * len(phone)
    if len(phone) < _MOBILE_DIGITS:
        return "*" * (len(phone) - 2) + phone[-2:]
    return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"


def masked_name(name: str) -> str:
    """Return the family name with stars: ``陈*``, ``陈*华``; of a Latin name its first letter.

    Of a name of one character none is seen.
    """
    text = name.strip()
    if len(text) < 2:
        return "*" * len(text)
    if not all(_is_han(character) for character in text):
        return f"{text[0]}***"
    last = text[-1] if len(text) > 2 else ""
    return f"{text[0]}{'*' * (len(text) - 1 - len(last))}{last}"


def masked_id_number(number: str) -> str:
    """Return an identity number with its middle hidden: ``3206**********1234``.

    Of anything but 18 characters none is seen: it may be a passport, or mistyped.
    """
    text = number.strip()
    if len(text) != _ID_CHARACTERS:
        return "*" * len(text)
    return f"{text[:4]}{'*' * (_ID_CHARACTERS - 8)}{text[-4:]}"


def _is_han(character: str) -> bool:
    """Return whether a character belongs to a Chinese name, the middle dot included."""
    return character == "·" or unicodedata.name(character, "").startswith("CJK UNIFIED")


def difference_words(now: float, before: float) -> str:
    """Return how a number moved since yesterday."""
    difference = now - before
    if difference == 0:
        return gettext("same as yesterday")
    sign = "+" if difference > 0 else "−"
    return gettext("%(difference)s on yesterday") % {"difference": f"{sign}{abs(difference):g}"}


SIZE_UNITS = ("B", "kB", "MB", "GB")
UNKNOWN_FIGURE = gettext_lazy("no figure")


def size_words(size_bytes: int) -> str:
    """Return a file size with at most one decimal, in steps of 1000."""
    size = float(size_bytes)
    for unit in SIZE_UNITS[:-1]:
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" or size >= 10 else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} {SIZE_UNITS[-1]}"
