"""The list of staff: accounts without role and password, and posts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.importing.kinds import (
    Becomes,
    Change,
    Errand,
    ListField,
    ListKind,
    SourceRow,
    Verdict,
)
from shuniu.zone.registry import policies, queries
from shuniu.zone.registry.services.lists import cells
from shuniu.zone.registry.services.lists.cleaning import (
    Cleaned,
    cleaned_row,
    in_chunks,
    mark_twice,
    require,
)
from shuniu.zone.registry.services.lists.staff_writing import apply_staff, staff_known, undo_staff

FIELDS: tuple[ListField, ...] = (
    ListField(
        "sign_in_name", _("Sign-in name"),
        ("登录名", "账号", "用户名", "工号", "sign-in name", "user name", "username", "login",
         "account"),
        "chen.yi", _("by it a person is found again"), is_required=True, is_text=True,
    ),
    ListField("name", _("Name"), ("姓名", "名字", "name", "full name"), "陈一", is_required=True),
    ListField(
        "phone", _("Mobile number"),
        ("手机", "手机号", "手机号码", "联系电话", "电话", "phone", "mobile"), "15400010002",
        is_text=True,
    ),
    ListField(
        "office", _("Office"),
        ("部门", "单位", "科室", "所在部门", "机构", "office", "unit", "department", "所属单位"),
        "企业服务中心",
        _("as it is called in the zone profile"),
    ),
    ListField("title", _("Title"), ("职务", "职位", "岗位", "title", "position"), "科员"),
)  # fmt: skip
SIGN_IN_NAME_LONGEST = 40


def _sign_in_name(cell: str) -> str:
    text = cells.text_of(cell, SIGN_IN_NAME_LONGEST).lower()
    if " " in text or not text.isprintable():
        raise cells.WrongCell(gettext("A sign-in name has no blanks."))
    return text


CLEANERS = {
    "sign_in_name": _sign_in_name,
    "name": lambda cell: cells.name_of(cell, 60),
    "phone": cells.mobile_of,
    "office": lambda cell: cells.text_of(cell, 80),
    "title": lambda cell: cells.name_of(cell, 40),
}


def check_staff(rows: Sequence[SourceRow], errand: Errand) -> list[Verdict]:  # noqa: ARG001  # the shape of a check
    """Say what would become of each row."""
    cleaned = [cleaned_row(row, CLEANERS) for row in rows]
    mark_twice(
        cleaned, "sign_in_name",
        lambda row: gettext("Row %(row)d has the same sign-in name.") % {"row": row},
    )  # fmt: skip
    mark_twice(
        cleaned, "phone", lambda row: gettext("Row %(row)d has the same number.") % {"row": row}
    )
    offices = {
        name: office.code
        for office in queries.active_offices()
        for name in (office.zh, office.en.casefold(), office.code)
    }
    names = [one.values["sign_in_name"] for one in cleaned if "sign_in_name" in one.values]
    people: dict[str, User] = {}
    for some in in_chunks(names):
        people |= {user.sign_in_name: user for user in User.objects.filter(sign_in_name__in=some)}
    known = staff_known(list(people.values()), [one.values.get("phone", "") for one in cleaned])
    return [_verdict(one, people, offices, known) for one in cleaned]


def _verdict(one: Cleaned, people: dict[str, User], offices: dict[str, str], known: Any) -> Verdict:
    values = one.values
    require(one, [("sign_in_name", gettext("Sign-in name"))])
    user = people.get(values.get("sign_in_name", ""))
    title = values.get("name") or (user.name if user else "") or values.get("sign_in_name", "")
    if user is None:
        require(one, [("name", gettext("Name"))])
    _judge(one, user, offices, known)
    if one.faults:
        return one.faulty(title)
    changes = _changes(values, user, known) if user is not None else ()
    becomes = Becomes.NEW if user is None else Becomes.CHANGED if changes else Becomes.SAME
    return Verdict(
        one.row.number, becomes, title, dict(values), (), tuple(one.notes), tuple(changes)
    )


def _judge(one: Cleaned, user: User | None, offices: dict[str, str], known: Any) -> None:
    values = one.values
    if "office" in values:
        code = offices.get(values["office"]) or offices.get(values["office"].casefold())
        if code is None:
            one.fault(
                "office",
                gettext("The zone has no office called %(name)s.") % {"name": values["office"]},
                gettext("Write its name as in the zone profile."),
            )
        else:
            values["office"] = code
    elif "title" in values:
        one.fault("office", gettext("Which office is the title for?"))
    owner = known.owner_of_phone.get(values.get("phone", ""))
    if owner is not None and (user is None or owner != user.pk):
        one.fault("phone", gettext("This number is another person's already."))
    if user is not None and not user.is_active:
        one.fault("sign_in_name", gettext("The account of this person is closed."))
    if user is not None and user.pk in known.outside:
        one.fault("sign_in_name", gettext("This is the account of somebody of an enterprise."))


def _changes(values: dict[str, Any], user: User, known: Any) -> tuple[Change, ...]:
    changes = []
    if values.get("name", user.name) != user.name:
        changes.append(Change("name", user.name, values["name"]))
    phone = known.phones.get(user.pk, "")
    if values.get("phone", phone) != phone:
        changes.append(Change("phone", phone or queries.NOTHING, values["phone"]))
    if "office" in values:
        posts = known.posts.get(user.pk, {})
        title = posts.get(values["office"])
        wanted = values.get("title", title or "")
        if title is None or title != wanted:
            old = queries.NOTHING if title is None else f"{values['office']} {title}".strip()
            changes.append(Change("office", old, f"{values['office']} {wanted}".strip()))
    return tuple(changes)


def _may(actor: AbstractBaseUser) -> bool:
    return policies.may_appoint(queries.standing_of(actor))


def _address(key: str) -> str:
    return reverse("registry:person", args=[int(key)])


STAFF_LIST = ListKind(
    code="staff",
    label=_("Staff"),
    key_words=_(
        "A person is found by the sign-in name. New accounts have no role and no password yet."
        " What a row does not say stays as it is."
    ),
    fields=FIELDS,
    may=_may,
    check=check_staff,
    apply=apply_staff,
    undo=undo_staff,
    list_address="registry:people",
    address=_address,
)
