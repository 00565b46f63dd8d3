"""What goes across the apps: finding, and the work in the background."""

from __future__ import annotations

from datetime import datetime

from ninja import Status
from pydantic import Field

from shuniu.zone.desk import queries as desk
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.api import Key, Part, Request, Words, area, to_be
from shuniu.zone.portal import policies, queries, services
from shuniu.zone.registry import queries as registry

MOST_CASES = 20
MOST_ENTERPRISES = 5
search = area("Search")
system = area("System")


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
    found = queries.background(clock.now())
    return SystemPart(
        waiting=found.waiting,
        oldest_due_at=found.oldest_due_at,
        done=found.done,
        dead=[
            DeadPart(
                id=one.pk,
                reaction=one.reaction,
                attempts=one.attempts,
                last_error=one.last_error,
            )
            for one in found.dead
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
