"""What goes across the apps: finding, and the work in the background."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Query, Status
from pydantic import Field

from shuniu.zone.accounts import queries as accounts
from shuniu.zone.accounts import services as account_services
from shuniu.zone.accounts.choices import RequestState
from shuniu.zone.desk import queries as desk
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
    checked,
    fields_of,
    form_body,
    formed,
    found,
    page_of,
    to_be,
)
from shuniu.zone.portal import forms, policies, queries, services
from shuniu.zone.registry import queries as registry

MOST_CASES = 20
MOST_ENTERPRISES = 5
search = area("Search")
system = area("System")
protection = area("Data protection")


class FoundCase(Part):
    """A case that was found, with the place in it where the words stand."""

    id: Key
    number: str
    heading: str
    text: str
    where: str


class FoundFirm(Part):
    """An enterprise that was found."""

    id: Key
    name: str


class FoundPart(Part):
    """What was found, the best first."""

    cases: list[FoundCase]
    enterprises: list[FoundFirm]
    is_more: bool
    meant: list[str] = Field(description="Other words that would find something")


class DeadPart(Part):
    """Work that was given up."""

    id: Key
    reaction: str
    attempts: int
    last_error: str


class SystemPart(Part):
    """What runs in the background."""

    waiting: int
    oldest_due_at: datetime | None
    done: int
    dead: list[DeadPart]


@search.get("/search", url_name="search", operation_id="search", response=FoundPart)
def find(request: Request, words: Words) -> FoundPart:
    """Find cases and enterprises that have all words, as far as this person may see them."""
    who = request.standing
    to_be(policies.may_search(who))
    text = words.replace("\x00", "").strip()
    hits = desk.search(who, text, limit=MOST_CASES)
    firms = registry.enterprises_found(who, text, limit=MOST_ENTERPRISES) if who.is_staff else []
    return FoundPart(
        cases=[
            FoundCase(
                id=one.case.pk,
                number=one.case.number,
                heading="".join(words for words, _is_found in one.heading),
                text="".join(words for words, _is_found in one.text),
                where=str(one.where),
            )
            for one in hits.cases
        ],
        enterprises=[FoundFirm(id=firm.pk, name=firm.name) for firm in firms],
        is_more=hits.is_more,
        meant=[] if firms else [str(one) for one in hits.meant],
    )


@system.get("/system", url_name="system", operation_id="system_read", response=SystemPart)
def system_read(request: Request) -> SystemPart:
    """Read what runs in the background, and what was given up."""
    to_be(policies.may_run_system(request.standing))
    work = queries.background(clock.now())
    return SystemPart(
        waiting=work.waiting,
        oldest_due_at=work.oldest_due_at,
        done=work.done,
        dead=[
            DeadPart(
                id=one.pk,
                reaction=one.reaction,
                attempts=one.attempts,
                last_error=one.last_error,
            )
            for one in work.dead
        ],
    )


@system.post(
    "/system/deliveries/{int:delivery_id}/again",
    url_name="delivery-again",
    operation_id="delivery_again",
    response={204: None},
)
def delivery_again(request: Request, delivery_id: Key) -> Status[None]:
    """Give work that was given up another round."""
    services.send_again(delivery_id=delivery_id, actor=request.user, now=clock.now())
    return Status(204, None)


class DataRequestPart(Part):
    """Somebody who wants their data deleted."""

    id: Key
    person: Key
    name: str
    state: RequestState
    asked_at: datetime
    decided_at: datetime | None
    reason: str


@protection.get(
    "/data-requests",
    url_name="data-requests",
    operation_id="data_requests_list",
    response=Page[DataRequestPart],
)
def data_requests_list(request: Request, page: Query[PageQuery]) -> Page[DataRequestPart]:
    """List who asked for deletion, the newest first."""
    to_be(policies.may_protect_data(request.standing))
    rows = accounts.deletion_requests().order_by("-pk")
    return page_of(request, rows, lambda several: [_asked(one) for one in several], page)


@protection.get(
    "/data-requests/{int:request_id}",
    url_name="data-request",
    operation_id="data_request_read",
    response=DataRequestPart,
)
def data_request_read(request: Request, request_id: Key) -> DataRequestPart:
    """Read one request for deletion."""
    return _asked(_request(request, request_id))


@protection.post(
    "/data-requests/{int:request_id}/grant",
    url_name="data-request-grant",
    operation_id="data_request_grant",
    response=DataRequestPart,
)
def data_request_grant(request: Request, request_id: Key) -> DataRequestPart:
    """Delete the person who asked: this cannot be undone."""
    asked = _request(request, request_id)
    services.grant_deletion(request_id=asked.pk, actor=request.user, now=clock.now())
    return _asked(_request(request, request_id))


@protection.post(
    "/data-requests/{int:request_id}/refuse",
    url_name="data-request-refuse",
    operation_id="data_request_refuse",
    response=DataRequestPart,
)
@formed(form_body("Refusal", forms.RefuseForm))
def data_request_refuse(request: Request, request_id: Key, body: Body) -> DataRequestPart:
    """Tell the person who asked why not."""
    asked = _request(request, request_id)
    given = checked(forms.RefuseForm(fields_of(body)))
    account_services.refuse_deletion(
        request_id=asked.pk, reason=given["reason"], actor=request.user, now=clock.now()
    )
    return _asked(_request(request, request_id))


def _request(request: Request, request_id: int) -> Any:
    to_be(policies.may_protect_data(request.standing))
    return found(accounts.deletion_requests(), request_id)


def _asked(one: Any) -> DataRequestPart:
    return DataRequestPart(
        id=one.pk,
        person=one.user_id,
        name=one.user.name,
        state=RequestState(one.state),
        asked_at=one.asked_at,
        decided_at=one.decided_at,
        reason=one.reason,
    )
