"""Issues of the briefing: drafted, written, signed, published, withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Query, Status
from pydantic import Field

from shuniu.zone.briefings import forms, policies, queries, services
from shuniu.zone.briefings.api.days import (
    WORD,
    BriefingPart,
    Day,
    ItemPart,
    briefing_part,
    item_part,
)
from shuniu.zone.briefings.channels import Section, restored
from shuniu.zone.briefings.choices import Edition, FileForm, IssueState, Step
from shuniu.zone.briefings.models import Issue
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.api import (
    Body,
    Key,
    Page,
    PageQuery,
    Part,
    Request,
    area,
    checked,
    fields_of,
    found,
    page_of,
    to_be,
)

CONTENT_TYPES = {FileForm.WORD: WORD, FileForm.PDF: "application/pdf"}
LARGEST_VERSION = 2**31 - 1
Seen = Annotated[
    int, Field(ge=1, le=LARGEST_VERSION, description="Version of the issue that was read")
]
issues = area("Briefings")


class IssuePart(Part):
    """An issue as the list shows it."""

    id: Key
    edition: Edition
    day: date
    first_day: date
    state: IssueState
    version: int = Field(description="Sent along with each step")
    number: int | None
    number_words: str
    corrects: Key | None = Field(description="The withdrawn issue that this one stands for")
    signed_by: str
    drafted_at: datetime
    edited_at: datetime | None
    signed_at: datetime | None
    published_at: datetime | None
    withdrawn_at: datetime | None


class WholeIssue(IssuePart):
    """An issue with what it says, and the steps that can be taken now."""

    title: str
    notes: dict[str, str] = Field(description="Words of a clerk, by section")
    offered: list[ItemPart] = Field(description="Urgent cases that could be told as well")
    returned_why: str
    withdrawn_why: str
    steps: list[str] = Field(description="What this person can do with it now")
    briefing: BriefingPart


class SeenBody(Body):
    """Which version was read; another one by now is refused."""

    seen: Seen


class ReasonBody(SeenBody):
    """Why an issue is sent back or withdrawn."""

    reason: str = Field(min_length=1, max_length=500)


class WordsBody(SeenBody):
    """Everything that a clerk writes in a draft; it is sent whole."""

    title: str = Field("", max_length=forms.LONGEST_TITLE)
    summary: str = Field(min_length=1, max_length=forms.LONGEST_LEAD)
    told: list[Key] = Field(
        default_factory=list, max_length=services.MOST_NOTABLE, description="Cases told as notable"
    )
    notes: dict[Section, Annotated[str, Field(max_length=forms.LONGEST_NOTE)]] = Field(
        default_factory=dict, description="Words under each section"
    )


@issues.get("/issues", url_name="issues", operation_id="issues_list", response=Page[IssuePart])
def issues_list(
    request: Request,
    page: Query[PageQuery],
    year: Annotated[int | None, Query(ge=2000, le=2099)] = None,
) -> Page[IssuePart]:
    """List the issues of the briefing, the newest first."""
    to_be(policies.may_read(request.standing))
    rows = queries.issues_of_year(request.standing, year).order_by("-day", "-pk")
    return page_of(request, rows, _parts, page)


@issues.post(
    "/briefings/{day}/draft",
    url_name="issue-draft",
    operation_id="issue_draft",
    response={201: WholeIssue},
)
def issue_draft(request: Request, day: Day) -> Status[WholeIssue]:
    """Put the issue of a day together, also after a withdrawn one; one that is there is shown."""
    to_be(policies.may_edit(request.standing))
    issue = services.draft_issue(day=day, actor=request.user, now=clock.now())
    return Status(201, _whole(request, issue.pk))


@issues.post(
    "/briefings/{edition}/{day}/draft",
    url_name="period-draft",
    operation_id="period_draft",
    response={201: WholeIssue},
)
def period_draft(
    request: Request, edition: Literal["weekly", "monthly"], day: Day
) -> Status[WholeIssue]:
    """Put the issue of the week or month of a day together, as far as it has come."""
    to_be(policies.may_edit(request.standing))
    issue = services.draft_issue(
        day=day, edition=Edition(edition.upper()), actor=request.user, now=clock.now()
    )
    return Status(201, _whole(request, issue.pk))


@issues.get(
    "/issues/{int:issue_id}", url_name="issue", operation_id="issue_read", response=WholeIssue
)
def issue_read(request: Request, issue_id: Key) -> WholeIssue:
    """Read one issue: what it says, and what can be done with it now."""
    return _whole(request, issue_id)


@issues.get("/issues/{int:issue_id}/files/{form}", url_name="issue-file", operation_id="issue_file")
def issue_file(request: Request, issue_id: Key, form: FileForm) -> HttpResponse:
    """Read an issue as a Word or PDF file; this is recorded."""
    issue = _issue(request, issue_id)
    content = services.export_issue(
        issue_id=issue.pk,
        form=form,
        base_url=request.build_absolute_uri("/").rstrip("/"),
        actor=request.user,
        now=clock.now(),
    )
    name = f"briefing-{issue.day}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=CONTENT_TYPES[form], headers=headers)


@issues.post(
    "/issues/{int:issue_id}/save",
    url_name="issue-save",
    operation_id="issue_save",
    response=WholeIssue,
)
def issue_save(request: Request, issue_id: Key, body: WordsBody) -> WholeIssue:
    """Keep the words of a draft."""
    return _written(request, issue_id, body, Step.SAVE)


@issues.post(
    "/issues/{int:issue_id}/hand-up",
    url_name="issue-hand-up",
    operation_id="issue_hand_up",
    response=WholeIssue,
)
def issue_hand_up(request: Request, issue_id: Key, body: WordsBody) -> WholeIssue:
    """Keep the words of a draft and give it to the leaders to sign."""
    return _written(request, issue_id, body, Step.HAND_UP)


@issues.post(
    "/issues/{int:issue_id}/send-back",
    url_name="issue-send-back",
    operation_id="issue_send_back",
    response={204: None},
)
def issue_send_back(request: Request, issue_id: Key, body: ReasonBody) -> Status[None]:
    """Give an issue back to the center, with what shall be different."""
    _reasoned(request, issue_id, body, Step.SEND_BACK, services.send_back_issue)
    return Status(204, None)  # a draft is the center's: leaders do not see it


@issues.post(
    "/issues/{int:issue_id}/withdraw",
    url_name="issue-withdraw",
    operation_id="issue_withdraw",
    response=WholeIssue,
)
def issue_withdraw(request: Request, issue_id: Key, body: ReasonBody) -> WholeIssue:
    """Say that a published issue does not hold; it keeps its number and is marked."""
    _reasoned(request, issue_id, body, Step.WITHDRAW, services.withdraw_issue)
    return _whole(request, issue_id)


@issues.post(
    "/issues/{int:issue_id}/{step}",
    url_name="issue-step",
    operation_id="issue_step",
    response=WholeIssue,
)
def issue_step(
    request: Request,
    issue_id: Key,
    step: Literal["take-back", "renew", "sign", "unsign", "publish"],
    body: SeenBody,
) -> WholeIssue:
    """Take an issue back, count it anew, sign it, take the signature back, or publish it."""
    issue = _issue(request, issue_id)
    to_be(policies.may_take(request.standing, Step(step)))
    command: Callable[..., Issue] = {
        "take-back": services.take_back_issue,
        "renew": services.renew_issue,
        "sign": services.sign_issue,
        "unsign": services.unsign_issue,
        "publish": services.publish_issue,
    }[step]
    command(issue_id=issue.pk, seen=body.seen, actor=request.user, now=clock.now())
    return _whole(request, issue.pk)


def _issue(request: Request, issue_id: int) -> Issue:
    to_be(policies.may_read(request.standing))
    return found(queries.issues_visible_to(request.standing), issue_id)


def _written(request: Request, issue_id: int, body: WordsBody, step: Step) -> WholeIssue:
    """Let the form of the page judge the words, and keep them."""
    issue = _issue(request, issue_id)
    to_be(policies.may_take(request.standing, step))
    given = {
        "seen": body.seen,
        "title": body.title,
        "summary": body.summary,
        "told": body.told,
        **{section.value: words for section, words in body.notes.items()},
    }
    briefing = services.told_now(restored(issue.content))
    form = forms.IssueForm(briefing, fields_of(given))
    checked(form)
    command = services.save_issue if step == Step.SAVE else services.hand_up_issue
    command(
        issue_id=issue.pk,
        seen=form.version,
        edits=form.edits(),
        actor=request.user,
        now=clock.now(),
    )
    return _whole(request, issue.pk)


def _reasoned(
    request: Request, issue_id: int, body: ReasonBody, step: Step, command: Callable[..., Issue]
) -> None:
    issue = _issue(request, issue_id)
    to_be(policies.may_take(request.standing, step))
    form = forms.ReasonForm(fields_of(body))
    given = checked(form)
    command(
        issue_id=issue.pk,
        seen=form.version,
        reason=given["reason"],
        actor=request.user,
        now=clock.now(),
    )


def _whole(request: Request, issue_id: int) -> WholeIssue:
    issue = _issue(request, issue_id)
    told = services.told_now(restored(issue.content))
    return WholeIssue(
        **_values(issue),
        title=told.title,
        notes={str(section): words for section, words in told.notes.items()},
        offered=[item_part(one) for one in told.more_notable],
        returned_why=issue.returned_why,
        withdrawn_why=issue.withdrawn_why,
        steps=sorted(step.value for step in services.steps_of(issue, request.standing)),
        briefing=briefing_part(told),
    )


def _parts(rows: Sequence[Issue]) -> list[IssuePart]:
    return [IssuePart(**_values(row)) for row in rows]


def _values(row: Issue) -> dict[str, Any]:
    return {
        "id": row.pk,
        "edition": Edition(row.edition),
        "day": row.day,
        "first_day": row.first_day,
        "state": IssueState(row.state),
        "version": row.version,
        "number": row.number,
        "number_words": row.number_words,
        "corrects": row.corrects_id,
        "signed_by": row.signed_by.name if row.signed_by else "",
        "drafted_at": row.drafted_at,
        "edited_at": row.edited_at,
        "signed_at": row.signed_at,
        "published_at": row.published_at,
        "withdrawn_at": row.withdrawn_at,
    }
