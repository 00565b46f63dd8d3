"""The list of enterprises: its columns, and what a row would change."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shuniu.engines.base.coordinates import Datum, Position
from shuniu.engines.base.shapes import Shape, distance_between_m
from shuniu.zone.kernel.importing.kinds import (
    Becomes,
    Change,
    Errand,
    Finding,
    ListField,
    ListKind,
    ListOption,
    SourceRow,
    Verdict,
)
from shuniu.zone.registry import policies, queries
from shuniu.zone.registry.credit_code import fault_of, normal_code
from shuniu.zone.registry.models import Contact, Enterprise, Site
from shuniu.zone.registry.services.lists import cells
from shuniu.zone.registry.services.lists.cleaning import (
    Cleaned,
    cleaned_row,
    in_chunks,
    mark_twice,
    require,
)
from shuniu.zone.registry.services.lists.enterprise_writing import (
    apply_enterprises,
    undo_enterprises,
)
from shuniu.zone.registry.services.positions import (
    DATUMS,
    PositionRefused,
    degrees_of,
    zone_shape,
)

SAME_PLACE_M = 1.0
PHONE_LIKE = re.compile(r"(\+?86)?1[3-9]\d{9}|0\d{2,3}-?\d{7,8}", re.ASCII)
FIRM_LIKE = re.compile(r".{2,}(公司|厂|集团|合作社|中心|部|ltd\.?|inc\.?|co\.)$", re.IGNORECASE)
PLAIN = ("name", "short_name", "industry_code", "is_above_scale", "employees", "address",
         "products", "inputs")  # fmt: skip
PLACE = ("lon", "lat", "position")
CONTACT = ("contact_name", "contact_title", "contact_phone")

FIELDS: tuple[ListField, ...] = (
    ListField(
        "credit_code", _("Credit code"),
        ("统一社会信用代码", "社会信用代码", "信用代码", "统一信用代码", "统一代码", "credit code",
         "unified social credit code", "USCC", "uscc", "社会统一信用代码", "纳税人识别号", "税号"),
        "91320684MA1AAAA11A", _("18 characters; by it a record is found again"),
        is_required=True, is_text=True,
        looks_like=lambda cell: fault_of(normal_code(cell)) is None,
    ),
    ListField(
        "name", _("Enterprise name"),
        ("企业名称", "单位名称", "公司名称", "名称", "企业", "公司", "企业全称", "企业名", "name",
         "enterprise", "company", "company name", "enterprise name", "单位"),
        "海门示例机械有限公司", _("in full, as on the business license"),
        is_required=True, looks_like=lambda cell: FIRM_LIKE.fullmatch(cell.strip()) is not None,
    ),
    ListField(
        "short_name", _("Short name"),
        ("简称", "企业简称", "公司简称", "short name", "abbreviation"), "示例机械",
    ),
    ListField(
        "industry_code", _("Industry"),
        ("行业代码", "国民经济行业代码", "行业", "所属行业", "行业类别", "industry",
         "industry code", "行业分类"),
        "3514", _("two to four digits of GB/T 4754"), is_text=True,
    ),
    ListField(
        "is_above_scale", _("Above scale"),
        ("是否规上", "规上企业", "规上", "是否规模以上", "规模以上", "规模以上企业",
         "above scale", "是否规上企业"),
        "是", _("yes or no"),
    ),
    ListField(
        "employees", _("Employees"),
        ("从业人数", "员工人数", "职工人数", "人数", "员工数", "职工数", "用工人数",
         "employees", "headcount", "staff", "从业人员", "从业人员数"),
        "120",
    ),
    ListField(
        "address", _("Registered address"),
        ("注册地址", "地址", "企业地址", "住所", "address", "经营地址", "registered address",
         "详细地址", "单位地址"),
        "海门港新区示例路1号",
    ),
    ListField("lon", _("Longitude"), ("经度", "lon", "lng", "longitude", "x"), "121.205000"),
    ListField("lat", _("Latitude"), ("纬度", "lat", "latitude", "y"), "31.862000"),
    ListField(
        "position", _("Longitude and latitude in one column"),
        ("经纬度", "坐标", "位置坐标", "position", "coordinates", "lon,lat"), "",
    ),
    ListField(
        "products", _("Products"),
        ("主要产品", "产品", "主营产品", "products", "product", "产品名称"), "齿轮箱、减速机",
        _("divided by commas"),
    ),
    ListField(
        "inputs", _("Raw materials and inputs"),
        ("原材料", "主要原材料", "原辅材料", "采购需求", "inputs", "raw materials"), "钢材、轴承",
        _("divided by commas"),
    ),
    ListField(
        "contact_name", _("Name of the contact"),
        ("联系人", "联系人姓名", "姓名", "负责人", "contact", "contact name", "企业联系人"),
        "王示例",
    ),
    ListField(
        "contact_title", _("Position of the contact"),
        ("职务", "联系人职务", "联系人职位", "职位", "title", "contact title", "岗位"),
        "办公室主任",
    ),
    ListField(
        "contact_phone", _("Phone number of the contact"),
        ("联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "联系人电话", "phone",
         "mobile", "contact phone", "联系人手机", "联系人手机号", "电话号码"),
        "15400010001", is_text=True,
        looks_like=lambda cell: PHONE_LIKE.fullmatch(cell.strip()) is not None,
    ),
)  # fmt: skip

DATUM = ListOption(
    "datum",
    _("From which map are the positions?"),
    _(
        "Amap and Baidu show places some hundred metres beside where they are; the positions are"
        " brought to WGS-84. Whoever is not sure opens one position in the map it came from."
    ),
    DATUMS,
    PLACE,
)

CLEANERS = {
    "credit_code": cells.code_of,
    "name": lambda cell: cells.name_of(cell, 120),
    "short_name": lambda cell: cells.name_of(cell, 40),
    "industry_code": cells.industry_of,
    "is_above_scale": cells.yes_or_no,
    "employees": cells.count_of,
    "address": lambda cell: cells.text_of(cell, 120),
    "lon": cells.degrees_of_cell,
    "lat": cells.degrees_of_cell,
    "position": lambda cell: cells.text_of(cell, 80),
    "products": cells.goods_of,
    "inputs": cells.goods_of,
    "contact_name": lambda cell: cells.name_of(cell, 60),
    "contact_title": lambda cell: cells.name_of(cell, 40),
    "contact_phone": cells.phone_of,
}


@dataclass(frozen=True, slots=True)
class Known:
    """What the registry has of the enterprises of a list.

    Attributes
    ----------
    by_code
        Records, those merged into another one included.
    code_of_name
        Credit codes by name in narrow letters.
    sites, contacts
        By the key of their enterprise.
    """

    by_code: dict[str, Enterprise]
    code_of_name: dict[str, str]
    sites: dict[int, Site]
    contacts: dict[int, list[Contact]]


def check_enterprises(rows: Sequence[SourceRow], errand: Errand) -> list[Verdict]:
    """Say what would become of each row."""
    datum = errand.options.get("datum", Datum.WGS84.value)
    bounds = zone_shape()
    cleaned = [_cleaned(row, datum, bounds) for row in rows]
    mark_twice(
        cleaned, "credit_code", lambda row: gettext("Row %(row)d has the same code.") % {"row": row}
    )
    mark_twice(
        cleaned, "name", lambda row: gettext("Row %(row)d has the same name.") % {"row": row}
    )
    known = _known(cleaned)
    return [_verdict(one, known) for one in cleaned]


def _cleaned(row: SourceRow, datum: str, bounds: Shape) -> Cleaned:
    one = cleaned_row(row, CLEANERS)
    require(one, [("credit_code", gettext("Credit code"))])
    _place(one, datum, bounds)
    values = one.values
    if "contact_phone" in values and "contact_name" not in row.cells:
        one.fault(
            "contact_name", gettext("Whose number is this?"), gettext("Write the name beside it.")
        )
    if "contact_name" in values and "contact_phone" not in row.cells:
        one.fault("contact_phone", gettext("By which number is the contact reached?"))
    return one


def _place(one: Cleaned, datum: str, bounds: Shape) -> None:
    """Bring a position to WGS-84, or say what is wrong with it."""
    values = one.values
    if "position" in values:
        parts = values.pop("position").replace("，", ",").replace(" ", ",").split(",")
        numbers = [part for part in parts if part]
        try:
            values["lon"], values["lat"] = map(cells.degrees_of_cell, numbers)
        except (ValueError, cells.WrongCell):
            one.fault("position", gettext("Two numbers are needed: longitude, then latitude."))
            return
    if one.is_wrong("lon") or one.is_wrong("lat"):
        return
    if ("lon" in values) != ("lat" in values):
        lacking = "lat" if "lon" in values else "lon"
        one.fault(
            lacking, gettext("Longitude and latitude belong together: one of them is missing.")
        )
        return
    if "lon" not in values:
        return
    try:
        here = degrees_of(values["lon"], values["lat"], datum, bounds=bounds)
    except PositionRefused as refusal:
        key = "position" if "position" in one.row.cells else "lon"
        advice = gettext("Correct the position, or leave it empty.")
        one.fault(key, str(refusal), advice)
        return
    values["lon"], values["lat"] = here.lon, here.lat


def _known(cleaned: Sequence[Cleaned]) -> Known:
    codes = {one.values["credit_code"] for one in cleaned if "credit_code" in one.values}
    by_code: dict[str, Enterprise] = {}
    for some in in_chunks(sorted(codes)):
        found = Enterprise.objects.filter(credit_code__in=some).select_related("merged_into")
        by_code |= {row.credit_code: row for row in found}
    names = {
        written
        for one in cleaned
        if "name" in one.values
        for written in _ways_to_write(one.values["name"])
    }
    code_of_name: dict[str, str] = {}
    for some in in_chunks(sorted(names)):
        pairs = Enterprise.objects.filter(name__in=some).values_list("name", "credit_code")
        code_of_name |= {_narrow(name): code for name, code in pairs}
    keys = [row.pk for row in by_code.values()]
    sites: dict[int, Site] = {}
    contacts: dict[int, list[Contact]] = {}
    for ids in in_chunks(keys):
        for site in Site.objects.filter(enterprise__in=ids, is_main=True):
            sites[site.enterprise_id] = site
        for contact in Contact.objects.filter(enterprise__in=ids).order_by("pk"):
            contacts.setdefault(contact.enterprise_id, []).append(contact)
    return Known(by_code, code_of_name, sites, contacts)


def _narrow(name: str) -> str:
    return unicodedata.normalize("NFKC", name)


def _ways_to_write(name: str) -> set[str]:
    narrow = _narrow(name)
    return {name, narrow, narrow.replace("(", "（").replace(")", "）")}


def _verdict(one: Cleaned, known: Known) -> Verdict:
    code, name = one.values.get("credit_code", ""), one.values.get("name", "")
    row = known.by_code.get(code)
    title = name or (row.name if row else "") or one.row.cells.get("name", "")[:60] or code
    if row is None and code:
        require(one, [("name", gettext("Enterprise name"))])
    if row is not None and row.merged_into is not None:
        one.fault(
            "credit_code",
            gettext("The record of this code was merged into %(name)s (%(code)s).")
            % {"name": row.merged_into.name, "code": row.merged_into.credit_code},
            gettext("Use that code."),
        )
    other = known.code_of_name.get(_narrow(name)) if name else None
    if other is not None and other != code:
        one.fault(
            "name",
            gettext("%(name)s is registered already, with the code %(code)s.")
            % {"name": name, "code": other},
            gettext("Compare the code with the business license."),
        )
    if one.faults:
        return one.faulty(title)
    changes = _changes(one, row, known) if row is not None else ()
    becomes = Becomes.NEW if row is None else Becomes.CHANGED if changes else Becomes.SAME
    return Verdict(
        one.row.number, becomes, title, dict(one.values), (), tuple(one.notes), tuple(changes)
    )


def _changes(one: Cleaned, row: Enterprise, known: Known) -> tuple[Change, ...]:
    """Return what a row would change; what it does not say stays as it is."""
    values = one.values
    if "name" in values and _narrow(values["name"]) == _narrow(row.name):
        del values["name"]  # only the width of brackets differs
    changes = [
        Change(key, queries.words_of_value(key, old), queries.words_of_value(key, values[key]))
        for key in PLAIN
        if key in values and values[key] != (old := queries.value_of(row, key))
    ]
    if any(change.field == "name" for change in changes):
        one.notes.append(
            Finding(
                "name",
                gettext("This code is registered as %(name)s.") % {"name": row.name},
                gettext("Make sure that it is the same firm under a new name."),
            )
        )
    changes += _place_change(values, known.sites.get(row.pk))
    changes += _contact_changes(values, known.contacts.get(row.pk, []))
    return tuple(changes)


def _place_change(values: dict[str, Any], site: Site | None) -> list[Change]:
    if "lon" not in values:
        return []
    told = Position(values["lon"], values["lat"])
    if site is None or site.lon is None or site.lat is None:
        return [Change("lon", queries.NOTHING, _degrees(told))]
    here = Position(site.lon, site.lat)
    if distance_between_m(here, told) < SAME_PLACE_M:
        del values["lon"], values["lat"]
        return []
    return [Change("lon", _degrees(here), _degrees(told))]


def _degrees(position: Position) -> str:
    return f"{position.lon:.6f}, {position.lat:.6f}"


def _contact_changes(values: dict[str, Any], contacts: Sequence[Contact]) -> list[Change]:
    """Return what becomes of whom to reach: found by the number, then by the name, else added."""
    if "contact_phone" not in values:
        return []
    told = tuple(values.get(key, "") for key in CONTACT)
    known = contact_meant(values, contacts)
    if known is None:
        return [Change("contact_name", queries.NOTHING, " ".join(filter(None, told)))]
    title = values.get("contact_title", known.title)
    old, new = (known.name, known.title, known.phone), (told[0], title, told[2])
    if old == new:
        return []
    return [Change("contact_name", " ".join(filter(None, old)), " ".join(filter(None, new)))]


def contact_meant(values: dict[str, Any], contacts: Sequence[Contact]) -> Contact | None:
    """Return the contact that a row speaks of: with its number, otherwise with its name."""
    for contact in contacts:
        if contact.phone == values["contact_phone"]:
            return contact
    return next((one for one in contacts if one.name == values["contact_name"]), None)


def _may(actor: AbstractBaseUser) -> bool:
    return policies.may_register(queries.standing_of(actor))


def _address(key: str) -> str:
    return reverse("registry:enterprise", args=[int(key)])


ENTERPRISE_LIST = ListKind(
    code="enterprises",
    label=_("Enterprises"),
    key_words=_("A record is found by its credit code. What a row does not say stays as it is."),
    fields=FIELDS,
    may=_may,
    check=check_enterprises,
    apply=apply_enterprises,
    undo=undo_enterprises,
    list_address="registry:enterprises",
    options=(DATUM,),
    address=_address,
)
