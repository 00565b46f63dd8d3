"""The day in one document, for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from shuniu.zone.briefings import policies, queries, services
from shuniu.zone.briefings.channels import Briefing, Item
from shuniu.zone.briefings.choices import FileForm
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.api import Key, Part, Request, area, to_be

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
Day = Annotated[date, Field(ge=FIRST, le=LAST)]
briefings = area("Briefings")


class DayPart(Part):
    """A day with its new and closed cases."""

    day: date
    opened: int
    closed: int


class WeekPart(Part):
    """A day with its new cases."""

    day: date
    opened: int


class FigurePart(Part):
    """A figure of the day; ``rows`` is the query of the list that it counts."""

    label: str
    value: int
    day_before: int
    rows: str


class CategoryRow(Part):
    """A row of the table by category."""

    label: str
    opened: int
    closed: int
    open: int
    late: int


class ItemPart(Part):
    """A case that the briefing tells of."""

    case: Key
    number: str
    enterprise: str
    text: str
    category: str
    unit: str
    urgency: str
    due_at: datetime
    light: str


class BriefingPart(Part):
    """The day in one document."""

    day: date
    masthead: str
    issuer: str
    distribution: list[str]
    summary: str
    figures: list[FigurePart]
    categories: list[CategoryRow]
    late: list[ItemPart]
    notable: list[ItemPart]
    week: list[WeekPart] = Field(description="New cases of the seven days up to it")


@briefings.get(
    "/briefings", url_name="briefings", operation_id="briefings_list", response=list[DayPart]
)
def briefings_list(
    request: Request, days: Annotated[int, Query(ge=1, le=60)] = 14
) -> list[DayPart]:
    """List the last days, the newest first."""
    to_be(policies.may_read(request.standing))
    found = queries.days_up_to(clock.today(), days)
    return [DayPart(day=one.day, opened=one.opened, closed=one.closed) for one in found]


@briefings.get(
    "/briefings/{day}", url_name="briefing", operation_id="briefing_read", response=BriefingPart
)
def briefing_read(request: Request, day: Day) -> BriefingPart:
    """Read the briefing of a day."""
    to_be(policies.may_read(request.standing))
    return briefing_part(services.compose(day, language=request.LANGUAGE_CODE, now=clock.now()))


def briefing_part(made: Briefing) -> BriefingPart:
    """Return a briefing as programs read it."""
    return BriefingPart(
        day=made.day,
        masthead=made.masthead,
        issuer=made.issuer,
        distribution=list(made.distribution),
        summary=made.summary,
        figures=[
            FigurePart(
                label=one.label,
                value=one.value.value,
                day_before=one.day_before,
                rows=one.value.query,
            )
            for one in made.figures
        ],
        categories=[
            CategoryRow(
                label=one.label,
                opened=one.opened.value,
                closed=one.closed.value,
                open=one.open.value,
                late=one.late.value,
            )
            for one in made.categories
        ],
        late=[item_part(one) for one in made.late],
        notable=[item_part(one) for one in made.notable],
        week=[WeekPart(day=one, opened=count) for one, count in made.week],
    )


@briefings.get("/briefings/{day}/word", url_name="briefing-word", operation_id="briefing_word")
def briefing_word(request: Request, day: Day) -> HttpResponse:
    """Read the briefing of a day as a Word file; this is recorded."""
    to_be(policies.may_read(request.standing))
    content = services.export_day(
        day=day,
        form=FileForm.WORD,
        language=request.LANGUAGE_CODE,
        base_url=request.build_absolute_uri("/").rstrip("/"),
        actor=request.user,
        now=clock.now(),
    )
    answer = HttpResponse(content, content_type=WORD)
    answer.headers["Content-Disposition"] = f'attachment; filename="briefing-{day}.docx"'
    return answer


def item_part(one: Item) -> ItemPart:
    """Return a case that a briefing tells of."""
    return ItemPart(
        case=one.case_id,
        number=one.number,
        enterprise=one.enterprise,
        text=one.text,
        category=one.category,
        unit=one.unit,
        urgency=one.urgency,
        due_at=one.due_at,
        light=one.light,
    )
