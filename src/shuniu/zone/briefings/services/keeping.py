"""Fetching an issue for a step, and writing what became of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.briefings import policies
from shuniu.zone.briefings.choices import STEPS, Step
from shuniu.zone.briefings.models import Issue
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.registry.queries import Standing, standing_of
from shuniu.zone.registry.services import NotForYou


class IssueChanged(Refusal):
    code = "briefings.issue_changed"
    status = 409
    sentence = _(
        "Somebody changed this issue while you looked. Nothing was done; open it again and look"
        " at it as it is now."
    )


class StepNotPossible(Refusal):
    code = "briefings.step_not_possible"
    status = 409
    sentence = _("This issue is “%(state)s” now, so this step is not possible.")


def fetch(issue_id: int, step: Step, *, seen: int, actor: User) -> Issue:
    """Lock an issue for a step of ``actor``, who saw it in its version ``seen``.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    StepNotPossible, IssueChanged
        If it is in another state, or another version.
    """
    if not policies.may_take(standing_of(actor), step):
        raise NotForYou
    issue: Issue = Issue.objects.select_for_update(no_key=True).get(pk=issue_id)
    if issue.state not in STEPS[step][0]:
        raise StepNotPossible(state=issue.get_state_display())
    if issue.version != seen:
        raise IssueChanged
    return issue


def keep(issue: Issue, step: Step, *changed: str) -> Issue:
    """Write a step: the fields that are different, the next state and the next version."""
    to = STEPS[step][1]
    if to is not None:
        issue.state = to
    issue.version += 1
    issue.save(update_fields=["state", "version", *changed])
    return issue


def steps_of(issue: Issue, who: Standing) -> frozenset[Step]:
    """Return the steps that a person of this standing can take with an issue now."""
    return frozenset(
        step
        for step, (states, _to) in STEPS.items()
        if issue.state in states and policies.may_take(who, step)
    )
