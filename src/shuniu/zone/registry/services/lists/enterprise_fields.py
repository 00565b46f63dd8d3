"""The columns that a list of enterprises may have."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel.importing.kinds import ListField, ListOption
from shuniu.zone.registry.credit_code import fault_of, normal_code
from shuniu.zone.registry.services.positions import DATUMS

PHONE_LIKE = re.compile(r"(\+?86)?1[3-9]\d{9}|0\d{2,3}-?\d{7,8}", re.ASCII)
FIRM_LIKE = re.compile(r".{2,}(公司|厂|集团|合作社|中心|部|ltd\.?|inc\.?|co\.)$", re.IGNORECASE)
PLACE = ("lon", "lat", "position")

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
    ListField(
        "verified_on", _("Verified on"),
        ("核实日期", "核实时间", "核对日期", "核实于", "信息核实日期", "verified on", "verified",
         "date of verification"),
        "2026-03-15",
        _("on which day somebody verified the row; without it nothing counts as verified"),
        is_text=True,
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
