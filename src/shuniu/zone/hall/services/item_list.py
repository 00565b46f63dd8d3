"""The list of the service catalogue: read from a file, previewed, written, and undone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.hall import facts, policies, queries
from shuniu.zone.hall.models import ServiceItem
from shuniu.zone.hall.services.items import differing, may_keep, tidy_lines, write
from shuniu.zone.kernel.facts import FactRecord
from shuniu.zone.kernel.importing.kinds import (
    Becomes,
    Change,
    Errand,
    Finding,
    ListField,
    ListKind,
    Sentence,
    SourceRow,
    TakenBack,
    Verdict,
    Written,
)
from shuniu.zone.kernel.services import record_facts
from shuniu.zone.registry.models import Office
from shuniu.zone.registry.queries import active_offices, standing_of
from shuniu.zone.registry.services.lists.cells import WrongCell, text_of
from shuniu.zone.registry.services.lists.cleaning import (
    Cleaned,
    cleaned_row,
    in_chunks,
    mark_twice,
    require,
)
from shuniu.zone.registry.services.lists.sentences import CELLS

NOTHING = "–"
MOST_DAYS = 999
LONGEST_LINES = 4_000
AT_ONCE = {"即办", "即办件", "当场", "当场办结", "at once"}
DAYS = re.compile(r"(\d{1,6})\s*(个)?(工作日|工作天|天|日|working days?|days?)?", re.ASCII)
BETWEEN_LINES = re.compile(r"[\r\n；;]+")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,29}", re.ASCII)
FIELDS: tuple[ListField, ...] = (
    ListField(
        "code", pgettext_lazy("item", "Code"),
        ("事项编码", "编码", "事项代码", "实施编码", "code", "item code"), "SC-001",
        _("by it an item is found again"), is_required=True, is_text=True,
    ),
    ListField(
        "name", pgettext_lazy("item", "Item"),
        ("事项名称", "事项", "服务事项", "办理事项", "item", "name", "service"), "企业设立登记",
        is_required=True,
    ),
    ListField(
        "unit", pgettext_lazy("item", "Unit"),
        ("办理单位", "实施机构", "责任单位", "部门", "单位", "unit", "department", "office"),
        "行政审批局", _("as it is called in the zone profile"),
    ),
    ListField(
        "materials", _("What to bring"),
        ("申请材料", "材料", "所需材料", "办理材料", "materials", "documents"),
        "营业执照复印件；法定代表人身份证明", _("one thing a line, or divided by ；"),
    ),
    ListField(
        "legal_basis", _("Legal basis"), ("设定依据", "法律依据", "依据", "legal basis", "basis"),
        "《中华人民共和国市场主体登记管理条例》第十九条",
    ),
    ListField(
        "limit_days", _("Statutory limit"),
        ("法定时限", "法定办结时限", "法定期限", "limit", "statutory limit"), "3",
        _("working days"),
    ),
    ListField(
        "promise_days", _("Promise"),
        ("承诺时限", "承诺办结时限", "承诺期限", "promise", "promised days"), "1",
        _("working days; 即办 is 0"),
    ),
    ListField("fee", _("Fee"), ("收费", "收费标准", "费用", "fee", "fees"), "不收费"),
    ListField(
        "channel", _("Where and how"),
        ("办理渠道", "办理方式", "办理地点", "渠道", "channel", "where"), "大厅 1 号窗口；网上办",
    ),
    ListField(
        "owner", _("Section in charge"),
        ("责任科室", "承办科室", "窗口", "科室", "owner", "section"), "企业登记科",
        _("a section or window, not a person"),
    ),
    ListField(
        "phone", _("Office telephone"), ("咨询电话", "电话", "办公电话", "phone", "telephone"),
        "0513-82210001", is_text=True,
    ),
)  # fmt: skip
LABELS = {field.key: field.label for field in FIELDS}


def _changed_since(values: Mapping[str, Any]) -> str:
    names = "、".join(str(LABELS[key]) for key in values["keys"] if key in LABELS)
    return str(_("Somebody has changed this since: %(label)s.")) % {"label": names}


SENTENCES: Mapping[str, Sentence] = {
    **CELLS,
    "item_code": Sentence(
        _("“%(cell)s” is no code of an item."), _("Up to 30 Latin letters, digits, - and _.")
    ),
    "not_days": Sentence(
        _("“%(cell)s” is no number of working days."), _("Write digits, such as 5, or 即办.")
    ),
    "too_many_days": Sentence(_("At most %(most)d days can be kept.")),
    "promise_long": Sentence(
        _("The promise (%(promise)d days) is longer than the law allows (%(limit)d days).")
    ),
    "no_unit": Sentence(
        _("The zone has no unit called %(name)s."), _("Write its name as in the zone profile.")
    ),
    "same_item": Sentence(
        _("Row %(row)d has the same code."), _("Keep one of the two rows.")
    ),
    "item_retired": Sentence(_("This item is retired; it is corrected and stays so.")),
    "item_gone": Sentence(_("The item is gone.")),
    "item_changed": Sentence(_changed_since),
}  # fmt: skip


def _code(cell: str) -> str:
    text = unicodedata.normalize("NFKC", cell).strip()
    if not CODE.fullmatch(text):
        raise WrongCell("item_code", cell=text[:30])
    return text


def _lines(cell: str) -> str:
    text = tidy_lines("\n".join(BETWEEN_LINES.split(cell)))
    if len(text) > LONGEST_LINES:
        raise WrongCell("text_long", count=len(text), most=LONGEST_LINES)
    return text


def _days(cell: str) -> int:
    text = unicodedata.normalize("NFKC", cell).strip().casefold().removesuffix(".0")
    if text in AT_ONCE:
        return 0
    found = DAYS.fullmatch(text)
    if found is None:
        raise WrongCell("not_days", cell=cell[:20])
    if int(found[1]) > MOST_DAYS:
        raise WrongCell("too_many_days", most=MOST_DAYS)
    return int(found[1])


CLEANERS = {
    "code": _code,
    "name": lambda cell: text_of(cell, 120),
    "unit": lambda cell: text_of(cell, 80),
    "materials": _lines,
    "legal_basis": _lines,
    "limit_days": _days,
    "promise_days": _days,
    "fee": lambda cell: text_of(cell, 120),
    "channel": lambda cell: text_of(cell, 120),
    "owner": lambda cell: text_of(cell, 60),
    "phone": lambda cell: text_of(cell, 30),
}


def _codes(rows: Sequence[SourceRow]) -> set[str]:
    return {unicodedata.normalize("NFKC", row.cells.get("code", "")).strip() for row in rows} - {""}


def _items(codes: set[str]) -> dict[str, ServiceItem]:
    found: dict[str, ServiceItem] = {}
    for some in in_chunks(sorted(codes)):
        found |= {item.code: item for item in queries.items_of_codes(some)}
    return found


def lock_items(rows: Sequence[SourceRow], errand: Errand) -> None:  # noqa: ARG001  # the shape of a lock
    """Take the items of these codes, in the order of their keys."""
    held = ServiceItem.objects.select_for_update(no_key=True).order_by("pk")
    for some in in_chunks(sorted(_codes(rows))):
        list(held.filter(code__in=some).values_list("pk", flat=True))


def check_items(rows: Sequence[SourceRow], errand: Errand) -> list[Verdict]:  # noqa: ARG001  # the shape of a check
    """Say what would become of each row."""
    cleaned = [cleaned_row(row, CLEANERS) for row in rows]
    mark_twice(cleaned, "code", "same_item")
    units = {
        name: office
        for office in active_offices()
        for name in (office.zh, office.en.casefold(), office.code)
    }
    items = _items(_codes(rows))
    return [_verdict(one, items, units) for one in cleaned]


def _verdict(
    one: Cleaned, items: Mapping[str, ServiceItem], units: Mapping[str, Office]
) -> Verdict:
    values = one.values
    require(one, "code")
    item = items.get(values.get("code", ""))
    if item is None:
        require(one, "name", "unit")
    _judge(one, item, units)
    title = values.get("name") or (item.name if item else "") or values.get("code", "")
    if one.faults:
        return one.faulty(title)
    changes = () if item is None else _changes(values, item)
    becomes = Becomes.NEW if item is None else Becomes.CHANGED if changes else Becomes.SAME
    return Verdict(one.row.number, becomes, title, dict(values), (), tuple(one.notes), changes)


def _judge(one: Cleaned, item: ServiceItem | None, units: Mapping[str, Office]) -> None:
    values = one.values
    if "unit" in values:
        unit = units.get(values["unit"]) or units.get(values["unit"].casefold())
        if unit is None:
            one.fault("unit", "no_unit", name=values["unit"])
        else:
            values["unit"] = unit.code
    limit = values.get("limit_days", item.limit_days if item else None)
    promise = values.get("promise_days", item.promise_days if item else None)
    if limit is not None and promise is not None and promise > limit:
        one.fault("promise_days", "promise_long", promise=promise, limit=limit)
    if item is not None and not item.is_active:
        one.note("code", "item_retired")


def _changes(values: Mapping[str, Any], item: ServiceItem) -> tuple[Change, ...]:
    said = said_of(item)
    return tuple(
        Change(key, said[key], value)
        for key, value in values.items()
        if key != "code" and said[key] != value
    )


def said_of(item: ServiceItem) -> dict[str, Any]:
    """Return what an item says, as plain values by the keys of the list."""
    found = {field.key: getattr(item, field.key) for field in FIELDS if field.key != "unit"}
    return found | {"unit": item.unit.code}


def apply_items(verdicts: Sequence[Verdict], errand: Errand) -> list[Written]:
    """Add what is new and correct what differs; the items are locked already.

    Raises
    ------
    NotForYou
        If who confirmed the import does not keep the catalogue.
    """
    actor = cast("User", errand.actor)
    may_keep(actor)
    units = {office.code: office for office in active_offices()}
    items = _items({one.values["code"] for one in verdicts})
    written, told = [], []
    for one in verdicts:
        given = {
            key: units[value] if key == "unit" else value
            for key, value in one.values.items()
            if key != "code"
        }
        item = items.get(one.values["code"])
        if item is None:
            item = ServiceItem(code=one.values["code"], changed_at=errand.now, **given)
            item.save(force_insert=True)
            before: dict[str, Any] = {"is_new": True, "said": said_of(item)}
            names = tuple(given)
        else:
            changed = differing(item, given)
            old = said_of(item)
            before = {key: [old[key], one.values[key]] for key in changed}
            write(item, changed, now=errand.now)
            names = tuple(changed)
        written.append(Written(one.number, str(item.pk), before))
        fact = facts.ItemListed(item_id=item.pk, fields=names, import_id=errand.import_id)
        told.append((cast("FactRecord", fact), cast("User | None", actor), errand.now))
    record_facts(told, deliver=True)
    return written


def undo_items(written: Sequence[Written], errand: Errand) -> list[TakenBack]:
    """Take back what nobody changed since.

    Raises
    ------
    NotForYou
        If who asked for it does not keep the catalogue.
    """
    actor = cast("User", errand.actor)
    may_keep(actor)
    keys = [int(one.subject) for one in written]
    held = ServiceItem.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
    items = {item.pk: item for item in held.select_related("unit").filter(pk__in=keys)}
    units = {office.code: office for office in active_offices()}
    taken, told = [], []
    for one in written:
        item = items.get(int(one.subject))
        why = (Finding("", "item_gone"),) if item is None else _why_not(item, one.before)
        if item is not None and not why:
            _take_back(item, one.before, units, errand)
            fact = facts.ItemTakenBack(item_id=int(one.subject), import_id=errand.import_id)
            told.append((cast("FactRecord", fact), cast("User | None", actor), errand.now))
        taken.append(TakenBack(one.number, is_done=not why, why=why))
    record_facts(told, deliver=True)
    return taken


def _why_not(item: ServiceItem, before: Mapping[str, Any]) -> tuple[Finding, ...]:
    says = said_of(item)
    wrote = before["said"] if before.get("is_new") else {k: pair[1] for k, pair in before.items()}
    keys = [key for key, value in wrote.items() if says[key] != value]
    return (Finding("", "item_changed", {"keys": keys}),) if keys else ()


def _take_back(
    item: ServiceItem, before: Mapping[str, Any], units: Mapping[str, Office], errand: Errand
) -> None:
    if before.get("is_new"):
        item.delete()
        return
    old = {key: units[pair[0]] if key == "unit" else pair[0] for key, pair in before.items()}
    write(item, old, now=errand.now)


def _may(actor: AbstractBaseUser) -> bool:
    return policies.may_keep_items(standing_of(actor))


def _address(key: str) -> str:
    return reverse("hall:item", args=[int(key)])


def _shown(field: str, value: Any) -> str:
    """Return what a field is or would be, as the preview shows it."""
    if value is None or value == "":
        return NOTHING
    if field == "unit":
        is_zh = (get_language() or "").startswith("zh")
        names = {one.code: one.zh if is_zh else one.en for one in active_offices()}
        return names.get(value, str(value))
    return str(value)


ITEM_LIST = ListKind(
    code="services",
    label=_("Service catalogue"),
    key_words=_("An item is found by its code. What a row does not say stays as it is."),
    fields=FIELDS,
    may=_may,
    lock=lock_items,
    check=check_items,
    apply=apply_items,
    undo=undo_items,
    list_address="hall:items",
    sentences=SENTENCES,
    shown=_shown,
    address=_address,
)
