"""What waits for a word of the center: corrections of records, and registrations."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Query, Status
from pydantic import ConfigDict, Field, create_model

from shuniu.zone.kernel import clock
from shuniu.zone.kernel.api import (
    Body,
    Key,
    Page,
    PageQuery,
    Part,
    Request,
    Words,
    area,
    checked,
    fields_of,
    form_body,
    formed,
    found,
    page_of,
    to_be,
)
from shuniu.zone.kernel.templatetags.wording import masked_name, masked_phone
from shuniu.zone.registry import forms, policies, queries, services
from shuniu.zone.registry.api.enterprises import CorrectedRecord, changed_fields
from shuniu.zone.registry.choices import CorrectionState, RegistrationState
from shuniu.zone.registry.models import Correction, Registration
from shuniu.zone.registry.queries import RegistrationFilter

decisions = area("Decisions of the center")


class ChangePart(Part):
    """One field of a record: what it was when it was asked for, and what it shall be."""

    field: str
    old: Any
    new: Any


class CorrectionPart(Part):
    """What an enterprise says is wrong in its record."""

    id: UUID
    enterprise: Key
    state: CorrectionState
    note: str
    reason: str
    asked_at: datetime
    decided_at: datetime | None
    changes: list[ChangePart]
    seen: str = Field(description="Sent along when it is approved: what the record said")


class CorrectionQuery(Part):
    """Which corrections."""

    model_config = ConfigDict(frozen=True)

    state: CorrectionState | None = None


class RegistrationQuery(Part):
    """Which registrations."""

    model_config = ConfigDict(frozen=True)

    state: RegistrationState | None = None
    words: Words = ""


class ApproveCorrection(Body):
    """The word ``seen`` of what was read."""

    seen: Words


class RegistrationPart(Part):
    """Somebody who asks to be let in for an enterprise; name and number are masked."""

    id: UUID
    reference: str
    credit_code: str
    enterprise_name: str
    enterprise: Key | None = Field(description="The enterprise that has this credit code already")
    name: str
    phone: str
    is_masked: bool
    position: str
    state: RegistrationState
    reason: str
    received_at: datetime
    due_at: datetime
    decided_at: datetime | None
    can_be_approved: bool


AskedCorrection: type[Body] = create_model(
    "AskedCorrection", __base__=CorrectedRecord, note=(str | None, Field(None, max_length=200))
)


@decisions.post(
    "/enterprises/{int:enterprise_id}/corrections",
    url_name="enterprise-corrections",
    operation_id="correction_ask",
    response={201: CorrectionPart},
)
@formed(AskedCorrection)
def correction_ask(request: Request, enterprise_id: Key, body: Body) -> Status[CorrectionPart]:
    """Say what is wrong in the record of the own enterprise; a clerk looks at it."""
    to_be(policies.may_administer_enterprise(request.standing))
    row = found(queries.own_enterprises(request.standing), enterprise_id)
    form = forms.CorrectionForm(fields_of(changed_fields(row, body)), enterprise=row)
    given = checked(form)
    asked = services.ask_for_correction(
        enterprise_id=row.pk,
        changes=form.changes(),
        note=given["note"],
        actor=request.user,
        now=clock.now(),
    )
    return Status(201, _correction(asked))


@decisions.get(
    "/corrections",
    url_name="corrections",
    operation_id="corrections_list",
    response=Page[CorrectionPart],
)
def corrections_list(
    request: Request, wanted: Query[CorrectionQuery], page: Query[PageQuery]
) -> Page[CorrectionPart]:
    """List what enterprises ask for, as a clerk; of the own enterprise, as its administrator."""
    who = request.standing
    to_be(policies.may_correct_enterprises(who) or policies.may_administer_enterprise(who))
    rows = queries.corrections_in(who, wanted.state or "")
    return page_of(request, rows, lambda several: [_correction(one) for one in several], page)


@decisions.get(
    "/corrections/{uuid:correction_id}",
    url_name="correction",
    operation_id="correction_read",
    response=CorrectionPart,
)
def correction_read(request: Request, correction_id: UUID) -> CorrectionPart:
    """Read one correction."""
    who = request.standing
    to_be(policies.may_correct_enterprises(who) or policies.may_administer_enterprise(who))
    return _correction(found(queries.corrections_visible_to(who), correction_id))


@decisions.post(
    "/corrections/{uuid:correction_id}/approve",
    url_name="correction-approve",
    operation_id="correction_approve",
    response=CorrectionPart,
)
def correction_approve(
    request: Request, correction_id: UUID, body: ApproveCorrection
) -> CorrectionPart:
    """Take a correction over, as a clerk."""
    row = _to_decide(request, correction_id)
    services.approve_correction(
        correction_id=row.pk, seen=body.seen, actor=request.user, now=clock.now()
    )
    return _correction(_to_decide(request, correction_id))


@decisions.post(
    "/corrections/{uuid:correction_id}/reject",
    url_name="correction-reject",
    operation_id="correction_reject",
    response=CorrectionPart,
)
@formed(form_body("WhyNotTakenOver", forms.CorrectionReasonForm))
def correction_reject(request: Request, correction_id: UUID, body: Body) -> CorrectionPart:
    """Do not take a correction over, with a reason that the enterprise reads."""
    row = _to_decide(request, correction_id)
    given = checked(forms.CorrectionReasonForm(fields_of(body)))
    services.reject_correction(
        correction_id=row.pk, reason=given["reason"], actor=request.user, now=clock.now()
    )
    return _correction(_to_decide(request, correction_id))


@decisions.post(
    "/corrections/{uuid:correction_id}/withdraw",
    url_name="correction-withdraw",
    operation_id="correction_withdraw",
    response=CorrectionPart,
)
def correction_withdraw(request: Request, correction_id: UUID) -> CorrectionPart:
    """Take back what the own enterprise asked for."""
    who = request.standing
    to_be(policies.may_administer_enterprise(who))
    row = found(queries.corrections_visible_to(who), correction_id)
    services.withdraw_correction(correction_id=row.pk, actor=request.user, now=clock.now())
    return _correction(found(queries.corrections_visible_to(who), correction_id))


@decisions.get(
    "/registrations",
    url_name="registrations",
    operation_id="registrations_list",
    response=Page[RegistrationPart],
)
def registrations_list(
    request: Request, wanted: Query[RegistrationQuery], page: Query[PageQuery]
) -> Page[RegistrationPart]:
    """List who asks to be let in, the longest waiting first."""
    who = request.standing
    to_be(policies.may_decide_registrations(who))
    words = wanted.words.replace("\x00", "").strip()[:60]
    rows = queries.filtered_registrations(who, RegistrationFilter(words, wanted.state or ""))
    paged = rows.order_by("received_at", "pk")
    return page_of(request, paged, lambda several: [_registration(one) for one in several], page)


@decisions.get(
    "/registrations/{uuid:registration_id}",
    url_name="registration",
    operation_id="registration_read",
    response=RegistrationPart,
)
def registration_read(request: Request, registration_id: UUID) -> RegistrationPart:
    """Read who asks to be let in; name and number are masked."""
    return _registration(_applicant(request, registration_id), is_whole=True)


@decisions.post(
    "/registrations/{uuid:registration_id}/reveal",
    url_name="registration-reveal",
    operation_id="registration_reveal",
    response=RegistrationPart,
)
def registration_reveal(request: Request, registration_id: UUID) -> RegistrationPart:
    """Read name and number of an applicant whole; this is recorded."""
    row = _applicant(request, registration_id)
    services.reveal_registration(registration_id=row.pk, actor=request.user, now=clock.now())
    return _registration(row, is_whole=True, is_masked=False)


@decisions.post(
    "/registrations/{uuid:registration_id}/approve",
    url_name="registration-approve",
    operation_id="registration_approve",
    response=RegistrationPart,
)
@formed(form_body("HowLetIn", forms.ApproveForm))
def registration_approve(request: Request, registration_id: UUID, body: Body) -> RegistrationPart:
    """Let an applicant in."""
    row = _applicant(request, registration_id)
    given = checked(forms.ApproveForm(fields_of(body)))
    services.approve_registration(
        registration_id=row.pk,
        joins=given["joins"],
        as_admin=given["rank"] == forms.ADMIN,
        actor=request.user,
        now=clock.now(),
    )
    return _registration(_applicant(request, registration_id))


@decisions.post(
    "/registrations/{uuid:registration_id}/reject",
    url_name="registration-reject",
    operation_id="registration_reject",
    response=RegistrationPart,
)
@formed(form_body("WhyNotLetIn", forms.RejectForm))
def registration_reject(request: Request, registration_id: UUID, body: Body) -> RegistrationPart:
    """Do not let an applicant in, with a reason."""
    row = _applicant(request, registration_id)
    given = checked(forms.RejectForm(fields_of(body)))
    services.reject_registration(
        registration_id=row.pk, reason=given["reason"], actor=request.user, now=clock.now()
    )
    return _registration(_applicant(request, registration_id))


@decisions.post(
    "/registrations/{uuid:registration_id}/again",
    url_name="registration-again",
    operation_id="registration_again",
    response=RegistrationPart,
)
def registration_again(request: Request, registration_id: UUID) -> RegistrationPart:
    """Take a rejected registration up again."""
    row = _applicant(request, registration_id)
    services.take_up_again(registration_id=row.pk, actor=request.user, now=clock.now())
    return _registration(_applicant(request, registration_id))


def _to_decide(request: Request, correction_id: UUID) -> Correction:
    to_be(policies.may_correct_enterprises(request.standing))
    return found(queries.corrections_visible_to(request.standing), correction_id)


def _applicant(request: Request, registration_id: UUID) -> Registration:
    to_be(policies.may_decide_registrations(request.standing))
    return found(queries.registrations_visible_to(request.standing), registration_id)


def _correction(row: Correction) -> CorrectionPart:
    changes = queries.changes_of(row)
    return CorrectionPart(
        id=row.pk,
        enterprise=row.enterprise_id,
        state=CorrectionState(row.state),
        note=row.note,
        reason=row.reason,
        asked_at=row.asked_at,
        decided_at=row.decided_at,
        changes=[ChangePart(field=one.field, old=one.old, new=one.new) for one in changes],
        seen=queries.seal_of(row.enterprise, (one.field for one in changes)),
    )


def _registration(
    row: Registration, *, is_whole: bool = False, is_masked: bool = True
) -> RegistrationPart:
    check = queries.check_of(row) if is_whole else None
    known = check.enterprise.pk if check and check.enterprise else row.enterprise_id
    return RegistrationPart(
        id=row.pk,
        reference=row.reference,
        credit_code=row.credit_code,
        enterprise_name=row.enterprise_name,
        enterprise=known,
        name=masked_name(row.name) if is_masked else row.name,
        phone=masked_phone(row.phone) if is_masked else row.phone,
        is_masked=is_masked,
        position=row.position,
        state=RegistrationState(row.state),
        reason=row.reason,
        received_at=row.received_at,
        due_at=row.due_at,
        decided_at=row.decided_at,
        can_be_approved=row.is_waiting and (check is None or check.can_be_approved),
    )
