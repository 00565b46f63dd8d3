"""Whom to reach in an enterprise: masked, unless somebody says why they need it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Status

from shuniu.zone.kernel import clock
from shuniu.zone.kernel.api import (
    Body,
    Key,
    Part,
    Request,
    area,
    checked,
    fields_of,
    form_body,
    formed,
    found,
    to_be,
)
from shuniu.zone.kernel.templatetags.wording import masked_name, masked_phone
from shuniu.zone.registry import forms, policies, queries, services
from shuniu.zone.registry.models import Contact

contacts = area("Contacts")


class ContactPart(Part):
    """Somebody to reach; ``is_masked`` says that name and number are not whole."""

    id: UUID
    enterprise: Key
    name: str
    title: str
    phone: str
    is_masked: bool
    verified_at: datetime | None


def _part(row: Contact, *, is_masked: bool) -> ContactPart:
    return ContactPart(
        id=row.pk,
        enterprise=row.enterprise_id,
        name=masked_name(row.name) if is_masked else row.name,
        title=row.title,
        phone=masked_phone(row.phone) if is_masked else row.phone,
        is_masked=is_masked,
        verified_at=row.verified_at,
    )


@contacts.get(
    "/enterprises/{int:enterprise_id}/contacts",
    url_name="contacts",
    operation_id="contacts_list",
    response=list[ContactPart],
)
def contacts_list(request: Request, enterprise_id: Key) -> list[ContactPart]:
    """List whom to reach in an enterprise; its own administrator reads names and numbers whole."""
    who = request.standing
    is_staff = policies.may_see_enterprises(who)
    to_be(is_staff or policies.may_administer_enterprise(who))
    rows = queries.records_visible_to(who) if is_staff else queries.own_enterprises(who)
    firm = found(rows, enterprise_id)
    return [_part(row, is_masked=is_staff) for row in queries.contacts_of(firm)]


@contacts.post(
    "/enterprises/{int:enterprise_id}/contacts",
    url_name="contacts",
    operation_id="contact_add",
    response={201: ContactPart},
)
@formed(form_body("NewContact", forms.ContactForm))
def contact_add(request: Request, enterprise_id: Key, body: Body) -> Status[ContactPart]:
    """Add somebody to reach in the own enterprise."""
    to_be(policies.may_administer_enterprise(request.standing))
    firm = found(queries.own_enterprises(request.standing), enterprise_id)
    given = checked(forms.ContactForm(fields_of(body)))
    row = services.add_contact(enterprise_id=firm.pk, **given, actor=request.user, now=clock.now())
    return Status(201, _part(row, is_masked=False))


@contacts.post(
    "/contacts/{uuid:contact_id}/reveal",
    url_name="contact-reveal",
    operation_id="contact_reveal",
    response=ContactPart,
)
@formed(form_body("WhyReveal", forms.RevealForm))
def contact_reveal(request: Request, contact_id: UUID, body: Body) -> ContactPart:
    """Say why a contact is needed, and read it whole; this is recorded."""
    row = found(queries.contacts_visible_to(request.standing), contact_id)
    to_be(policies.may_reveal_contact(request.standing))
    given = checked(forms.RevealForm(fields_of(body)))
    row = services.reveal_contact(contact_id=row.pk, **given, actor=request.user, now=clock.now())
    return _part(row, is_masked=False)


@contacts.post(
    "/contacts/{uuid:contact_id}/correct",
    url_name="contact-correct",
    operation_id="contact_correct",
    response=ContactPart,
)
@formed(form_body("CorrectedContact", forms.ContactForm))
def contact_correct(request: Request, contact_id: UUID, body: Body) -> ContactPart:
    """Correct somebody to reach in the own enterprise."""
    row = _own(request, contact_id)
    given = checked(forms.ContactForm(fields_of(body)))
    services.correct_contact(contact_id=row.pk, **given, actor=request.user, now=clock.now())
    return _part(_own(request, contact_id), is_masked=False)


@contacts.post(
    "/contacts/{uuid:contact_id}/{step}",
    url_name="contact-step",
    operation_id="contact_step",
    response={204: None},
)
def contact_step(
    request: Request, contact_id: UUID, step: Literal["confirm", "remove"]
) -> Status[None]:
    """Confirm a contact of the own enterprise as right, or take it off the list."""
    row = _own(request, contact_id)
    command = services.confirm_contact if step == "confirm" else services.remove_contact
    command(contact_id=row.pk, actor=request.user, now=clock.now())
    return Status(204, None)


def _own(request: Request, contact_id: UUID) -> Contact:
    to_be(policies.may_administer_enterprise(request.standing))
    return found(queries.own_contacts(request.standing), contact_id)
