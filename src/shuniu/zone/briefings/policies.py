"""Who may read briefings, and who takes which step with an issue."""

from __future__ import annotations

from shuniu.zone.accounts.choices import Role
from shuniu.zone.briefings.choices import Step
from shuniu.zone.registry.queries import Standing

BY_ROLE: dict[Step, frozenset[Role]] = {
    Step.SAVE: frozenset({Role.CENTER_CLERK}),
    Step.HAND_UP: frozenset({Role.CENTER_CLERK}),
    Step.TAKE_BACK: frozenset({Role.CENTER_CLERK}),
    Step.RENEW: frozenset({Role.CENTER_CLERK}),
    Step.SIGN: frozenset({Role.LEADER}),
    Step.SEND_BACK: frozenset({Role.LEADER}),
    Step.UNSIGN: frozenset({Role.LEADER}),
    Step.PUBLISH: frozenset({Role.CENTER_CLERK, Role.LEADER}),
    Step.WITHDRAW: frozenset({Role.LEADER}),
}


def may_read(who: Standing) -> bool:
    """Those who see all that a briefing counts: the center, supervisors and leaders."""
    return bool(who.roles & {Role.CENTER_CLERK, Role.SUPERVISOR, Role.LEADER})


def may_edit(who: Standing) -> bool:
    """The center writes the issue, and sees its draft."""
    return who.has(Role.CENTER_CLERK)


def may_sign(who: Standing) -> bool:
    return who.has(Role.LEADER)


def may_instruct(who: Standing) -> bool:
    """A leader writes on a published issue what shall be done."""
    return who.has(Role.LEADER)


def may_take(who: Standing, step: Step) -> bool:
    """Return whether somebody of this standing takes such a step at all."""
    return bool(who.roles & BY_ROLE[step])
