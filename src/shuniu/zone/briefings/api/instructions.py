"""Instructions of leaders on published issues."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Status
from pydantic import Field

from shuniu.zone.briefings import forms, policies, queries, services
from shuniu.zone.briefings.models import Instruction
from shuniu.zone.hangs.choices import HangState
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.api import Body, Key, Part, Request, area, checked, fields_of, found, to_be
from shuniu.zone.registry.queries import active_offices

instructions = area("Briefings")


class InstructionPart(Part):
    """What a leader wrote on an issue, and the supervised item that it became."""

    id: Key
    issue: Key
    about: str
    words: str
    given_by: str
    given_at: datetime
    hang: Key
    number: str
    unit: str
    promised_on: date
    state: HangState


class InstructionBody(Body):
    """What shall be done, by whom and until when."""

    about: str = Field("", max_length=60, description="Key of what the issue tells; empty for all")
    words: str = Field(min_length=1, max_length=forms.LONGEST_NOTE)
    unit: str = Field(max_length=40, description="Code of the unit that owes it")
    responsible: Key
    supervisor: Key
    promised_on: date


@instructions.get(
    "/instructions",
    url_name="instructions",
    operation_id="instructions_list",
    response=list[InstructionPart],
)
def instructions_list(request: Request) -> list[InstructionPart]:
    """List the newest instructions on the issues that this person may see."""
    to_be(policies.may_read(request.standing))
    rows = queries.instructions_visible_to(request.standing)[: queries.MOST_TOLD]
    return [_part(row) for row in rows]


@instructions.post(
    "/issues/{int:issue_id}/instructions",
    url_name="issue-instruct",
    operation_id="issue_instruct",
    response={201: InstructionPart},
)
def issue_instruct(
    request: Request, issue_id: Key, body: InstructionBody
) -> Status[InstructionPart]:
    """Write on a published issue what shall be done; it becomes a supervised item."""
    to_be(policies.may_instruct(request.standing))
    issue = found(queries.issues_visible_to(request.standing), issue_id)
    given = fields_of(body)
    unit = active_offices().filter(code=body.unit).first()
    given["unit"] = str(unit.pk) if unit else ""
    form = forms.InstructionForm(services.topics_of(issue), given, language=request.LANGUAGE_CODE)
    written = services.instruct(
        issue_id=issue.pk, actor=request.user, now=clock.now(), **checked(form)
    )
    return Status(201, _part(written))


def _part(row: Instruction) -> InstructionPart:
    return InstructionPart(
        id=row.pk,
        issue=row.issue_id,
        about=row.about_title,
        words=row.words,
        given_by=row.given_by.name,
        given_at=row.given_at,
        hang=row.hang_id,
        number=row.hang.number,
        unit=row.hang.unit.code,
        promised_on=row.hang.promised_on,
        state=HangState(row.hang.state),
    )
