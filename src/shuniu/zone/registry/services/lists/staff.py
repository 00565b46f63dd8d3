"""The list of staff: accounts without role and password, and posts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse
from django.utils.translation import get_language
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
from shuniu.zone.registry.models import Office
from shuniu.zone.registry.services.lists import cells
from shuniu.zone.registry.services.lists.cleaning import (
    Cleaned,
    cleaned_row,
    in_chunks,
    mark_twice,
    require,
)
from shuniu.zone.registry.services.lists.sentences import STAFF
from shuniu.zone.registry.services.lists.staff_writing import (
    apply_staff,
    lock_staff,
    staff_known,
    undo_staff,
)

SIGN_IN_LIKE = re.compile(r"(?=.*[a-z])[a-z0-9]+([._-][a-z0-9]+)*|[A-Z]{1,4}\d{3,}", re.ASCII)
MOBILE_LIKE = re.compile(r"(\+?86)?1[3-9]\d{9}", re.ASCII)
OFFICE_LIKE = re.compile(r"[\u4e00-\u9fff]{1,16}(中心|局|科|处|办|办公室|部|委|委员会|大队|所|站)")
TITLE_LIKE = re.compile(r".{0,6}(主任|科员|科长|局长|处长|所长|站长|经理|专员|主管|干事|书记)")
# The hundred surnames that nine of ten people have; a name is one of them and one or two signs.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖"
    "范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔施倪茅俞季郁仇成"
)
NAME_LIKE = re.compile(rf"[{SURNAMES}][\u4e00-\u9fff]{{1,2}}")

FIELDS: tuple[ListField, ...] = (
    ListField(
        "sign_in_name", _("Sign-in name"),
        ("登录名", "账号", "用户名", "工号", "sign-in name", "user name", "username", "login",
         "account"),
        "chen.yi", _("by it a person is found again"), is_required=True, is_text=True,
        looks_like=lambda cell: SIGN_IN_LIKE.fullmatch(cell.strip()) is not None,
    ),
    ListField(
        "name", _("Name"), ("姓名", "名字", "name", "full name"), "陈一", is_required=True,
        looks_like=lambda cell: NAME_LIKE.fullmatch("".join(cell.split())) is not None,
    ),
    ListField(
        "phone", _("Mobile number"),
        ("手机", "手机号", "手机号码", "联系电话", "电话", "phone", "mobile"), "15400010002",
        is_text=True, looks_like=lambda cell: MOBILE_LIKE.fullmatch(cell.strip()) is not None,
    ),
    ListField(
        "office", _("Office"),
        ("部门", "单位", "科室", "所在部门", "机构", "office", "unit", "department", "所属单位"),
        "企业服务中心",
        _("as it is called in the zone profile"),
        looks_like=lambda cell: OFFICE_LIKE.fullmatch(cell.strip()) is not None,
    ),
    ListField(
        "title", _("Title"), ("职务", "职位", "岗位", "title", "position"), "科员",
        looks_like=lambda cell: TITLE_LIKE.fullmatch(cell.strip()) is not None,
    ),
)  # fmt: skip
SIGN_IN_NAME_LONGEST = 40


def _sign_in_name(cell: str) -> str:
    text = cells.text_of(cell, SIGN_IN_NAME_LONGEST).lower()
    if " " in text or not text.isprintable():
        raise cells.WrongCell("blank_in_name")
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
    mark_twice(cleaned, "sign_in_name", "same_sign_in_name")
    mark_twice(cleaned, "phone", "same_number")
    offices = {
        name: office
        for office in queries.active_offices()
        for name in (office.zh, office.en.casefold(), office.code)
    }
    names = [one.values["sign_in_name"] for one in cleaned if "sign_in_name" in one.values]
    people: dict[str, User] = {}
    for some in in_chunks(names):
        people |= {user.sign_in_name: user for user in User.objects.filter(sign_in_name__in=some)}
    known = staff_known(list(people.values()), [one.values.get("phone", "") for one in cleaned])
    return [_verdict(one, people, offices, known) for one in cleaned]


def _verdict(
    one: Cleaned, people: dict[str, User], offices: dict[str, Office], known: Any
) -> Verdict:
    values = one.values
    require(one, "sign_in_name")
    user = people.get(values.get("sign_in_name", ""))
    title = values.get("name") or (user.name if user else "") or values.get("sign_in_name", "")
    if user is None:
        require(one, "name")
    _judge(one, user, offices, known)
    if one.faults:
        return one.faulty(title)
    changes = _changes(values, user, offices, known) if user is not None else ()
    becomes = Becomes.NEW if user is None else Becomes.CHANGED if changes else Becomes.SAME
    return Verdict(
        one.row.number, becomes, title, dict(values), (), tuple(one.notes), tuple(changes)
    )


def _judge(one: Cleaned, user: User | None, offices: dict[str, Office], known: Any) -> None:
    values = one.values
    if "office" in values:
        office = offices.get(values["office"]) or offices.get(values["office"].casefold())
        if office is None:
            one.fault("office", "no_office", name=values["office"])
        else:
            values["office"] = office.code
    elif "title" in values:
        one.fault("office", "which_office")
    owner = known.owner_of_phone.get(values.get("phone", ""))
    if owner is not None and (user is None or owner != user.pk):
        one.fault("phone", "number_taken")
    if user is not None and not user.is_active:
        one.fault("sign_in_name", "closed")
    if user is not None and user.pk in known.outside:
        one.fault("sign_in_name", "of_enterprise")


def _changes(
    values: dict[str, Any], user: User, offices: dict[str, Office], known: Any
) -> tuple[Change, ...]:
    changes = []
    if values.get("name", user.name) != user.name:
        changes.append(Change("name", user.name, values["name"]))
    phone = known.phones.get(user.pk, "")
    if values.get("phone", phone) != phone:
        changes.append(Change("phone", phone, values["phone"]))
    if "office" in values:
        posts = known.posts.get(user.pk, {})
        title = posts.get(values["office"])
        wanted = values.get("title", title or "")
        if title is None or title != wanted:
            office = offices[values["office"]]
            names = [office.zh, office.en]
            old = None if title is None else [*names, title]
            changes.append(Change("office", old, [*names, wanted]))
    return tuple(changes)


def _may(actor: AbstractBaseUser) -> bool:
    return policies.may_appoint(queries.standing_of(actor))


def _address(key: str) -> str:
    return reverse("registry:person", args=[int(key)])


def _shown(field: str, value: Any) -> str:
    """Return what a field is or would be, as the preview shows it."""
    if field == "office" and isinstance(value, list):
        zh, en, title = value
        name = zh if (get_language() or "").startswith("zh") else en
        return f"{name} {title}".strip()
    return str(value or queries.NOTHING)


STAFF_LIST = ListKind(
    code="staff",
    label=_("Staff"),
    key_words=_(
        "A person is found by the sign-in name. New accounts have no role and no password yet."
        " What a row does not say stays as it is."
    ),
    fields=FIELDS,
    may=_may,
    lock=lock_staff,
    check=check_staff,
    apply=apply_staff,
    undo=undo_staff,
    list_address="registry:people",
    sentences=STAFF,
    shown=_shown,
    address=_address,
)
