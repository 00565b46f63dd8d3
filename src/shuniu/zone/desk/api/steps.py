"""The steps of a case: one operation for each, with the form and the command of the page."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from ninja import Status

from shuniu.zone.desk import forms, queries, services
from shuniu.zone.desk.api.shown import WholeCase, version_parts, whole_case
from shuniu.zone.desk.choices import Step
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.api import (
    Body,
    Key,
    Request,
    area,
    check_version,
    checked,
    fields_of,
    form_body,
    found,
    with_version,
)
from shuniu.zone.registry import queries as registry

steps = area("Cases")
Answer = WholeCase | Status[None]
ABOUT = {
    Step.CHECK_WITHDRAWAL: "Note whether somebody pressed the enterprise to withdraw the case.",
    Step.CALL_BACK: 'Note what the enterprise says of a closed case; "no" opens it again.',
    Step.ACCEPT: "Accept a case: category, urgency.",
    Step.REJECT: "Do not accept a case: why, and where to go instead.",
    Step.OBJECT: "Object to a rejection, once: a supervisor judges it.",
    Step.DISPATCH: "Give a case to a unit.",
    Step.SIGN: "Take a case in hand.",
    Step.CONTACT: "Note the first contact.",
    Step.PLAN: "Tell the enterprise what will be done, and until when.",
    Step.NOTE: "Tell the enterprise how far it is.",
    Step.REPLY: "Answer the enterprise.",
    Step.RETURN: "Give a case back to the center, once, with a better unit.",
    Step.ASK: "Ask the enterprise; the clocks stand still until it has answered.",
    Step.ANSWER: "Answer the question of the unit.",
    Step.RESUME: "Go on with a case whose clocks stand still.",
    Step.ASK_EXTENSION: "Ask a supervisor for more time, once and before the deadline.",
    Step.GRANT_EXTENSION: "Grant the time that the unit asked for.",
    Step.ASK_SUSPENSION: "Ask a supervisor to set a case aside until a day of review.",
    Step.SUSPEND: "Set a case aside as the unit asked.",
    Step.DENY: "Refuse what the unit asked for.",
    Step.REVIEW: "Report on a suspended case and set its next review.",
    Step.ESCALATE: "Hand a case up to a body of the district.",
    Step.TAKE_BACK: "Take a case back from the district.",
    Step.CONFIRM: "Confirm the answer, with a rating.",
    Step.REFUSE: "Say that the answer does not solve it: the case is opened again.",
    Step.WITHDRAW: "Withdraw a case.",
    Step.ADD: "Add words to a case.",
    Step.URGE: "Ask the unit in writing, to be answered by a day.",
    Step.RESPOND: "Answer the urging that waits for the unit.",
    Step.MERGE: "Handle a case with another one, whose answer is the answer to both.",
    Step.UNMERGE: "Handle a case on its own again.",
    Step.SPLIT: "Divide a case into two to six, each with the clock of this one.",
}


def _take(
    request: Request, case_id: int, step: Step, body: Body | None, response: HttpResponse
) -> Answer:
    """Take a step, judged by the form of the page and done by its command."""
    who = request.standing
    seen = found(queries.cases_visible_to(who), case_id)
    check_version(request, *version_parts(seen))
    form = forms.FORMS[step](
        fields_of(body or {}),
        None,
        case=seen,
        profile=registry.profile_of(seen.profile_id),
        language=request.LANGUAGE_CODE,
    )
    checked(form)
    case = services.COMMANDS[step](
        case_id=seen.pk, actor=request.user, now=clock.now(), **form.arguments()
    )
    visible = queries.cases_visible_to(who).filter(pk=case.pk).first()
    if visible is None:
        return Status(204, None)
    with_version(response, *version_parts(visible))
    return whole_case(request, visible)


def _operation(step: Step, body: type[Body]) -> Callable[..., Answer]:
    """Return the operation of a step; what it takes is what the form of the step has."""

    def operation(
        request: Request, case_id: int, response: HttpResponse, body: Body | None = None
    ) -> Answer:
        return _take(request, case_id, step, body, response)

    kinds: dict[str, Any] = {"request": Request, "case_id": Key, "response": HttpResponse}
    if body.model_fields:
        kinds["body"] = body
    operation.__name__ = f"case_{step.replace('-', '_')}"
    operation.__doc__ = ABOUT[step]
    operation.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # read by ninja
        [
            inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=kind)
            for name, kind in kinds.items()
        ]
    )
    return operation


def _body_name(step: Step) -> str:
    return "".join(word.capitalize() for word in step.split("-")) + "Case"


for _step in Step:
    steps.post(
        f"/cases/{{int:case_id}}/{_step}",
        url_name=f"case-{_step}",
        operation_id=f"case_{_step.replace('-', '_')}",
        response={200: WholeCase, 204: None},
    )(_operation(_step, form_body(_body_name(_step), forms.FORMS[_step])))
