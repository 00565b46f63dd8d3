"""The words of a case: states, moves, channels, urgency, lights."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class CaseState(TextChoices):
    SUBMITTED = "SUBMITTED", _("submitted")
    ACCEPTED = "ACCEPTED", _("accepted")
    DISPATCHED = "DISPATCHED", _("dispatched")
    SIGNED = "SIGNED", _("signed for")
    IN_PROGRESS = "IN_PROGRESS", _("in progress")
    REPLIED = "REPLIED", _("replied")
    CLOSED = "CLOSED", _("closed")
    RETURNED = "RETURNED", _("returned")
    REOPENED = "REOPENED", _("reopened")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")
    WAITING = "WAITING", _("waiting for the enterprise")
    SUSPENDED = "SUSPENDED", _("suspended")
    REJECTED = "REJECTED", _("not accepted")
    ESCALATED = "ESCALATED", _("with the district")
    MERGED = "MERGED", _("handled with another")
    SPLIT = "SPLIT", _("divided into several")


# The only two states in which the clocks of the unit stand still before there is an answer.
PAUSED = frozenset({CaseState.WAITING, CaseState.SUSPENDED})
OVER = frozenset({CaseState.CLOSED, CaseState.WITHDRAWN, CaseState.REJECTED, CaseState.SPLIT})
WITH_CENTER = frozenset({CaseState.SUBMITTED, CaseState.ACCEPTED, CaseState.RETURNED})
WITH_ENTERPRISE = frozenset({CaseState.REPLIED, CaseState.WAITING})
WITH_PERSON = frozenset({CaseState.SIGNED, CaseState.IN_PROGRESS})
WAITING_FOR_UNIT = frozenset({CaseState.DISPATCHED}) | WITH_PERSON
# A case that others are handled with: open, and not answered yet.
CAN_LEAD = frozenset(CaseState) - OVER - {CaseState.REPLIED, CaseState.MERGED}


class Step(TextChoices):
    """What can be done to a case."""

    ACCEPT = "accept", _("Accept")
    REJECT = "reject", _("Do not accept")
    OBJECT = "object", _("Object")
    DISPATCH = "dispatch", _("Dispatch")
    SIGN = "sign", _("Sign for")
    CONTACT = "contact", _("Note the first contact")
    PLAN = "plan", _("Make a plan")
    NOTE = "note", _("Add progress")
    REPLY = "reply", _("Reply")
    RETURN = "return", _("Return")
    ASK = "ask", _("Ask the enterprise")
    ANSWER = "answer", _("Answer the question")
    RESUME = "resume", _("Go on with it")
    ASK_EXTENSION = "ask-extension", _("Ask for more time")
    GRANT_EXTENSION = "grant-extension", _("Grant more time")
    ASK_SUSPENSION = "ask-suspension", _("Ask to suspend it")
    SUSPEND = "suspend", _("Suspend")
    DENY = "deny", _("Refuse the request")
    REVIEW = "review", _("Report and set the next review")
    ESCALATE = "escalate", _("Hand up to the district")
    TAKE_BACK = "take-back", _("Take back from the district")
    CONFIRM = "confirm", _("Confirm")
    REFUSE = "refuse", _("Not solved")
    WITHDRAW = "withdraw", _("Withdraw")
    ADD = "add", _("Add to the case")
    URGE = "urge", _("Urge the unit")
    RESPOND = "respond", _("Answer the urging")
    CALL_BACK = "call-back", _("Call the enterprise back")
    CHECK_WITHDRAWAL = "check-withdrawal", _("Note why it was withdrawn")
    MERGE = "merge", _("Handle with another case")
    UNMERGE = "unmerge", _("Handle on its own again")
    SPLIT = "split", _("Divide into several")


S = CaseState
# From which states a step may be taken, and the state that it leads to (None: it stays).
TRANSITIONS: dict[Step, tuple[frozenset[CaseState], CaseState | None]] = {
    Step.ACCEPT: (frozenset({S.SUBMITTED, S.REOPENED}), S.ACCEPTED),
    Step.REJECT: (frozenset({S.SUBMITTED, S.REOPENED}), S.REJECTED),
    Step.OBJECT: (frozenset({S.REJECTED}), S.REOPENED),
    Step.DISPATCH: (frozenset({S.ACCEPTED, S.RETURNED, S.REOPENED}), S.DISPATCHED),
    Step.SIGN: (frozenset({S.DISPATCHED}), S.SIGNED),
    Step.CONTACT: (frozenset({S.SIGNED, S.IN_PROGRESS}), None),
    Step.PLAN: (frozenset({S.SIGNED, S.IN_PROGRESS}), S.IN_PROGRESS),
    Step.NOTE: (frozenset({S.SIGNED, S.IN_PROGRESS}), S.IN_PROGRESS),
    Step.REPLY: (frozenset({S.SIGNED, S.IN_PROGRESS}), S.REPLIED),
    Step.RETURN: (frozenset({S.DISPATCHED, S.SIGNED}), S.RETURNED),
    Step.ASK: (WITH_PERSON, S.WAITING),
    Step.ANSWER: (frozenset({S.WAITING}), S.IN_PROGRESS),
    Step.RESUME: (PAUSED, S.IN_PROGRESS),
    Step.ASK_EXTENSION: (WITH_PERSON, None),
    Step.GRANT_EXTENSION: (WITH_PERSON, None),
    Step.ASK_SUSPENSION: (WITH_PERSON, None),
    Step.SUSPEND: (WITH_PERSON, S.SUSPENDED),
    Step.DENY: (WITH_PERSON, None),
    Step.REVIEW: (frozenset({S.SUSPENDED}), None),
    Step.ESCALATE: (
        frozenset({S.ACCEPTED, S.RETURNED, S.REOPENED}) | WITH_PERSON,
        S.ESCALATED,
    ),
    Step.TAKE_BACK: (frozenset({S.ESCALATED}), S.ACCEPTED),
    Step.CONFIRM: (frozenset({S.REPLIED}), S.CLOSED),
    Step.REFUSE: (frozenset({S.REPLIED}), S.REOPENED),
    Step.WITHDRAW: (frozenset(S) - OVER, S.WITHDRAWN),
    Step.ADD: (frozenset(S) - OVER, None),
    Step.URGE: (WAITING_FOR_UNIT, None),
    Step.RESPOND: (WAITING_FOR_UNIT | PAUSED | {S.REPLIED}, None),
    # A call-back that hears "not solved" opens the case again: REOPENED.
    Step.CALL_BACK: (frozenset({S.CLOSED}), None),
    Step.CHECK_WITHDRAWAL: (frozenset({S.WITHDRAWN}), None),
    Step.MERGE: (WITH_CENTER | WAITING_FOR_UNIT, S.MERGED),
    Step.UNMERGE: (frozenset({S.MERGED}), S.ACCEPTED),
    Step.SPLIT: (WITH_CENTER, S.SPLIT),
}


class Channel(TextChoices):
    WECHAT_ACCOUNT = "wechat_account", _("WeChat account")
    HALL = "hall", _("service hall")
    PHONE = "phone", _("phone")
    VISIT = "visit", _("visit")
    WECHAT_GROUP = "wechat_group", _("WeChat group")
    HOTLINE_12345 = "hotline_12345", _("12345 hotline")
    MEETING = "meeting", _("meeting")


class Urgency(TextChoices):
    CRITICAL = "critical", _("critical")
    HIGH = "high", _("high")
    NORMAL = "normal", _("normal")
    LOW = "low", _("low")


class Sensitivity(TextChoices):
    NORMAL = "normal", _("normal")
    CONFIDENTIAL = "confidential", _("confidential")
    COMPLAINANT_PROTECTED = "complainant_protected", _("complainant protected")
    RESTRICTED = "restricted", _("restricted")


class Solved(TextChoices):
    YES = "yes", _("solved")
    PARTLY = "partly", _("partly solved")
    EXPLAINED = "explained", _("explained")
    NO = "no", _("not solved")


class Grade(IntegerChoices):
    """The five grades of the national scale (好差评); the two lowest are bad ones."""

    VERY_SATISFIED = 5, _("very satisfied")
    SATISFIED = 4, _("satisfied")
    FAIRLY_SATISFIED = 3, _("fairly satisfied")
    DISSATISFIED = 2, _("dissatisfied")
    VERY_DISSATISFIED = 1, _("very dissatisfied")


class Light(TextChoices):
    GREEN = "green", _("on time")
    BLUE = "blue", _("due soon")
    YELLOW = "yellow", _("slipping")
    RED = "red", _("overdue")
    PURPLE = "purple", _("long overdue")
    NONE = "none", _("no clock")


class NoteKind(TextChoices):
    CONTACT = "CONTACT", _("first contact")
    PLAN = "PLAN", _("plan")
    PROGRESS = "PROGRESS", _("progress")
    REPLY = "REPLY", _("reply")
    RETURN = "RETURN", _("reason for return")
    REFUSAL = "REFUSAL", _("why it is not solved")
    RATING = "RATING", _("comment")
    WITHDRAWAL = "WITHDRAWAL", _("reason for withdrawal")
    ADDITION = "ADDITION", _("added by the enterprise")
    ACCEPTANCE = "ACCEPTANCE", _("note of the center")
    QUESTION = "QUESTION", _("question to the enterprise")
    ANSWER = "ANSWER", _("answer of the enterprise")
    RESUMING = "RESUMING", _("why it goes on")
    REQUEST = "REQUEST", _("request of the unit")
    DECISION = "DECISION", _("decision of the supervisor")
    REVIEW = "REVIEW", _("report on a suspended case")
    REJECTION = "REJECTION", _("why it is not accepted, and where to go")
    OBJECTION = "OBJECTION", _("why it should be accepted")
    ESCALATION = "ESCALATION", _("why it goes to the district")
    TAKEN_BACK = "TAKEN_BACK", _("what the district said")
    URGING = "URGING", _("urging")
    RESPONSE = "RESPONSE", _("answer to an urging")
    CALL_BACK = "CALL_BACK", _("what was heard at a call-back")
    WHY_WITHDREW = "WHY_WITHDREW", _("what was heard about a withdrawal")
    MERGING = "MERGING", _("why it is handled with another")
    PARTING = "PARTING", _("why it is handled on its own")


class RequestKind(TextChoices):
    """What a unit can ask a supervisor for."""

    EXTENSION = "EXTENSION", _("more time")
    SUSPENSION = "SUSPENSION", _("suspension")


class Pressed(TextChoices):
    """What an enterprise says when it is asked whether somebody pressed it to withdraw."""

    NO = "no", _("it was its own decision")
    YES = "yes", _("somebody pressed it")
    UNCLEAR = "unclear", _("it does not want to say")
    UNREACHED = "unreached", _("nobody was reached")


class CallBackReason(TextChoices):
    """Why the zone wants to hear from the enterprise itself whether a closed case is solved."""

    GRADE = "GRADE", _("bad grade")
    SILENCE = "SILENCE", _("closed by silence")
    SOLVED = "SOLVED", _("not fully solved")
    URGENCY = "URGENCY", _("urgent")


class Decision(TextChoices):
    PENDING = "PENDING", _("not decided yet")
    GRANTED = "GRANTED", _("granted")
    REFUSED = "REFUSED", _("refused")
    DROPPED = "DROPPED", _("no longer needed")


# Words between center, supervisor and unit: the enterprise does not read them.
INTERNAL_NOTES = frozenset(
    {
        NoteKind.ACCEPTANCE,
        NoteKind.RETURN,
        NoteKind.REQUEST,
        NoteKind.DECISION,
        NoteKind.URGING,
        NoteKind.RESPONSE,
        NoteKind.CALL_BACK,
        NoteKind.WHY_WITHDREW,
        NoteKind.MERGING,
        NoteKind.PARTING,
    }
)

# What the unit that is spoken of does not find either.
UNSEARCHED_NOTES = frozenset({NoteKind.WHY_WITHDREW})


class LinkKind(TextChoices):
    """What a person said of two cases."""

    RELATED = "RELATED", _("related")
    DIFFERENT = "DIFFERENT", _("not the same")


# What stands in the place of words whose time is over, in the language of the zone.
PURGED_TEXT = _("(deleted: its time is over)")


class CasePart(StrEnum):
    """The parts of a case that can be searched: marks of its tokens.

    The heading is number and enterprise; the body what the enterprise may read, its files' names
    with it; inner are the notes that it may not.
    """

    HEADING = "h"
    BODY = "b"
    INNER = "i"
