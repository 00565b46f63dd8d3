"""Those who speak for an enterprise."""

from __future__ import annotations

from typing import Literal

from ninja import Status
from pydantic import Field

from shuniu.zone.accounts import services as accounts
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.api import (
    Body,
    Key,
    Part,
    Request,
    Words,
    area,
    checked,
    fields_of,
    form_body,
    formed,
    found,
    to_be,
)
from shuniu.zone.kernel.templatetags.wording import masked_phone
from shuniu.zone.registry import forms, policies, queries, services
from shuniu.zone.registry.models import Membership
from shuniu.zone.registry.queries import Colleague

members = area("People of enterprises")


class MemberPart(Part):
    """Somebody who speaks for an enterprise."""

    id: Key
    enterprise: Key
    name: str
    phone: str = Field(description="Masked")
    is_admin: bool
    has_password: bool


class NewMember(Part):
    """A colleague who was let in, with the code to choose a password with: shown once."""

    member: MemberPart
    code: str


def _part(one: Colleague) -> MemberPart:
    row = one.membership
    return MemberPart(
        id=row.pk,
        enterprise=row.enterprise_id,
        name=row.user.name,
        phone=masked_phone(one.phone),
        is_admin=row.is_admin,
        has_password=one.has_password,
    )


@members.get("/members", url_name="members", operation_id="members_find", response=list[MemberPart])
def members_find(request: Request, words: Words) -> list[MemberPart]:
    """Find people of enterprises by name, enterprise or whole number, as a clerk."""
    to_be(policies.may_help_enterprise_people(request.standing))
    text = words.replace("\x00", "").strip()[:60]
    return [_part(one) for one in queries.found_members(request.standing, text)] if text else []


@members.get(
    "/enterprises/{int:enterprise_id}/members",
    url_name="enterprise-members",
    operation_id="members_list",
    response=list[MemberPart],
)
def members_list(request: Request, enterprise_id: Key) -> list[MemberPart]:
    """List the colleagues of the own enterprise."""
    to_be(policies.may_administer_enterprise(request.standing))
    firm = found(queries.own_enterprises(request.standing), enterprise_id)
    return [_part(one) for one in queries.colleagues_of(firm, request.standing)]


@members.post(
    "/enterprises/{int:enterprise_id}/members",
    url_name="enterprise-members",
    operation_id="member_add",
    response={201: NewMember},
)
@formed(form_body("NewColleague", forms.ColleagueForm))
def member_add(request: Request, enterprise_id: Key, body: Body) -> Status[NewMember]:
    """Let a colleague speak for the own enterprise too."""
    to_be(policies.may_administer_enterprise(request.standing))
    firm = found(queries.own_enterprises(request.standing), enterprise_id)
    given = checked(forms.ColleagueForm(fields_of(body)))
    new = services.add_colleague(
        enterprise_id=firm.pk, **given, actor=request.user, now=clock.now()
    )
    return Status(201, _new(request, new))


@members.post(
    "/members/{int:member_id}/code",
    url_name="member-code",
    operation_id="member_code",
    response=NewMember,
)
@formed(form_body("CodeForColleague", forms.CodeForm))
def member_code(request: Request, member_id: Key, body: Body) -> NewMember:
    """Make a one-time code for a colleague who cannot get in; it is shown once."""
    row = _row(request, member_id)
    given = checked(forms.CodeForm(fields_of(body)))
    new = services.give_colleague_code(
        membership_id=row.pk, **given, actor=request.user, now=clock.now()
    )
    return _new(request, new)


@members.post(
    "/members/{int:member_id}/phone",
    url_name="member-phone",
    operation_id="member_phone",
    response={204: None},
)
@formed(form_body("PhoneOfColleague", forms.PhoneForm))
def member_phone(request: Request, member_id: Key, body: Body) -> Status[None]:
    """Change the number that somebody of an enterprise signs in with, as a clerk."""
    row = _row(request, member_id)
    to_be(policies.may_help_enterprise_people(request.standing))
    given = checked(forms.PhoneForm(fields_of(body)))
    accounts.set_phone(
        user_id=row.user_id, number=given["phone"], actor=request.user, now=clock.now()
    )
    return Status(204, None)


@members.post(
    "/members/{int:member_id}/{step}",
    url_name="member-step",
    operation_id="member_step",
    response={204: None},
)
def member_step(
    request: Request, member_id: Key, step: Literal["promote", "release", "remove"]
) -> Status[None]:
    """Let a colleague administer the enterprise, no longer do so, or speak for it no more."""
    row, now = _row(request, member_id), clock.now()
    if step == "remove":
        services.remove_colleague(membership_id=row.pk, actor=request.user, now=now)
    else:
        is_admin = step == "promote"
        services.set_colleague_rank(
            membership_id=row.pk, is_admin=is_admin, actor=request.user, now=now
        )
    return Status(204, None)


def _new(request: Request, new: services.NewColleague) -> NewMember:
    return NewMember(
        member=_part(queries.colleague(new.membership, request.standing)), code=new.code
    )


def _row(request: Request, member_id: int) -> Membership:
    who = request.standing
    to_be(policies.may_administer_enterprise(who) or policies.may_help_enterprise_people(who))
    return found(queries.members_visible_to(who), member_id)
