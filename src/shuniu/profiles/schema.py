"""What a zone profile says: the shape of the file and the sense of each part of it.

References between parts (a category names an office) are checked in ``references``, so that a
wrong name is told together with everything else that is wrong.
"""

from __future__ import annotations

import json
from datetime import date, time
from enum import StrEnum
from hashlib import sha256
from itertools import pairwise
from string import Formatter
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from shuniu.profiles.parts import (
    CURRENCY,
    FILE_TYPE,
    PHONE,
    REGION_CODE,
    Count,
    Named,
    Part,
    Place,
    Words,
    contains,
    with_code,
)
from shuniu.profiles.retention import Retention
from shuniu.profiles.values import AllowanceText, OfficeSpan, SpanText, YearDayText

CategoryCode = Literal[
    "logistics", "labour", "talent", "housing", "space", "land", "finance", "tax", "policy",
    "permit", "utility_power", "utility_heat", "utility_gas", "utility_water", "municipal",
    "transport", "environment", "safety", "green", "market", "trade", "epidemic", "arrears",
    "ict", "integrity", "praise", "reopen",
]  # fmt: skip
RoleCode = Literal[
    "enterprise_user", "center_clerk", "unit_handler", "supervisor", "leader", "system_admin"
]
UrgencyCode = Literal["critical", "high", "normal", "low"]
Language = Literal["zh-hans", "en"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
ISO_WEEKDAYS: tuple[Weekday, ...] = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip


class OfficeKind(StrEnum):
    """What sort of body an office is."""

    CENTER = "center"
    BUREAU = "bureau"
    SQUAD = "squad"
    COMPANY = "company"
    DISCIPLINE = "discipline"


class Sensitivity(StrEnum):
    """Who may see a demand: each step narrower than the one before."""

    NORMAL = "normal"
    CONFIDENTIAL = "confidential"
    COMPLAINANT_PROTECTED = "complainant_protected"
    RESTRICTED = "restricted"


class Zone(Named):
    """Who and where the zone is."""

    short_zh: Words
    short_en: Words
    region_code: Annotated[str, StringConstraints(pattern=REGION_CODE)]
    timezone: Words
    language: Language
    currency: Annotated[str, StringConstraints(pattern=CURRENCY)]
    phone: Annotated[str, StringConstraints(pattern=PHONE)]
    bounds: Annotated[tuple[Place, ...], Field(min_length=3)]
    center: Place

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, timezone: str) -> str:
        try:
            ZoneInfo(timezone)
        except (KeyError, OSError, ValueError):
            raise ValueError(
                f'no time zone is called {timezone}; write a name like "Asia/Shanghai"'
            ) from None
        return timezone

    @field_validator("center")
    @classmethod
    def _is_inside(cls, center: Place, info: ValidationInfo) -> Place:
        bounds: tuple[Place, ...] | None = info.data.get("bounds")
        if bounds is not None and not contains(bounds, center):
            raise ValueError("the center must lie inside zone.bounds")
        return center

    @property
    def tz(self) -> ZoneInfo:
        """The time zone whose wall clock the offices follow."""
        return ZoneInfo(self.timezone)


class Office(Named):
    """A unit that can own a demand."""

    kind: OfficeKind
    aliases: tuple[Words, ...] = ()


class Role(Named):
    """What the zone calls a role of the product."""

    code: RoleCode


class Subcategory(Named):
    """The second level of a category."""


class Category(Named):
    """A kind of demand, and who handles it unless a routing rule says otherwise.

    Free text is read by ``signals`` (each alone speaks strongly for the category), ``words`` (they
    speak for it together) and ``phrases`` (whole demands as firms write them).
    """

    code: CategoryCode
    description: Words
    unit: Words
    sensitivity: Sensitivity = Sensitivity.NORMAL
    subcategories: Annotated[tuple[Subcategory, ...], Field(min_length=1)]
    signals: tuple[Words, ...] = ()
    words: tuple[Words, ...] = ()
    phrases: tuple[Words, ...] = ()


class RoutingRule(Part):
    """Words that send a demand to another unit than its category's."""

    words: Annotated[tuple[Words, ...], Field(min_length=1)]
    unit: Words
    category: CategoryCode | None = None


class Urgency(Part):
    """Words that make a demand more or less urgent, and words beside which they do not."""

    critical: tuple[Words, ...]
    high: tuple[Words, ...]
    low: tuple[Words, ...]
    not_when: tuple[Words, ...] = ()


class ServiceLevel(Part):
    """What the zone promises for demands of one urgency."""

    receive: AllowanceText
    first_contact: AllowanceText
    first_contact_off_hours: AllowanceText | None = None
    plan: AllowanceText
    done: AllowanceText

    @model_validator(mode="after")
    def _plan_before_done(self) -> ServiceLevel:
        if self.plan.unit == self.done.unit and self.plan.amount > self.done.amount:
            raise ValueError(f"plan ({self.plan}) must not be longer than done ({self.done})")
        return self


class ServiceLevels(Part):
    """The promises, by urgency."""

    critical: ServiceLevel
    high: ServiceLevel
    normal: ServiceLevel
    low: ServiceLevel

    def of(self, urgency: UrgencyCode) -> ServiceLevel:
        """Return the promises for one urgency."""
        levels: dict[UrgencyCode, ServiceLevel] = {
            "critical": self.critical,
            "high": self.high,
            "normal": self.normal,
            "low": self.low,
        }
        return levels[urgency]


class Handling(Part):
    """Rules of the way a demand goes."""

    fallback_unit: Words
    conflict_unit: Words
    confirm_silence: AllowanceText
    return_within: AllowanceText
    extension_limit: AllowanceText
    extension_count: Count
    suspended_update_within: AllowanceText


class CallBacks(Part):
    """Which closed demands somebody calls the firm back about, and the share of withdrawn ones.

    The two lowest grades always are (national scale of grades); ``solved`` and ``urgencies`` add
    those that were closed so, ``silent`` those that nobody confirmed.
    """

    grades: tuple[Annotated[int, Field(ge=1, le=5)], ...] = (1, 2)
    silent: bool = False
    solved: tuple[Literal["partly", "explained"], ...] = ("partly",)
    urgencies: tuple[UrgencyCode, ...] = ("critical",)
    withdrawn_share: Annotated[float, Field(gt=0, le=1)] = 0.05

    @field_validator("grades")
    @classmethod
    def _has_the_bad_ones(cls, grades: tuple[int, ...]) -> tuple[int, ...]:
        if not {1, 2} <= set(grades):
            raise ValueError("the two lowest grades, 1 and 2, are always called back about")
        return grades


class Lights(Part):
    """When a demand changes its light."""

    near_share: Annotated[float, Field(gt=0, lt=1)]
    near: AllowanceText
    silent: AllowanceText
    long_overdue: AllowanceText


def _in_order(spans: tuple[OfficeSpan, ...]) -> tuple[OfficeSpan, ...]:
    for one, other in pairwise(spans):
        if other.opens_minute < one.closes_minute:
            raise ValueError("write the office hours of a day in order and without overlap")
    return spans


class Season(Part):
    """Office hours of a part of every year, both days included."""

    from_day: YearDayText
    to_day: YearDayText
    spans: Annotated[tuple[SpanText, ...], Field(min_length=1)]

    _spans_in_order = field_validator("spans")(_in_order)


class WorkingHours(Part):
    """Office hours of a working day, in the zone's local time."""

    spans: Annotated[tuple[SpanText, ...], Field(min_length=1)]
    weekend: Annotated[tuple[Weekday, ...], Field(max_length=6)]
    summer: Season | None = None

    _spans_in_order = field_validator("spans")(_in_order)

    @property
    def iso_weekend(self) -> frozenset[int]:
        """ISO weekdays (Monday = 1) that are not worked."""
        return frozenset(ISO_WEEKDAYS.index(name) + 1 for name in self.weekend)


class HalfDay(Part):
    """A working day with hours of its own."""

    day: date
    spans: Annotated[tuple[SpanText, ...], Field(min_length=1)]

    _spans_in_order = field_validator("spans")(_in_order)


class HolidayCalendar(Part):
    """Where holidays come from, and the zone's own additions."""

    country: Literal["CN", "none"]
    extra_holidays: tuple[date, ...] = ()
    extra_makeup_days: tuple[date, ...] = ()
    half_days: tuple[HalfDay, ...] = ()

    @model_validator(mode="after")
    def _no_day_twice(self) -> HolidayCalendar:
        days = [
            *self.extra_holidays,
            *self.extra_makeup_days,
            *(half.day for half in self.half_days),
        ]
        twice = sorted({day for day in days if days.count(day) > 1})
        if twice:
            listed = ", ".join(day.isoformat() for day in twice)
            raise ValueError(
                "a day is a holiday, a make-up day or a half day, and written once; "
                f"written twice: {listed}"
            )
        return self


class Briefing(Part):
    """Head and foot of the daily briefing, and when it is put together."""

    masthead_zh: Words
    masthead_en: Words
    issuer_zh: Words
    issuer_en: Words
    distribution: tuple[Words, ...]
    number_format: Words
    compose_at: time

    @field_validator("number_format")
    @classmethod
    def _has_the_number(cls, number_format: str) -> str:
        try:
            places = {
                place for _, place, _, _ in Formatter().parse(number_format) if place is not None
            }
        except ValueError as error:
            raise ValueError(f"{error}; write it like 第{{number}}期") from None
        if "number" not in places or not places <= {"number", "year"}:
            raise ValueError("write {number}, and {year} if wanted, and no other place")
        return number_format


class Attachments(Part):
    """What may be attached to a demand or a reply."""

    max_bytes: Annotated[int, Field(gt=0)]
    max_count: Annotated[int, Field(gt=0)]
    types: Annotated[
        tuple[Annotated[str, StringConstraints(pattern=FILE_TYPE)], ...],
        Field(min_length=1),
    ]


class Counter(Named):
    """A kind of counter in the service hall; its tickets begin with the letter."""

    letter: Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]


class Hall(Part):
    """The service hall: kinds of counters, and how many windows there are."""

    counters: Annotated[tuple[Counter, ...], Field(min_length=1)] = (
        Counter(code="general", zh="综合窗口", en="General counter", letter="A"),
    )
    windows: Annotated[int, Field(ge=1, le=99)] = 8

    @field_validator("counters")
    @classmethod
    def _tell_apart(cls, counters: tuple[Counter, ...]) -> tuple[Counter, ...]:
        for name in ("code", "letter"):
            values = [getattr(one, name) for one in counters]
            if len(set(values)) < len(values):
                raise ValueError(f"give each counter a {name} of its own")
        return counters


class Demo(Part):
    """The size of the demo zone; fees in whole units of the zone's currency, a firm and visit."""

    staff_count: Count = 0
    above_scale_count: Count = 0
    promotion_branch_count: Count = 0
    escorted_trucks_per_day: Count = 0
    pooled_shipments_per_day: Count = 0
    testing_vehicle_count: Count = 0
    testing_fee_before: Count = 0
    testing_fee: Count = 0


class Profile(Part):
    """A whole zone profile. ``load_profile`` gives one whose references hold, too."""

    zone: Zone
    offices: Annotated[tuple[Office, ...], Field(min_length=1)]
    roles: tuple[Role, ...]
    categories: tuple[Category, ...]
    routing: tuple[RoutingRule, ...] = ()
    urgency: Urgency
    service_levels: ServiceLevels
    handling: Handling
    call_backs: CallBacks = CallBacks()
    lights: Lights
    working_hours: WorkingHours
    calendar: HolidayCalendar
    briefing: Briefing
    attachments: Attachments
    hall: Hall = Hall()
    retention: Retention = Retention()
    demo: Demo = Demo()

    def office(self, code: str) -> Office:
        """Return the office with this code; raise KeyError if there is none."""
        return with_code(self.offices, code)

    def category(self, code: str) -> Category:
        """Return the category with this code; raise KeyError if there is none."""
        return with_code(self.categories, code)

    def role(self, code: str) -> Role:
        """Return the role with this code; raise KeyError if there is none."""
        return with_code(self.roles, code)

    def digest(self) -> str:
        """Return the SHA-256 of what the profile says, whatever its file looks like.

        Two files that differ only in comments, order of keys or written defaults are equal.
        """
        canonical = json.dumps(
            self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return sha256(canonical.encode()).hexdigest()
