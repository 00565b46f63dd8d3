"""Cases that may be the same, and what a person says of two cases, for programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from pydantic import Field

from shuniu.zone.desk import policies, queries, services
from shuniu.zone.desk.models import Case
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.api import Key, Part, Request, area, found, to_be

links = area("Cases")


class AlikePart(Part):
    """An open case that may be the same need, and what says so."""

    id: Key
    number: str
    enterprise: str
    rule: Literal["words", "near"] = Field(
        description="words: nearly the same words; near: same category, at most 1 km and 48 hours"
    )
    like_pct: int = Field(description="How alike the texts are")
    apart_m: float | None = Field(description="How far apart; null: a position is not known")
    apart_s: int = Field(description="Seconds between the two")


class LinksPart(Part):
    """The cases that have to do with a case, as far as one sees them."""

    id: Key
    parent: Key | None = Field(description="The case that it is handled or was answered with")
    followers: list[Key] = Field(description="The cases that are handled with this one")
    related: list[Key]


@links.get(
    "/cases/{int:case_id}/alike",
    url_name="case-alike",
    operation_id="case_alike",
    response=list[AlikePart],
)
def case_alike(request: Request, case_id: Key) -> list[AlikePart]:
    """List the open cases that may be the same need, each with the rule and why."""
    case = found(queries.cases_visible_to(request.standing), case_id)
    to_be(policies.may_link(request.standing, case))
    return [
        AlikePart(
            id=one.case.pk,
            number=one.case.number,
            enterprise=one.case.enterprise.name,
            rule=one.rule.value,
            like_pct=one.like_pct,
            apart_m=one.apart_m,
            apart_s=round(one.apart.total_seconds()),
        )
        for one in services.cases_alike(case=case, who=request.standing)
    ]


@links.post(
    "/cases/{int:case_id}/beside/{int:other_id}/{step}",
    url_name="case-beside",
    operation_id="case_beside",
    response=LinksPart,
)
def case_beside(
    request: Request, case_id: Key, other_id: Key, step: Literal["relate", "unrelate", "not-same"]
) -> LinksPart:
    """Say that two cases are related, no longer related, or not the same."""
    seen = found(queries.cases_visible_to(request.standing), case_id)
    command: Callable[..., Case] = {
        "relate": services.relate_cases,
        "unrelate": services.unrelate_cases,
        "not-same": services.tell_apart,
    }[step]
    case = command(case_id=seen.pk, other_id=other_id, actor=request.user, now=clock.now())
    return LinksPart(
        id=case.pk,
        parent=case.parent_id,
        followers=[one.pk for one in queries.followers_of(case)],
        related=[one.pk for one in queries.related_cases(request.standing, case)],
    )
