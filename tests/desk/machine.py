"""The way of a case as the tests know it, written down a second time on purpose."""

from __future__ import annotations

# From a state, by a step, to a state. What is not here is not possible.
WAY: dict[str, dict[str, str]] = {
    "SUBMITTED": {"accept": "ACCEPTED", "withdraw": "WITHDRAWN", "add": "SUBMITTED"},
    "ACCEPTED": {"dispatch": "DISPATCHED", "withdraw": "WITHDRAWN", "add": "ACCEPTED"},
    "DISPATCHED": {
        "sign": "SIGNED",
        "return": "RETURNED",
        "withdraw": "WITHDRAWN",
        "add": "DISPATCHED",
    },
    "SIGNED": {
        "ask": "WAITING",
        "ask-extension": "SIGNED",
        "grant-extension": "SIGNED",
        "ask-suspension": "SIGNED",
        "suspend": "SUSPENDED",
        "deny": "SIGNED",
        "contact": "SIGNED",
        "plan": "IN_PROGRESS",
        "note": "IN_PROGRESS",
        "reply": "REPLIED",
        "return": "RETURNED",
        "withdraw": "WITHDRAWN",
        "add": "SIGNED",
    },
    "IN_PROGRESS": {
        "ask": "WAITING",
        "ask-extension": "IN_PROGRESS",
        "grant-extension": "IN_PROGRESS",
        "ask-suspension": "IN_PROGRESS",
        "suspend": "SUSPENDED",
        "deny": "IN_PROGRESS",
        "contact": "IN_PROGRESS",
        "plan": "IN_PROGRESS",
        "note": "IN_PROGRESS",
        "reply": "REPLIED",
        "withdraw": "WITHDRAWN",
        "add": "IN_PROGRESS",
    },
    "REPLIED": {
        "confirm": "CLOSED",
        "refuse": "REOPENED",
        "withdraw": "WITHDRAWN",
        "add": "REPLIED",
    },
    "RETURNED": {"dispatch": "DISPATCHED", "withdraw": "WITHDRAWN", "add": "RETURNED"},
    "REOPENED": {"dispatch": "DISPATCHED", "withdraw": "WITHDRAWN", "add": "REOPENED"},
    "WAITING": {
        "answer": "IN_PROGRESS",
        "resume": "IN_PROGRESS",
        "withdraw": "WITHDRAWN",
        "add": "WAITING",
    },
    "SUSPENDED": {
        "resume": "IN_PROGRESS",
        "review": "SUSPENDED",
        "withdraw": "WITHDRAWN",
        "add": "SUSPENDED",
    },
    "CLOSED": {},
    "WITHDRAWN": {},
}
STEPS = (
    "accept", "dispatch", "sign", "contact", "plan", "note",
    "reply", "return", "ask", "answer", "resume", "ask-extension", "grant-extension",
    "ask-suspension", "suspend", "deny", "review", "confirm", "refuse", "withdraw", "add",
)  # fmt: skip
