"""Phones, names, WeChat and plates."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shuniu.engines.extraction.freight.cards import Contact
from shuniu.engines.extraction.freight.found import Found
from shuniu.engines.extraction.freight.normal import TAKEN, Sheet
from shuniu.engines.extraction.freight.numerals import DIGITS

_GAP = r"[\s\-.·,_/]{1,2}"
_PREFIX = r"(?<!\d)(?<!\d\.)(?:\+?86[\s\-]?)?"
_MOBILES = tuple(
    re.compile(_PREFIX + body + r"(?!\d)")
    for body in (
        r"(1[3-9]\d{9})",
        rf"(1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}})",
        rf"(1[3-9]\d{_GAP}\d{{8}})",
        rf"(1[3-9]\d{{5}}{_GAP}\d{{5}})",
        rf"(1[3-9]\d{{5}}{_GAP}\d{{4}}(?=\d)\d)",
        rf"(1[3-9]\d{{2}}{_GAP}\d{{3}}{_GAP}\d{{4}})",
        rf"(1[3-9]\d{{4}}{_GAP}\d{{3}}{_GAP}\d{{3}})",
        rf"(1[3-9]\d{{5}}{_GAP}\d{{4}}\d?)",
        rf"(1[3-9]\d(?:{_GAP}\d{{2}}){{4}})",
        r"(1[3-9]\d(?:[\s\-.]\d{2,3}){2,4})",
        r"(1(?:[\s\-.]\d){10})",
    )
)
_SPOKEN = re.compile(
    r"(?<!\d)(?:[幺一][\d幺零〇一二两三四五六七八九\s]{9,24}|1[\d\s]*[幺零〇一二三四五六七八九]"
    r"[\d幺零〇一二两三四五六七八九\s]{2,22})[\d幺零〇一二三四五六七八九](?!\d)"
)
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3}[\s\-]?[2-9]\d{6,7})(?!\d)")
_SAME_WECHAT = re.compile(
    r"(?:微信|v信?|vx|wx|微|威信|薇信)\s*(?:[::]\s*)?(?:手机)?(?:也是)?(?:与?(?:电话|手机|"
    r"号码?))?(?:同号?|一样|一致)"
    r"|同(?:微信?|v[x信]?|wx|威)(?:信|号)?|电[微v]|微电|(?:手机|电话)(?:即|就是|=|加|\+|/|"
    r"和|、)?(?:微信|vx|wx)(?:同号?)?"
    r"|(?:加)?微信同|号码即微信",
    re.IGNORECASE,
)
_WECHAT = re.compile(
    r"(?:微信号?|vx|wx|v信|加v|加微)\s*[::]?\s*([a-z][a-z0-9_\-]{4,19})(?![a-z0-9])", re.IGNORECASE
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶"
    "程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严"
    "覃武戴莫孔向汤"
    "施季茅倪仇俞柏茆葛章宗成殷樊凌霍虞支柯管卞"
)
_TITLE = (
    r"师傅|经理|老板|老师|先生|女士|小姐|主任|厂长|队长|科长|调度|会计|主管|总|工|姐|哥|叔|嫂|生"
)
_PERSON = (
    rf"(?:[{_SURNAMES}][\u4e00-\u9fff]?(?:{_TITLE})|[小老阿][{_SURNAMES}]|"
    rf"(?![方万向成])[{_SURNAMES}](?![\u4e00-\u9fff]))"
)
_CALL = r"(?:联系人|联系方式|联系电话|电话|手机号?|致电|联系|请?找|叫我|我是|call|tel|[::()/,\s])*"
_NAME_BEFORE = re.compile(
    rf"(?<![\u4e00-\u9fff])({_PERSON})\s*{_CALL}\s*$|(?:联系人?|找|叫我|电话|手机|"
    rf"致电)\s*[::]?\s*({_PERSON})\s*{_CALL}\s*$",
    re.IGNORECASE,
)
_NAME_AFTER = re.compile(rf"^\s*[((,:]?\s*({_PERSON})(?![\u4e00-\u9fff]{{2}})")
_NAME_ALONE = re.compile(
    rf"(?:联系人?|请?找|叫我|我是)\s*[::]?\s*([{_SURNAMES}][\u4e00-\u9fff]?(?:师傅|经理|老板|"
    rf"先生|女士|小姐|主任|总|姐|哥)|[小老阿][{_SURNAMES}](?![\u4e00-\u9fff]))"
)
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"(?:车牌号?\s*[::]?\s*)?([{_PROVINCES}]\s?[A-HJ-NP-Za-hj-np-z])[\s.·•\-]?([A-HJ-NP-Za-h"
    rf"j-np-z0-9](?:-?[A-HJ-NP-Za-hj-np-z0-9]){{3,5}}挂?)(?![A-Za-z0-9])"
)
_PLATE_HEAD = re.compile(
    rf"[{_PROVINCES}][A-Z](?:牌|字头)|(?<![\u4e00-\u9fff])[{_PROVINCES}][A-HJ-NP-Z](?=\s)"
)


@dataclass(frozen=True, slots=True)
class Reach:
    """Everybody who can be called, in the order of the text."""

    contacts: tuple[Found[Contact], ...]


def find_plate(sheet: Sheet) -> Found[str] | None:
    """Take plates away and return the first, without blanks and dots."""
    plates: list[Found[str]] = []
    for match in _PLATE.finditer(sheet.left):
        plate = re.sub(r"[\s.·•\-]", "", match[1] + match[2]).upper()
        if 7 <= len(plate) <= 8 and re.search(r"\d", plate):
            sheet.take(*match.span())
            plates.append(Found(plate, *match.span()))
    sheet.take_all(_PLATE_HEAD)
    return plates[0] if plates else None


def find_contacts(sheet: Sheet) -> Reach:
    """Take phones, names and WeChat away; a message with none gives an empty reach."""
    phones = sorted(_phones(sheet), key=lambda phone: phone.start)
    wechats = sheet.take_all(_WECHAT)
    same = sheet.take_all(_SAME_WECHAT) if phones else []
    wechat = wechats[0][1] if wechats else None
    contacts = [
        Found(
            Contact(
                phone.value,
                _name_near(sheet, phone),
                True if same and place == 0 else None,
                wechat if place == 0 else None,
            ),
            phone.start,
            phone.end,
        )
        for place, phone in enumerate(phones)
    ]
    if not contacts:
        contacts = _without_phone(sheet, wechat, wechats[0].span(1) if wechats else None)
    return Reach(tuple(contacts))


def _without_phone(
    sheet: Sheet, wechat: str | None, place: tuple[int, int] | None
) -> list[Found[Contact]]:
    alone = _NAME_ALONE.search(sheet.left)
    if alone is None and place is None:
        return []
    span = alone.span(1) if alone else (place or (0, 0))
    if alone:
        sheet.take(*alone.span())
    return [Found(Contact(None, alone[1] if alone else None, None, wechat), *span)]


def _phones(sheet: Sheet) -> list[Found[str]]:
    found: dict[str, Found[str]] = {}
    for pattern in _MOBILES:
        for match in list(pattern.finditer(sheet.left)):
            digits = re.sub(r"\D", "", match[1])
            if len(digits) == 11:
                sheet.take(*match.span())
                found.setdefault(digits, Found(digits, *match.span(1)))
    for match in list(_SPOKEN.finditer(sheet.left)):
        digits = "".join(
            letter if letter.isdigit() and letter.isascii() else str(DIGITS[letter])
            for letter in match[0]
            if letter in DIGITS or letter.isdigit()
        )
        if len(digits) == 11 and digits[1] in "3456789":
            sheet.take(*match.span())
            found.setdefault(digits, Found(digits, *match.span()))
    for match in sheet.take_all(_LANDLINE):
        digits = re.sub(r"\D", "", match[1])
        found.setdefault(digits, Found(digits, *match.span(1)))
    return list(found.values())


def _name_near(sheet: Sheet, phone: Found[str]) -> str | None:
    before = sheet.left[max(0, phone.start - 16) : phone.start]
    match = _NAME_BEFORE.search(before.rstrip(TAKEN))
    if match:
        group = 1 if match[1] else 2
        start = max(0, phone.start - 16) + match.start(group)
        sheet.take(start, start + len(match[group]))
        return match[group]
    after = _NAME_AFTER.search(sheet.left[phone.end : phone.end + 10])
    if after:
        sheet.take(phone.end + after.start(1), phone.end + after.end(1))
        return after[1]
    return None
