"""One's own account, and the trail of what was done, for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import Http404
from ninja import Query, Status
from pydantic import ConfigDict, Field

from shuniu.zone.accounts import policies, queries, services
from shuniu.zone.accounts.models import AccessToken
from shuniu.zone.accounts.queries import trail
from shuniu.zone.accounts.queries.trail import TrailEntry, TrailFilter
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.api import Key, Part, Request, Words, area, to_be

account = area("Own account")
audit = area("Audit")


class OwnKey(Part):
    """A key of one's own; what it is itself nobody can read again."""

    id: Key
    name: str
    may_write: bool
    made_at: datetime
    expires_at: datetime
    used_on: date | None


class OwnSession(Part):
    """A browser in which one is signed in."""

    id: Key
    began_at: datetime
    seen_at: datetime
    address: str
    agent: str


class TrailEntryPart(Part):
    """A fact of the trail."""

    position: int
    at: datetime
    kind: str
    label: str
    who: str
    sign_in_name: str
    is_of_system: bool
    is_refusal: bool
    origin: str
    subject: str
    seal: str
    data: dict[str, Any]


class TrailPart(Part):
    """Some of the trail, the newest first."""

    items: list[TrailEntryPart]
    count: int = Field(description="How many were found; counted to a limit")
    older_than: int | None = Field(description="Position that the next page goes on from")


class TrailQuery(Part):
    """Which facts; the filters of the audit page."""

    model_config = ConfigDict(frozen=True)

    first_on: date | None = None
    last_on: date | None = None
    who: Literal["", "people", "nobody", "system"] = ""
    name: Words = ""
    kind: Words = ""
    origin: Words = ""
    subject: Words = ""
    result: Literal["", "done", "refused"] = ""
    older_than: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None


class CheckPart(Part):
    """A check of the whole chain of facts."""

    id: Key
    asked_at: datetime
    finished_at: datetime | None


@account.get("/keys", url_name="keys", operation_id="keys_list", response=list[OwnKey])
def keys_list(request: Request) -> list[OwnKey]:
    """List the own keys that still open something. New ones are made on the pages."""
    return [
        OwnKey(
            id=row.pk,
            name=row.name,
            may_write=row.may_write,
            made_at=row.made_at,
            expires_at=row.expires_at,
            used_on=row.used_on,
        )
        for row in queries.tokens_of(request.user, clock.now())
    ]


@account.post(
    "/keys/{int:key_id}/revoke",
    url_name="key-revoke",
    operation_id="key_revoke",
    response={204: None},
)
def key_revoke(request: Request, key_id: Key) -> Status[None]:
    """End one of the own keys, also the one that this is asked with."""
    try:
        services.revoke_token(token_id=key_id, actor=request.user, now=clock.now())
    except AccessToken.DoesNotExist:
        raise Http404 from None
    return Status(204, None)


@account.get(
    "/sessions", url_name="sessions", operation_id="sessions_list", response=list[OwnSession]
)
def sessions_list(request: Request) -> list[OwnSession]:
    """List where one is signed in."""
    return [
        OwnSession(
            id=row.pk,
            began_at=row.began_at,
            seen_at=row.seen_at,
            address=row.address,
            agent=row.agent,
        )
        for row in queries.sessions_of(request.user)
    ]


@audit.get("/audit", url_name="audit", operation_id="audit_list", response=TrailPart)
def audit_list(request: Request, wanted: Query[TrailQuery]) -> TrailPart:
    """Read the trail, the newest first."""
    to_be(policies.may_read_trail(request.standing.roles))
    given = {name: str(value) for name, value in wanted.model_dump().items() if value}
    page = trail.trail_page(TrailFilter.read(given, clock.today()), given)
    return TrailPart(
        items=[_entry(one) for one in page.entries], count=page.count, older_than=page.older
    )


@audit.get(
    "/audit/{int:position}",
    url_name="audit-entry",
    operation_id="audit_read",
    response=TrailEntryPart,
)
def audit_read(request: Request, position: Key) -> TrailEntryPart:
    """Read one fact."""
    to_be(policies.may_read_trail(request.standing.roles))
    found = trail.trail_entry(position)
    if found is None:
        raise Http404
    return _entry(found.entry)


@audit.post(
    "/audit/checks", url_name="audit-check", operation_id="audit_check", response={202: CheckPart}
)
def audit_check(request: Request) -> Status[CheckPart]:
    """Let the whole chain be checked in the background."""
    check = services.ask_for_check(actor=request.user, now=clock.now())
    return Status(
        202, CheckPart(id=check.pk, asked_at=check.asked_at, finished_at=check.finished_at)
    )


def _entry(one: TrailEntry) -> TrailEntryPart:
    return TrailEntryPart(
        position=one.position,
        at=one.at,
        kind=one.kind,
        label=str(one.label),
        who=one.who,
        sign_in_name=one.sign_in_name,
        is_of_system=one.is_of_system,
        is_refusal=one.is_refusal,
        origin=one.origin,
        subject=one.subject,
        seal=one.seal,
        data=dict(one.data),
    )
