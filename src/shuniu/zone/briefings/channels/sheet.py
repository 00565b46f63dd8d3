"""The briefing as it is shown, kept and sent: words, numbers with their lists, and the imprint."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import cached_property
from pydantic import TypeAdapter

from shuniu.zone.briefings.choices import Edition

DAYS_OF_A_WEEK = 7


class Section(StrEnum):
    """The parts of a briefing that a clerk may add words to."""

    FIGURES = "figures"
    CATEGORIES = "categories"
    LATE = "late"
    HANGS = "hangs"
    NOTABLE = "notable"
    COMMON = "common"
    OPERATIONS = "operations"
    PRACTICES = "practices"
    INSTRUCTIONS = "instructions"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Number:
    """A number, the query of the list that it counts, and the page of that list."""

    value: int
    query: str
    page: str = "desk:case-list"

    @property
    def url(self) -> str:
        """Return the address of the list, without the host."""
        return f"{reverse(self.page)}?{self.query}"


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure of the day, of the working day before, and summed up over seven days.

    ``daily_mean`` stands in the place of the mean of seven days where a week or month is told of.
    """

    name: str
    label: str
    value: Number
    day_before: int
    week: int
    daily_mean: str | None = None

    @property
    def change(self) -> int:
        return self.value.value - self.day_before

    @property
    def change_words(self) -> str:
        return f"{self.change:+d}".replace("-", "−") if self.change else "0"

    @property
    def mean(self) -> str:
        """Return the mean of the seven days, to one place."""
        if self.daily_mean is not None:
            return self.daily_mean
        return number_format(round(self.week / DAYS_OF_A_WEEK, 1), 1)


@dataclass(frozen=True, slots=True)
class Bin:
    """Some days of a period, and what came in and was closed on them."""

    label: str
    opened: int
    closed: int


@dataclass(frozen=True, slots=True)
class Period:
    """The week or month that a briefing tells of.

    ``last`` is its last day, also when it has not ended; ``before_first`` and ``before_last`` are
    as many days, directly before it, that it is compared with.
    """

    edition: Edition
    first: date
    last: date
    before_first: date
    before_last: date
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """One row of the table by category."""

    label: str
    opened: Number
    closed: Number
    open: Number
    late: Number

    @property
    def numbers(self) -> tuple[Number, Number, Number, Number]:
        return self.opened, self.closed, self.open, self.late


@dataclass(frozen=True, slots=True)
class CommonLine:
    """What several enterprises wrote about within seven days."""

    label: str
    enterprises: int
    cases: Number


@dataclass(frozen=True, slots=True)
class Item:
    """A case that the briefing tells of.

    ``is_named`` is false where the enterprise and its words must not be told; ``rank`` is its place
    among the urgent ones.
    """

    case_id: int
    number: str
    enterprise: str
    text: str
    category: str
    unit: str
    urgency: str
    due_at: datetime
    light: str
    is_named: bool = True
    rank: int = 0

    @property
    def url(self) -> str:
        return reverse("desk:case-page", args=[self.case_id])


@dataclass(frozen=True, slots=True)
class HangItem:
    """A supervised item that hung at the end of the day.

    ``case_id`` is the case that it wraps, 0 if none; ``light`` is how it stood on the day.
    """

    hang_id: int
    number: str
    promise: str
    unit: str
    promised_on: date
    light: str
    light_words: str
    case_id: int = 0

    @property
    def url(self) -> str:
        return reverse("hangs:hang", args=[self.hang_id])


@dataclass(frozen=True, slots=True)
class AgeLine:
    """How many items have been hanging for so long."""

    label: str
    hangs: Number


@dataclass(frozen=True, slots=True)
class HangSheet:
    """The supervised items: what came and went, in the week too, and what hung at the end.

    ``told`` holds those whose promised day was the earliest, so that the red ones stand first.
    """

    opened: Number
    struck: Number
    opened_in_week: Number
    struck_in_week: Number
    open: Number
    late: Number
    ages: tuple[AgeLine, ...]
    told: tuple[HangItem, ...]


@dataclass(frozen=True, slots=True)
class InstructionLine:
    """What a leader wrote on an issue, and what has become of it at the end of the day.

    ``case_id`` is the case that it is about, 0 if none.
    """

    hang_id: int
    number: str
    issue: str
    leader: str
    words: str
    unit: str
    promised_on: date
    state_words: str
    case_id: int = 0

    @property
    def url(self) -> str:
        return reverse("hangs:hang", args=[self.hang_id])


@dataclass(frozen=True, slots=True)
class OperationLine:
    """A number of the work of an app."""

    app: str
    label: str
    value: int


@dataclass(frozen=True, slots=True)
class Briefing:
    """The day in one document.

    Attributes
    ----------
    first_day
        The first day that is counted: days off before ``day`` are told with it.
    composed_at
        When the figures were counted; a running day goes on after that.
    is_assumed
        The holidays of the year are not loaded: Monday to Friday was taken for working days.
    title
        What a clerk put above the text; empty for none.
    late
        The longest overdue cases; ``late_total`` is how many there are.
    more_notable
        Urgent cases that a clerk may choose instead.
    week
        The new cases of the seven days up to ``day``.
    period
        The week or month; None where it tells of a day. ``day`` is then the last day counted.
    hangs
        The supervised items; None in an issue of the time before they were told.
    operations
        What the other apps counted.
    instructions
        What leaders wrote on earlier issues, and what became of it.
    practices
        Cases that were closed with the best grade: examples of how it is done well.
    notes
        Words of a clerk, by section.
    """

    day: date
    first_day: date
    language: str
    composed_at: datetime
    masthead: str
    issuer: str
    distribution: tuple[str, ...]
    summary: str
    figures: tuple[FigureLine, ...]
    categories: tuple[CategoryLine, ...]
    late: tuple[Item, ...]
    late_total: int
    notable: tuple[Item, ...]
    more_notable: tuple[Item, ...]
    common: tuple[CommonLine, ...]
    week: tuple[tuple[date, int], ...]
    is_assumed: bool = False
    title: str = ""
    period: Period | None = None
    hangs: HangSheet | None = None
    operations: tuple[OperationLine, ...] = ()
    practices: tuple[Item, ...] = ()
    instructions: tuple[InstructionLine, ...] = ()
    notes: dict[Section, str] = field(default_factory=dict)

    @property
    def is_zero(self) -> bool:
        """Return whether nothing happened and nothing is open."""
        return not any(line.value.value for line in self.figures)

    @property
    def items(self) -> tuple[Item, ...]:
        return (*self.late, *self.notable, *self.more_notable, *self.practices)

    @property
    def distribution_words(self) -> str:
        return ("，" if self.language.startswith("zh") else ", ").join(self.distribution)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the office puts on an issue: its number, its mark, who signed it.

    Attributes
    ----------
    number
        As the profile writes it, such as “第12期”; empty before it is published.
    mark
        What stands at the top of a paper that is not in force: a draft, a withdrawn issue.
    signer
        Who signed it; empty before.
    correction
        Says which issue this one stands for; empty if for none.
    """

    number: str = ""
    mark: str = ""
    signer: str = ""
    correction: str = ""


class _Stored:
    @cached_property
    def adapter(self) -> TypeAdapter[Briefing]:
        return TypeAdapter(Briefing)


_STORED = _Stored()


def stored(briefing: Briefing) -> dict[str, object]:
    """Return a briefing as plain values for the database."""
    plain: dict[str, object] = _STORED.adapter.dump_python(briefing, mode="json")
    return plain


def restored(content: object) -> Briefing:
    """Return the briefing that was stored."""
    return _STORED.adapter.validate_python(content)
