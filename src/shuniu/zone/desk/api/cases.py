"""Lists of cases, one case, and opening one."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Literal

from django.http import HttpResponse
from ninja import Query, Status
from pydantic import ConfigDict, Field

from shuniu.zone.desk import policies, queries, services
from shuniu.zone.desk.api.shown import (
    CasePart,
    WholeCase,
    parts_of,
    version_parts,
    whole_case,
)
from shuniu.zone.desk.choices import CaseState, Channel, Light, Urgency
from shuniu.zone.desk.queries import CaseFilter
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.api import (
    Body,
    Key,
    Page,
    PageQuery,
    Part,
    Request,
    Words,
    area,
    found,
    page_of,
    to_be,
    with_version,
)
from shuniu.zone.registry import queries as registry

LONGEST_TEXT = 20_000
router = area("Cases")


class CaseQuery(Part):
    """Which cases; the filters of the list page."""

    model_config = ConfigDict(frozen=True)

    turn: Literal[
        "all",
        "mine",
        "center",
        "unit",
        "enterprise",
        "supervisor",
        "open",
        "over",
        "urged",
        "call-back",
        "sampled",
    ] = Field(
        "all",
        description="Whose turn it is; mine: this person can take the next step; urged: the unit"
        " is to answer a supervisor; call-back: closed, and the enterprise is to be asked whether"
        " it is solved",
    )
    state: CaseState | None = None
    light: Light | None = None
    late: Literal["yes"] | None = None
    category: Words = Field("", description="Code of a category; none: not sorted yet")
    subcategory: Words = Field("", description="Code of a second-level category")
    unit: Words = Field("", description="Code of a unit; none: no unit has it yet")
    urgency: Urgency | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    replied_on: date | None = None
    withdrawn_on: date | None = None
    since_on: date | None = Field(
        None, description="With opened_on, closed_on or replied_on: the first of those days"
    )
    open_on: date | None = None
    late_on: date | None = None
    words: Words = ""
    enterprise: Key | None = None
    rated: Literal["good", "bad", "yes", "silent"] | None = Field(
        None, description="How it was closed: good is 3 to 5, bad 1 or 2, yes either"
    )
    closed_since_on: date | None = None

    def filter(self) -> CaseFilter:
        """Return the filter as the list page reads it."""
        given = {field.name: getattr(self, field.name) for field in fields(CaseFilter)}
        return CaseFilter.read({name: str(value) for name, value in given.items() if value})


class CaseCount(Part):
    """How many cases a list shows."""

    count: int


class NewCase(Body):
    """A need, in the words of the enterprise."""

    enterprise: Key
    text: str = Field(min_length=1, max_length=LONGEST_TEXT)
    channel: Channel | None = Field(
        None, description="How it came in; people of the enterprise itself leave it out"
    )
    location_note: Words = ""
    outside_number: Words = Field("", description="Its number elsewhere, such as at 12345")
    is_restricted: bool = Field(
        default=False, description="About the conduct of staff: for the discipline office only"
    )


@router.get("/cases", url_name="cases", operation_id="cases_list", response=Page[CasePart])
def cases_list(
    request: Request, wanted: Query[CaseQuery], page: Query[PageQuery]
) -> Page[CasePart]:
    """List cases: open ones by deadline, others the newest first."""
    to_be(policies.may_list_cases(request.standing))
    rows = queries.filtered_cases(request.standing, wanted.filter())
    language = request.LANGUAGE_CODE
    return page_of(request, rows, lambda cases: parts_of(cases, language), page)


@router.get("/cases/count", url_name="case-count", operation_id="cases_count", response=CaseCount)
def cases_count(request: Request, wanted: Query[CaseQuery]) -> CaseCount:
    """Count the cases of a list."""
    to_be(policies.may_list_cases(request.standing))
    counts = queries.counts_of(request.standing, {"count": wanted.filter()})
    return CaseCount(count=counts["count"])


@router.post("/cases", url_name="cases", operation_id="case_open", response={201: WholeCase})
def case_open(request: Request, body: NewCase, response: HttpResponse) -> Status[WholeCase]:
    """Open a case for an enterprise: by its own people, or by those who write for others."""
    who = request.standing
    to_be(bool(who.enterprise_ids) or policies.may_open_for(who, 0))
    firm = found(registry.enterprises_visible_to(who), body.enterprise)
    is_own = firm.pk in who.enterprise_ids
    case = services.open_case(
        enterprise=firm,
        text=body.text.replace("\x00", ""),
        channel=Channel.WECHAT_ACCOUNT if is_own else body.channel or Channel.PHONE,
        is_restricted=body.is_restricted and is_own,
        location_note=body.location_note.replace("\x00", ""),
        outside_number=body.outside_number.replace("\x00", ""),
        actor=request.user,
        now=clock.now(),
    )
    shown = found(queries.cases_visible_to(who), case.pk)
    with_version(response, *version_parts(shown))
    response.headers["Location"] = f"/api/v1/cases/{case.pk}"
    return Status(201, whole_case(request, shown))


@router.get("/cases/{int:case_id}", url_name="case", operation_id="case_read", response=WholeCase)
def case_read(request: Request, case_id: Key, response: HttpResponse) -> WholeCase:
    """Read one case: text, who has the ball, history, files, and what can be done now."""
    case = found(queries.cases_visible_to(request.standing), case_id)
    with_version(response, *version_parts(case))
    return whole_case(request, case)
