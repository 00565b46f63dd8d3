"""The way of a case as the tests know it, written down a second time on purpose."""

from __future__ import annotations

# From a state, by a step, to a state. What is not here is not possible.
WAY: dict[str, dict[str, str]] = {
    "SUBMITTED": {
        "accept": "ACCEPTED",
        "reject": "REJECTED",
        "withdraw": "WITHDRAWN",
        "add": "SUBMITTED",
    },
    "REJECTED": {"object": "REOPENED"},
    "ACCEPTED": {
        "dispatch": "DISPATCHED",
        "escalate": "ESCALATED",
        "withdraw": "WITHDRAWN",
        "add": "ACCEPTED",
    },
    "ESCALATED": {"take-back": "ACCEPTED", "withdraw": "WITHDRAWN", "add": "ESCALATED"},
    "DISPATCHED": {
        "sign": "SIGNED",
        "return": "RETURNED",
        "withdraw": "WITHDRAWN",
        "add": "DISPATCHED",
        "urge": "DISPATCHED",
        "respond": "DISPATCHED",
    },
    "SIGNED": {
        "ask": "WAITING",
        "ask-extension": "SIGNED",
        "grant-extension": "SIGNED",
        "ask-suspension": "SIGNED",
        "suspend": "SUSPENDED",
        "deny": "SIGNED",
        "escalate": "ESCALATED",
        "contact": "SIGNED",
        "plan": "IN_PROGRESS",
        "note": "IN_PROGRESS",
        "reply": "REPLIED",
        "return": "RETURNED",
        "withdraw": "WITHDRAWN",
        "add": "SIGNED",
        "urge": "SIGNED",
        "respond": "SIGNED",
    },
    "IN_PROGRESS": {
        "ask": "WAITING",
        "ask-extension": "IN_PROGRESS",
        "grant-extension": "IN_PROGRESS",
        "ask-suspension": "IN_PROGRESS",
        "suspend": "SUSPENDED",
        "deny": "IN_PROGRESS",
        "escalate": "ESCALATED",
        "contact": "IN_PROGRESS",
        "plan": "IN_PROGRESS",
        "note": "IN_PROGRESS",
        "reply": "REPLIED",
        "withdraw": "WITHDRAWN",
        "add": "IN_PROGRESS",
        "urge": "IN_PROGRESS",
        "respond": "IN_PROGRESS",
    },
    "REPLIED": {
        "confirm": "CLOSED",
        "refuse": "REOPENED",
        "withdraw": "WITHDRAWN",
        "add": "REPLIED",
        "respond": "REPLIED",
    },
    "RETURNED": {
        "dispatch": "DISPATCHED",
        "escalate": "ESCALATED",
        "withdraw": "WITHDRAWN",
        "add": "RETURNED",
    },
    "REOPENED": {
        "accept": "ACCEPTED",
        "reject": "REJECTED",
        "dispatch": "DISPATCHED",
        "escalate": "ESCALATED",
        "withdraw": "WITHDRAWN",
        "add": "REOPENED",
    },
    "WAITING": {
        "answer": "IN_PROGRESS",
        "resume": "IN_PROGRESS",
        "withdraw": "WITHDRAWN",
        "add": "WAITING",
        "respond": "WAITING",
    },
    "SUSPENDED": {
        "resume": "IN_PROGRESS",
        "review": "SUSPENDED",
        "withdraw": "WITHDRAWN",
        "add": "SUSPENDED",
        "respond": "SUSPENDED",
    },
    "CLOSED": {"call-back": "CLOSED"},
    "WITHDRAWN": {},
}
STEPS = (
    "accept", "reject", "object", "dispatch", "sign", "contact", "plan", "note",
    "reply", "return", "ask", "answer", "resume", "ask-extension", "grant-extension",
    "ask-suspension", "suspend", "deny", "review", "escalate", "take-back", "confirm", "refuse",
    "withdraw", "add", "urge", "respond", "call-back",
)  # fmt: skip
# What is said beside the way: the case stays where it is, and so does every clock.
BESIDE = frozenset({"add", "urge", "respond", "call-back"})
