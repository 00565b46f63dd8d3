"""Who is told what of a case, and in which words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.choices import ENTERPRISE_ROLES, Role
from shuniu.zone.accounts.models import User
from shuniu.zone.desk import facts
from shuniu.zone.desk.choices import WITH_CENTER, CaseState, Light, Sensitivity, Urgency
from shuniu.zone.desk.models import Case, Urging
from shuniu.zone.kernel.models import Fact
from shuniu.zone.notices.choices import NoticeKind
from shuniu.zone.notices.queries import handlers_of, members_of, people_with
from shuniu.zone.notices.services import Telling, tell
from shuniu.zone.registry.queries import office_of_code, profile_in_force, profile_of

FIRM = ENTERPRISE_ROLES
CENTER = frozenset({Role.CENTER_CLERK, Role.UNIT_HANDLER})
UNIT = frozenset({Role.UNIT_HANDLER})
ABOVE = CENTER | {Role.SUPERVISOR}


def _kind(
    code: str, label: Promise, sentence: Promise, icon: str, roles: frozenset[Role]
) -> NoticeKind:
    return NoticeKind(
        f"desk.{code}", label, sentence, "desk.case", "desk:case-page", icon, roles=roles
    )


RECEIVED = _kind(
    "received",
    _("A need of my enterprise was received"),
    _("Case %(number)s was received and will be answered by %(due)s at the latest."),
    "inbox",
    FIRM,
)
OPENED = _kind(
    "opened",
    _("A new need came in"),
    _("New: case %(number)s waits to be accepted."),
    "inbox",
    CENTER,
)
DISPATCHED = _kind(
    "dispatched",
    _("A case was given to my unit"),
    _("Case %(number)s was given to %(unit)s."),
    "arrow-right",
    UNIT,
)
REJECTED = _kind(
    "rejected",
    _("A need of my enterprise was not accepted"),
    _("Case %(number)s was not accepted: please read why and where to go instead."),
    "info-circle",
    FIRM,
)
OBJECTED = _kind(
    "objected",
    _("An enterprise objects to a rejection"),
    _("Case %(number)s: the enterprise objects to the rejection. Please judge it."),
    "history",
    UNIT | {Role.SUPERVISOR},
)
ESCALATED = _kind(
    "escalated",
    _("A case was handed up to the district"),
    _("Case %(number)s was handed up to the district."),
    "arrow-right",
    FIRM | UNIT,
)
TAKEN_BACK = _kind(
    "taken_back",
    _("A case came back from the district"),
    _("Case %(number)s came back from the district and waits to be dispatched."),
    "arrow-back-up",
    FIRM | CENTER,
)
RETURNED = _kind(
    "returned",
    _("A unit returned a case"),
    _("Case %(number)s came back from its unit and waits to be dispatched again."),
    "arrow-back-up",
    CENTER,
)
YELLOW = _kind(
    "yellow", _("A light turned yellow"), _("Case %(number)s is slipping."), "alert-triangle", ABOVE
)
RED = _kind(
    "red", _("A light turned red"), _("Case %(number)s is overdue."), "alert-triangle", ABOVE
)
PURPLE = _kind(
    "purple",
    _("A light turned purple"),
    _("Case %(number)s is long overdue."),
    "alert-triangle",
    ABOVE | {Role.LEADER},
)
REPLIED = _kind(
    "replied",
    _("A case of my enterprise was answered"),
    _(
        "Case %(number)s was answered: please read the answer and confirm it, or say what is"
        " missing."
    ),
    "message-plus",
    FIRM,
)
ASKED = _kind(
    "asked",
    _("A unit asks my enterprise something"),
    _("Case %(number)s: the unit needs your answer to go on."),
    "message-plus",
    FIRM,
)
ANSWERED = _kind(
    "answered",
    _("The enterprise answered a question"),
    _("Case %(number)s: the enterprise answered the question. The clocks go on."),
    "message-plus",
    UNIT,
)
REQUESTED = _kind(
    "requested",
    _("A unit asks for more time or a suspension"),
    _("Case %(number)s: %(unit)s asks for more time or a suspension and waits for the decision."),
    "clock",
    UNIT | {Role.SUPERVISOR},
)
DECIDED = _kind(
    "decided",
    _("The supervisor decided about a request of mine"),
    _("Case %(number)s: the request was decided about. The answer is due on %(due)s."),
    "checklist",
    UNIT,
)
LATER = _kind(
    "later",
    _("A need of my enterprise gets another date"),
    _("Case %(number)s gets another date. Please open it to read why."),
    "clock",
    FIRM,
)
CONFIRMED = _kind(
    "confirmed",
    _("The enterprise confirmed an answer"),
    _("Case %(number)s: the enterprise confirmed the answer. It is closed."),
    "circle-check",
    UNIT,
)
REOPENED = _kind(
    "reopened",
    _("An answer did not satisfy"),
    _("Case %(number)s: the answer did not satisfy, the case is open again with the supervisor."),
    "history",
    UNIT | {Role.SUPERVISOR},
)
SILENT = _kind(
    "silent",
    _("A case was closed because nobody objected"),
    _("Case %(number)s was closed: nothing was heard after the answer."),
    "clock",
    FIRM | UNIT,
)
WITHDRAWN = _kind(
    "withdrawn",
    _("The enterprise withdrew a case"),
    _("Case %(number)s was withdrawn by the enterprise: nothing is left to do."),
    "arrow-back-up",
    CENTER,
)
URGED = _kind(
    "urged",
    _("A supervisor urges my unit"),
    _("Case %(number)s is urged by the supervisor: please answer on its page."),
    "alert-triangle",
    UNIT,
)
URGING_ANSWERED = _kind(
    "urging_answered",
    _("A unit answered an urging"),
    _("Case %(number)s: the unit has answered the urging."),
    "message-circle",
    frozenset({Role.SUPERVISOR}),
)
MERGED = _kind(
    "merged",
    _("A need of my enterprise is handled together with others"),
    _("Case %(number)s is handled with the same need of others; you confirm the answer yourself."),
    "info-circle",
    FIRM,
)
HANDED_ON = _kind(
    "handed_on",
    _("A case that I had signed for is handled with another one"),
    _("Case %(number)s is handled together with another one now: nothing is left to do in it."),
    "arrow-right",
    UNIT,
)
JOINED = _kind(
    "joined",
    _("Another enterprise needs the same"),
    _("Case %(number)s: another enterprise needs the same. One answer comes for all."),
    "plus",
    FIRM | UNIT,
)
PARTED = _kind(
    "parted",
    _("A case is handled on its own again"),
    _("Case %(number)s is handled on its own again; the center gives it to a unit."),
    "arrow-back-up",
    FIRM | CENTER,
)
DIVIDED = _kind(
    "divided",
    _("A need of my enterprise is handled in parts"),
    _("Case %(number)s tells of several needs: each is a case of its own now, its clock goes on."),
    "info-circle",
    FIRM,
)
KINDS = (
    RECEIVED, OPENED, REJECTED, OBJECTED, DISPATCHED, RETURNED, ESCALATED, TAKEN_BACK, YELLOW, RED,
    PURPLE, REPLIED, ASKED, ANSWERED, REQUESTED, DECIDED, LATER, CONFIRMED, REOPENED, SILENT,
    WITHDRAWN, URGED, URGING_ANSWERED, MERGED, HANDED_ON, JOINED, PARTED, DIVIDED,
)  # fmt: skip

BY_LIGHT = {Light.YELLOW: YELLOW, Light.RED: RED, Light.PURPLE: PURPLE}


@dataclass(frozen=True, slots=True)
class Said:
    """What is said to whom; ``has_group`` is whether a group hears it, too."""

    kind: NoticeKind
    to: frozenset[int]
    has_group: bool = False
    is_urgent: bool = False


def tell_of(told: Sequence[tuple[Case, Fact]], *, actor: User | None, now: datetime) -> None:
    """Tell people what was done to cases, in the transaction in which it was done."""
    tellings = [telling for case, fact in told for telling in _tellings(case, fact)]
    if tellings:
        tell(tellings=tellings, actor=actor, now=now)


def _tellings(case: Case, fact: Fact) -> Iterator[Telling]:
    rule = RULES.get(fact.kind)
    if rule is None:
        return
    values = _values(case)
    is_bare = case.sensitivity != Sensitivity.NORMAL
    for said in rule(case, fact):
        yield Telling(
            kind=said.kind,
            key=str(case.pk),
            values=values,
            to=said.to,
            occasion=f"fact {fact.pk}",
            has_group=said.has_group,
            office_id=_office_id(case),
            only_own_group=case.is_restricted,
            is_bare=is_bare,
            is_urgent=said.is_urgent or case.urgency == Urgency.CRITICAL,
        )


def _values(case: Case) -> Mapping[str, str]:
    """Return number, category, unit and deadline: none of them was written by anybody."""
    values = {"number": case.number, "due_at": case.done_due_at.isoformat()}
    category = next(
        (c for c in profile_of(case.profile_id).categories if c.code == case.category), None
    )
    if category is not None:
        values |= {"category_zh": category.zh, "category_en": category.en}
    if case.lead_unit is not None:
        values |= {"unit_zh": case.lead_unit.zh, "unit_en": case.lead_unit.en}
    return values


def _office_id(case: Case) -> int | None:
    """Return whose group hears of a case: that of its unit, or of the center before it has one."""
    if case.lead_unit_id is not None:
        return case.lead_unit_id
    return office_of_code(profile_in_force().profile.handling.fallback_unit).pk


def _unit(case: Case) -> frozenset[int]:
    """Return the one who signed for a case, or everybody in its unit who could."""
    if case.handler_id is not None:
        return frozenset({case.handler_id})
    return handlers_of(case.lead_unit_id) if case.lead_unit_id is not None else frozenset()


def _center(case: Case) -> frozenset[int]:
    """Return whose turn it is before a unit has a case; nobody else reads a restricted one."""
    return _unit(case) if case.is_restricted else people_with([Role.CENTER_CLERK])


def _above(case: Case, *roles: Role) -> frozenset[int]:
    return frozenset() if case.is_restricted else people_with(roles)


def _opened(case: Case, fact: Fact) -> Iterator[Said]:  # noqa: ARG001  # the shape of a rule
    yield Said(RECEIVED, members_of(case.enterprise_id))
    yield Said(OPENED, _center(case), has_group=True)


def _dispatched(case: Case, fact: Fact) -> Iterator[Said]:  # noqa: ARG001  # the same
    yield Said(DISPATCHED, _unit(case), has_group=True)


def _rejected(case: Case, fact: Fact) -> Iterator[Said]:  # noqa: ARG001  # the same
    yield Said(REJECTED, members_of(case.enterprise_id))


def _objected(case: Case, fact: Fact) -> Iterator[Said]:  # noqa: ARG001  # the same
    to = _unit(case) if case.is_restricted else people_with([Role.SUPERVISOR])
    yield Said(OBJECTED, to)


def _escalated(case: Case, fact: Fact) -> Iterator[Said]:  # noqa: ARG001  # the same
    yield Said(ESCALATED, members_of(case.enterprise_id) | _unit(case))


def _taken_back(case: Case, fact: Fact) -> Iterator[Said]:  # noqa: ARG001  # the same
    yield Said(TAKEN_BACK, members_of(case.enterprise_id) | _center(case))


def _returned(case: Case, fact: Fact) -> Iterator[Said]:  # noqa: ARG001  # the same
    yield Said(RETURNED, _center(case), has_group=True)


def _light(case: Case, fact: Fact) -> Iterator[Said]:
    kind = BY_LIGHT.get(Light(fact.data["light"]))
    if kind is None:
        return
    if case.state in WITH_CENTER:
        people = _center(case)
    elif case.state == CaseState.REOPENED:
        people = frozenset()
    else:
        people = _unit(case)
    roles = [Role.SUPERVISOR, *([Role.LEADER] if kind is PURPLE else [])]
    yield Said(kind, people | _above(case, *roles), has_group=True, is_urgent=kind is PURPLE)


def _replied(case: Case, fact: Fact) -> Iterator[Said]:  # noqa: ARG001  # the same
    yield Said(REPLIED, members_of(case.enterprise_id))


def _asked(case: Case, fact: Fact) -> Iterator[Said]:  # noqa: ARG001  # the same
    yield Said(ASKED, members_of(case.enterprise_id))


def _answered(case: Case, fact: Fact) -> Iterator[Said]:  # noqa: ARG001  # the same
    yield Said(ANSWERED, _unit(case))


def _requested(case: Case, fact: Fact) -> Iterator[Said]:  # noqa: ARG001  # the same
    """A supervisor decides; about a restricted case a colleague of the one who asks."""
    if case.is_restricted:
        everybody = handlers_of(case.lead_unit_id) if case.lead_unit_id else frozenset()
        yield Said(REQUESTED, everybody - _unit(case))
    else:
        yield Said(REQUESTED, people_with([Role.SUPERVISOR]))


def _granted(case: Case, fact: Fact) -> Iterator[Said]:  # noqa: ARG001  # the same
    yield Said(DECIDED, _unit(case))
    yield Said(LATER, members_of(case.enterprise_id))


def _denied(case: Case, fact: Fact) -> Iterator[Said]:  # noqa: ARG001  # the same
    yield Said(DECIDED, _unit(case))


def _closed(case: Case, fact: Fact) -> Iterator[Said]:
    if fact.data["by_silence"]:
        yield Said(SILENT, members_of(case.enterprise_id) | _unit(case))
    else:
        yield Said(CONFIRMED, _unit(case))


def _reopened(case: Case, fact: Fact) -> Iterator[Said]:  # noqa: ARG001  # the same
    yield Said(REOPENED, _unit(case) | _above(case, Role.SUPERVISOR), has_group=True)


def _withdrawn(case: Case, fact: Fact) -> Iterator[Said]:  # noqa: ARG001  # the same
    yield Said(WITHDRAWN, _unit(case) or _center(case))


def _urged(case: Case, fact: Fact) -> Iterator[Said]:  # noqa: ARG001  # the same
    yield Said(URGED, _unit(case), has_group=True, is_urgent=True)


def _urging_answered(case: Case, fact: Fact) -> Iterator[Said]:  # noqa: ARG001  # the same
    urging = Urging.objects.get(pk=fact.data["urging_id"])
    yield Said(URGING_ANSWERED, frozenset({urging.urged_by_id}))


def _rearranged(case: Case, fact: Fact) -> Iterator[Said]:
    is_split = fact.kind == facts.CaseSplit.kind
    yield Said(DIVIDED if is_split else MERGED, members_of(case.enterprise_id))
    if fact.data.get("handler_id") is not None:
        yield Said(HANDED_ON, frozenset({fact.data["handler_id"]}))


def _joined(case: Case, fact: Fact) -> Iterator[Said]:  # noqa: ARG001  # the same
    yield Said(JOINED, members_of(case.enterprise_id) | _unit(case))


def _parted(case: Case, fact: Fact) -> Iterator[Said]:  # noqa: ARG001  # the same
    yield Said(PARTED, members_of(case.enterprise_id) | _center(case))


RULES: Mapping[str, Callable[[Case, Fact], Iterator[Said]]] = {
    facts.CaseOpened.kind: _opened,
    facts.CaseDispatched.kind: _dispatched,
    facts.CaseRejected.kind: _rejected,
    facts.RejectionObjected.kind: _objected,
    facts.CaseEscalated.kind: _escalated,
    facts.CaseTakenBack.kind: _taken_back,
    facts.CaseReturned.kind: _returned,
    facts.LightChanged.kind: _light,
    facts.CaseReplied.kind: _replied,
    facts.EnterpriseAsked.kind: _asked,
    facts.EnterpriseAnswered.kind: _answered,
    **dict.fromkeys((facts.ExtensionAsked.kind, facts.SuspensionAsked.kind), _requested),
    facts.ExtensionGranted.kind: _granted,
    facts.CaseSuspended.kind: _granted,
    facts.RequestDenied.kind: _denied,
    facts.CaseClosed.kind: _closed,
    facts.CaseReopened.kind: _reopened,
    facts.CallBackUnsolved.kind: _reopened,
    facts.CaseWithdrawn.kind: _withdrawn,
    facts.CaseUrged.kind: _urged,
    facts.UrgingAnswered.kind: _urging_answered,
    facts.CaseMerged.kind: _rearranged,
    facts.CaseJoined.kind: _joined,
    facts.CaseParted.kind: _parted,
    facts.CaseSplit.kind: _rearranged,
}
