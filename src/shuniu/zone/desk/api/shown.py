"""Cases as programs read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from pydantic import Field

from shuniu.zone.desk import policies, queries
from shuniu.zone.desk.choices import (
    CaseState,
    Channel,
    Light,
    Sensitivity,
    Solved,
    Step,
    Urgency,
)
from shuniu.zone.desk.models import Attachment, Case
from shuniu.zone.kernel.api import Key, Part, Request
from shuniu.zone.registry import queries as registry


class Named(Part):
    """A row with its name."""

    id: Key
    name: str


class UnitPart(Part):
    """A unit of the zone."""

    code: str
    name: str


class BallPart(Part):
    """Who has the ball, and until when."""

    unit: str
    person: str = Field(description="Empty while nobody of the unit has signed for it")
    since: datetime
    next_due_at: datetime | None
    next_step: str
    is_assumed: bool = Field(description="The calendar of that year is not known yet")
    is_enterprise: bool = Field(description="The enterprise itself is asked")


class EntryPart(Part):
    """A line of the history."""

    at: datetime
    kind: str
    title: str
    who: str
    text: str
    rating: int | None


class FilePart(Part):
    """A file of a case; its bytes are at ``url``."""

    id: Key
    name: str
    content_type: str
    size_bytes: int
    sha256: str
    added_at: datetime
    url: str


class SuggestionPart(Part):
    """What the text seems to be about, for whoever accepts or dispatches it."""

    category: str
    unit: str
    urgency: str
    is_sure: bool


class CasePart(Part):
    """A case in a list."""

    id: Key
    number: str
    enterprise: Named
    text: str
    state: CaseState
    category: str
    subcategory: str
    urgency: Urgency
    sensitivity: Sensitivity
    unit: UnitPart | None
    handler: str
    ball: BallPart | None = Field(description="null when the case is over")
    light: Light
    round: int
    submitted_at: datetime
    updated_at: datetime
    contact_due_at: datetime
    plan_due_at: datetime
    done_due_at: datetime


class WholeCase(CasePart):
    """A case with its history, its files, and what the person may do with it now."""

    channel: Channel
    location_note: str
    accepted_at: datetime | None
    dispatched_at: datetime | None
    contacted_at: datetime | None
    planned_at: datetime | None
    planned_on: date | None
    replied_at: datetime | None
    closed_at: datetime | None
    withdrawn_at: datetime | None
    rejected_at: datetime | None
    escalated_to: str = Field(description="The body of the district that has or had it")
    escalated_number: str = Field(description="The number that it has there")
    outside_number: str = Field(description="Its number in the channel that it came by")
    solved: Solved | None
    rating: int | None
    is_confirmed_by_silence: bool
    urged_until: date | None = Field(
        description="By when the unit is to answer an urging; null: none waits. Staff only"
    )
    steps: list[Step] = Field(description="What this person can do with it now")
    may_attach: bool
    suggestion: SuggestionPart | None
    history: list[EntryPart] = Field(description="The oldest first")
    files: list[FilePart]


MOMENTS = (
    "accepted_at", "dispatched_at", "contacted_at", "planned_at", "planned_on", "replied_at",
    "closed_at", "withdrawn_at", "rejected_at", "escalated_to", "escalated_number",
    "outside_number",
)  # fmt: skip
WITH_SUGGESTION = frozenset({Step.ACCEPT, Step.DISPATCH})


def parts_of(cases: Sequence[Case], language: str) -> list[CasePart]:
    """Return cases as a list shows them; their enterprises and units were fetched with them."""
    return [CasePart(**_part(case, language)) for case in cases]


def whole_case(request: Request, case: Case) -> WholeCase:
    """Return one case with all that this person may read of it."""
    who, language = request.standing, request.LANGUAGE_CODE
    steps = policies.steps_open_to(who, case)
    entries = queries.history_of(case, language=language, for_staff=who.is_staff)
    return WholeCase(
        **_part(case, language),
        **{name: getattr(case, name) for name in MOMENTS},
        channel=Channel(case.channel),
        location_note=case.location_note,
        solved=Solved(case.solved) if case.solved else None,
        rating=case.rating,
        is_confirmed_by_silence=case.is_confirmed_by_silence,
        urged_until=case.urged_until if who.is_staff else None,
        steps=list(steps),
        may_attach=policies.may_attach(who, case),
        suggestion=_suggestion(case) if WITH_SUGGESTION & {*steps} else None,
        history=[
            EntryPart(at=e.at, kind=e.kind, title=e.title, who=e.who, text=e.text, rating=e.rating)
            for e in entries
        ],
        files=[file_part(one) for one in case.attachments.exclude(path="").order_by("pk")],
    )


def file_part(found: Attachment) -> FilePart:
    """Return a file as a case lists it."""
    return FilePart(
        id=found.pk,
        name=found.name,
        content_type=found.content_type,
        size_bytes=found.size_bytes,
        sha256=found.sha256,
        added_at=found.added_at,
        url=f"/api/v1/files/{found.pk}",
    )


def version_parts(case: Case) -> tuple[object, ...]:
    """Return what makes another version of a case: every step and light moves one of them."""
    return case.pk, case.state, case.updated_at, case.light, case.round


def _part(case: Case, language: str) -> dict[str, Any]:
    unit = case.lead_unit
    return {
        "id": case.pk,
        "number": case.number,
        "enterprise": Named(id=case.enterprise_id, name=case.enterprise.name),
        "text": case.text,
        "state": CaseState(case.state),
        "category": case.category,
        "subcategory": case.subcategory,
        "urgency": Urgency(case.urgency),
        "sensitivity": Sensitivity(case.sensitivity),
        "unit": UnitPart(code=unit.code, name=unit.zh if _is_zh(language) else unit.en)
        if unit
        else None,
        "handler": case.handler.name if case.handler else "",
        "ball": _ball(case, language),
        "light": Light(case.light),
        "round": case.round,
        "submitted_at": case.submitted_at,
        "updated_at": case.updated_at,
        "contact_due_at": case.contact_due_at,
        "plan_due_at": case.plan_due_at,
        "done_due_at": case.done_due_at,
    }


def _is_zh(language: str) -> bool:
    return language.startswith("zh")


def _ball(case: Case, language: str) -> BallPart | None:
    profile = registry.profile_of(case.profile_id)
    center = profile.office(profile.handling.fallback_unit).label(language)
    holder = queries.holder_of(case, center=center, language=language)
    if holder is None:
        return None
    return BallPart(
        unit=holder.unit,
        person=holder.person,
        since=holder.since,
        next_due_at=holder.next_due_at,
        next_step=holder.next_step,
        is_assumed=holder.is_assumed,
        is_enterprise=holder.is_enterprise,
    )


def _suggestion(case: Case) -> SuggestionPart | None:
    found = case.suggestion
    if "category" not in found:
        return None
    return SuggestionPart(
        category=found["category"],
        unit=found["unit_code"],
        urgency=found["urgency"],
        is_sure=found["is_sure"],
    )
