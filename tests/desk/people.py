"""Who a case meets, cases at any place of their way, and what is known of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from shuniu.zone.accounts.models import User
from shuniu.zone.desk import services
from shuniu.zone.desk.choices import (
    OVER,
    CaseState,
    Channel,
    Light,
    NoteKind,
    Sensitivity,
    Solved,
    Urgency,
)
from shuniu.zone.desk.models import Attachment, Case, Note, Urging
from shuniu.zone.kernel.models import Fact
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.registry.models import Enterprise
from tests.factories import (
    THURSDAY_10,
    CaseFactory,
    EnterpriseFactory,
    clerk,
    handler,
    leader,
    member_of,
    office,
    supervisor,
)

TEXT = "厂门口的路灯坏了三盏,晚班工人看不清路。"
A_MINUTE = timedelta(minutes=1)
# What goes with a state in which nobody in the zone works on a case.
ENDS: dict[CaseState, dict[str, Any]] = {
    CaseState.CLOSED: {"closed_at": THURSDAY_10, "solved": Solved.YES},
    CaseState.WITHDRAWN: {"withdrawn_at": THURSDAY_10},
    CaseState.REJECTED: {"rejected_at": THURSDAY_10},
    CaseState.SPLIT: {"split_at": THURSDAY_10},
    CaseState.ESCALATED: {"escalated_to": "区交通运输局"},
}
WITH_HANDLER = frozenset(
    {
        CaseState.SIGNED,
        CaseState.IN_PROGRESS,
        CaseState.REPLIED,
        CaseState.WAITING,
        CaseState.SUSPENDED,
    }
)


@dataclass(frozen=True, slots=True)
class People:
    enterprise: Enterprise
    member: User
    clerk: User
    handler: User
    colleague: User
    supervisor: User
    leader: User
    inspector: User
    stranger: User


def people_of_the_desk() -> People:
    """Return an enterprise with its person, the center, a bureau with two people, and the rest."""
    enterprise = EnterpriseFactory.create()
    return People(
        enterprise=enterprise,
        member=member_of(enterprise),
        clerk=clerk(),
        handler=handler("planning_bureau"),
        colleague=handler("planning_bureau"),
        supervisor=supervisor(),
        leader=leader(),
        inspector=handler("discipline_group"),
        stranger=member_of(EnterpriseFactory.create()),
    )


def opened(people: People, at: datetime = THURSDAY_10, **given: Any) -> Case:
    """Return a case that the enterprise has sent in."""
    arguments: dict[str, Any] = {
        "enterprise": people.enterprise,
        "text": TEXT,
        "channel": Channel.WECHAT_ACCOUNT,
        "is_restricted": False,
        "actor": people.member,
    }
    return services.open_case(**(arguments | given), now=at)


def accepted(people: People, at: datetime = THURSDAY_10, urgency: Urgency = Urgency.NORMAL) -> Case:
    """Return a case about street lamps that the center has accepted at once."""
    return services.accept_case(
        case_id=opened(people, at).pk,
        category="municipal",
        subcategory="lighting",
        urgency=urgency,
        actor=people.clerk,
        now=at,
    )


def dispatched(people: People, at: datetime = THURSDAY_10, **given: Any) -> Case:
    """Return a case that was given to the planning bureau at once."""
    return services.dispatch_case(
        case_id=accepted(people, at, **given).pk,
        unit=office("planning_bureau"),
        actor=people.clerk,
        now=at,
    )


def signed(people: People, at: datetime = THURSDAY_10, **given: Any) -> Case:
    """Return a case that the handler has signed for at once."""
    case = dispatched(people, at, **given)
    return services.sign_case(case_id=case.pk, actor=people.handler, now=at)


def replied(people: People, at: datetime = THURSDAY_10) -> Case:
    """Return a case that the handler has answered at once."""
    case = signed(people, at)
    return services.reply_to_case(
        case_id=case.pk, text="三盏路灯已经修好。", actor=people.handler, now=at
    )


def case_in(state: CaseState, people: People, **given: Any) -> Case:
    """Return a case of the planning bureau that lies in ``state``, without a history."""
    arguments: dict[str, Any] = {
        "enterprise": people.enterprise,
        "state": state,
        "category": "municipal",
        "lead_unit": office("planning_bureau"),
    }
    if state in WITH_HANDLER:
        arguments["handler"] = people.handler
    if state in {CaseState.WAITING, CaseState.SUSPENDED}:
        arguments["paused_at"] = THURSDAY_10
    if state == CaseState.SUSPENDED:
        arguments["review_on"] = date(2026, 12, 1)
    if state == CaseState.REPLIED:
        arguments["replied_at"] = THURSDAY_10
    if state in OVER:
        arguments["light"] = Light.NONE
    if state == CaseState.MERGED and "parent" not in given:
        arguments["parent"] = case_in(CaseState.ACCEPTED, people)
    arguments |= ENDS.get(state, {})
    case = CaseFactory.create(**(arguments | given))
    if case.replied_at is not None:
        case.notes.create(
            kind=NoteKind.REPLY,
            text="三盏路灯已经修好。",
            author=people.handler,
            written_at=case.replied_at,
        )
    return case


def let_be_urged(case: Case, people: People) -> Urging:
    """Return an urging of a case that waits for the unit, without a history."""
    words = case.notes.create(
        kind=NoteKind.URGING, text="请尽快办理", author=people.supervisor, is_public=False,
        written_at=THURSDAY_10,
    )  # fmt: skip
    assert case.lead_unit is not None
    until = THURSDAY_10.date() + timedelta(days=1)
    Case.objects.filter(pk=case.pk).update(urged_until=until)
    urging: Urging = Urging.objects.create(
        case=case, unit=case.lead_unit, year=2026, serial=case.pk, until=until, words=words,
        urged_by=people.supervisor, urged_at=THURSDAY_10,
    )  # fmt: skip
    return urging


def restricted_case(people: People, **given: Any) -> Case:
    """Return a restricted case that lies with the discipline office."""
    return CaseFactory.create(
        **{
            "enterprise": people.enterprise,
            "sensitivity": Sensitivity.RESTRICTED,
            "lead_unit": office("discipline_group"),
            **given,
        }
    )


def known_of(case: Case) -> tuple[dict[str, Any], int, int, int]:
    """Return all columns of a case as stored now, and how many notes, facts and files exist.

    That somebody signed in or was refused is no fact of the desk.
    """
    columns = Case.objects.filter(pk=case.pk).values().get()
    facts = Fact.objects.filter(kind__startswith="desk.").count()
    return dict(columns), Note.objects.count(), facts, Attachment.objects.count()


@contextmanager
def refused(refusal: type[Refusal], row: Case, /, **places: object) -> Iterator[None]:
    """Expect exactly this refusal with these places, and nothing changed or told."""
    before = known_of(row)
    with pytest.raises(refusal) as told:
        yield
    assert (told.type, told.value.places) == (refusal, places)
    assert str(told.value)
    assert known_of(row) == before


def facts_told(case: Case) -> list[Fact]:
    """Return the facts of a case, the oldest first."""
    return list(Fact.objects.filter(subject=f"desk.case:{case.pk}").order_by("pk"))


def last_fact(case: Case) -> tuple[str, int | None, datetime, dict[str, Any]]:
    """Return kind, actor, moment and data of the last fact of a case."""
    fact = facts_told(case)[-1]
    return fact.kind, fact.actor_id, fact.happened_at, fact.data


def last_note(case: Case) -> tuple[int, tuple[str, str, int | None, datetime]]:
    """Return the id of the last note of a case, and its kind, text, author and moment."""
    note = case.notes.order_by("pk").last()
    assert note is not None
    return note.pk, (note.kind, note.text, note.author_id, note.written_at)
