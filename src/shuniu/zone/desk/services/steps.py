"""Which command takes which step."""

from __future__ import annotations

from collections.abc import Callable

from shuniu.zone.desk.choices import Step
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.services.call_backs import call_back
from shuniu.zone.desk.services.center import accept_case, dispatch_case, reject_case
from shuniu.zone.desk.services.district import escalate_case, take_back_case
from shuniu.zone.desk.services.enterprise import (
    answer_question,
    confirm_case,
    object_to_rejection,
    refuse_answer,
    withdraw_case,
)
from shuniu.zone.desk.services.merging import merge_case, part_case
from shuniu.zone.desk.services.opening import add_to_case
from shuniu.zone.desk.services.requests import (
    ask_for_extension,
    ask_for_suspension,
    deny_request,
    grant_extension,
    review_suspended,
    suspend_case,
)
from shuniu.zone.desk.services.splitting import split_case
from shuniu.zone.desk.services.unit import (
    ask_enterprise,
    note_contact,
    note_progress,
    plan_case,
    reply_to_case,
    resume_case,
    return_case,
    sign_case,
)
from shuniu.zone.desk.services.urging import answer_urging, urge_case
from shuniu.zone.desk.services.withdrawals import check_withdrawal

COMMANDS: dict[Step, Callable[..., Case]] = {
    Step.ACCEPT: accept_case,
    Step.REJECT: reject_case,
    Step.OBJECT: object_to_rejection,
    Step.DISPATCH: dispatch_case,
    Step.SIGN: sign_case,
    Step.CONTACT: note_contact,
    Step.PLAN: plan_case,
    Step.NOTE: note_progress,
    Step.REPLY: reply_to_case,
    Step.RETURN: return_case,
    Step.ASK: ask_enterprise,
    Step.ANSWER: answer_question,
    Step.RESUME: resume_case,
    Step.ASK_EXTENSION: ask_for_extension,
    Step.GRANT_EXTENSION: grant_extension,
    Step.ASK_SUSPENSION: ask_for_suspension,
    Step.SUSPEND: suspend_case,
    Step.DENY: deny_request,
    Step.REVIEW: review_suspended,
    Step.ESCALATE: escalate_case,
    Step.TAKE_BACK: take_back_case,
    Step.CONFIRM: confirm_case,
    Step.REFUSE: refuse_answer,
    Step.WITHDRAW: withdraw_case,
    Step.ADD: add_to_case,
    Step.URGE: urge_case,
    Step.RESPOND: answer_urging,
    Step.CALL_BACK: call_back,
    Step.CHECK_WITHDRAWAL: check_withdrawal,
    Step.MERGE: merge_case,
    Step.UNMERGE: part_case,
    Step.SPLIT: split_case,
}
