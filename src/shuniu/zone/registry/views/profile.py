"""What a profile says, in the words of the person who reads it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from shuniu.profiles.schema import Profile, ServiceLevel, UrgencyCode, WorkingHours
from shuniu.profiles.values import Allowance, AllowanceUnit, OfficeSpan

URGENCIES: dict[UrgencyCode, Promise] = {
    "critical": _("critical"),
    "high": _("high"),
    "normal": _("normal"),
    "low": _("low"),
}
WEEKDAYS: dict[str, Promise] = {
    "monday": _("Monday"),
    "tuesday": _("Tuesday"),
    "wednesday": _("Wednesday"),
    "thursday": _("Thursday"),
    "friday": _("Friday"),
    "saturday": _("Saturday"),
    "sunday": _("Sunday"),
}


@dataclass(frozen=True, slots=True)
class LevelRow:
    """What is promised for one urgency."""

    urgency: str
    receive: str
    contact: str
    contact_off_hours: str
    plan: str
    done: str


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A category, who handles it, and its second level."""

    label: str
    unit: str
    seconds: str


@dataclass(frozen=True, slots=True)
class Line:
    """A name and what holds for it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ShownProfile:
    """A profile as the page shows it."""

    zone: str
    offices: tuple[str, ...]
    categories: tuple[CategoryRow, ...]
    levels: tuple[LevelRow, ...]
    lights: tuple[Line, ...]
    handling: tuple[Line, ...]
    hours: tuple[Line, ...]


def shown_profile(profile: Profile, language: str) -> ShownProfile:
    """Return the profile in the words of ``language``."""
    units = {office.code: office.label(language) for office in profile.offices}
    comma = "、" if language.startswith("zh") else ", "
    return ShownProfile(
        zone=profile.zone.label(language),
        offices=tuple(units.values()),
        categories=tuple(
            CategoryRow(
                label=category.label(language),
                unit=units[category.unit],
                seconds=comma.join(second.label(language) for second in category.subcategories),
            )
            for category in profile.categories
        ),
        levels=tuple(
            _level(str(label), profile.service_levels.of(code)) for code, label in URGENCIES.items()
        ),
        lights=_lights(profile),
        handling=_handling(profile),
        hours=_hours(profile.working_hours, comma),
    )


def allowance_words(allowance: Allowance | None) -> str:
    """Return an allowance as people say it; nothing for None."""
    if allowance is None:
        return ""
    count = allowance.amount
    if allowance.unit is AllowanceUnit.WORKING_HOURS:
        words = ngettext("%(count)d working hour", "%(count)d working hours", count)
    elif allowance.unit is AllowanceUnit.WORKING_DAYS:
        words = ngettext("%(count)d working day", "%(count)d working days", count)
    else:
        words = ngettext(
            "%(count)d minute, day and night", "%(count)d minutes, day and night", count
        )
    return words % {"count": count}


def _level(urgency: str, level: ServiceLevel) -> LevelRow:
    return LevelRow(
        urgency=urgency,
        receive=allowance_words(level.receive),
        contact=allowance_words(level.first_contact),
        contact_off_hours=allowance_words(level.first_contact_off_hours),
        plan=allowance_words(level.plan),
        done=allowance_words(level.done),
    )


def _lights(profile: Profile) -> tuple[Line, ...]:
    lights = profile.lights
    near = _("less than %(share)s of the time left, or less than %(span)s") % {
        "share": f"{lights.near_share:.0%}",
        "span": allowance_words(lights.near),
    }
    silent = _("a step is missed, or nothing noted for %(span)s") % {
        "span": allowance_words(lights.silent)
    }
    late = _("%(span)s after the deadline") % {"span": allowance_words(lights.long_overdue)}
    return (
        Line("blue", str(near)),
        Line("yellow", str(silent)),
        Line("red", str(_("the deadline is over"))),
        Line("purple", str(late)),
    )


def _handling(profile: Profile) -> tuple[Line, ...]:
    handling = profile.handling
    silence = allowance_words(handling.confirm_silence)
    return (
        Line(str(_("A unit may return a case within")), allowance_words(handling.return_within)),
        Line(str(_("Closed when the enterprise is silent for")), silence),
    )


def _hours(hours: WorkingHours, comma: str) -> tuple[Line, ...]:
    weekend = comma.join(str(WEEKDAYS[day]) for day in hours.weekend)
    lines = [Line(str(_("Office hours")), _spans(hours.spans, comma))]
    if hours.summer is not None:
        season = _("Office hours from %(from_day)s to %(to_day)s") % {
            "from_day": hours.summer.from_day,
            "to_day": hours.summer.to_day,
        }
        lines.append(Line(str(season), _spans(hours.summer.spans, comma)))
    lines.append(Line(str(_("Days off")), weekend))
    return tuple(lines)


def _spans(spans: tuple[OfficeSpan, ...], comma: str) -> str:
    return comma.join(str(span).replace("-", "–") for span in spans)
