"""Which command takes which step."""

from __future__ import annotations

from collections.abc import Callable

from shuniu.zone.desk.choices import Step
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.services.center import accept_case, dispatch_case
from shuniu.zone.desk.services.enterprise import confirm_case, refuse_answer, withdraw_case
from shuniu.zone.desk.services.opening import add_to_case
from shuniu.zone.desk.services.unit import (
    note_contact,
    note_progress,
    plan_case,
    reply_to_case,
    return_case,
    sign_case,
)

COMMANDS: dict[Step, Callable[..., Case]] = {
    Step.ACCEPT: accept_case,
    Step.DISPATCH: dispatch_case,
    Step.SIGN: sign_case,
    Step.CONTACT: note_contact,
    Step.PLAN: plan_case,
    Step.NOTE: note_progress,
    Step.REPLY: reply_to_case,
    Step.RETURN: return_case,
    Step.CONFIRM: confirm_case,
    Step.REFUSE: refuse_answer,
    Step.WITHDRAW: withdraw_case,
    Step.ADD: add_to_case,
}
