"""What a message asks for beside the load: requirements and whether a load may be shared."""

from __future__ import annotations

import re

from shuniu.engines.extraction.freight.cards import LoadMode
from shuniu.engines.extraction.freight.normal import Sheet

_REQUIREMENTS: tuple[tuple[str, str], ...] = (
    ("尾板优先", r"(?:有|带)?尾板(?:车)?(?:的)?(?:最好|优先|更好)|最好(?:有|带)?尾板"),
    ("尾板", r"(?:有|带|要|需)?尾板(?:车)?(?:的)?"),
    ("上门提", r"上门(?:提货?|取货?|装货?|拉货)"),
    ("送货上门", r"送货?上门|送到(?:门|厂|工地)"),
    ("不可压", r"(?:别|不要?|不可|不能|勿|严禁|禁止|怕)(?:重?压|叠放?|堆叠)"),
    ("易碎", r"易碎|轻拿轻放|小心轻放"),
    ("防潮", r"防潮|怕潮"),
    ("防雨", r"(?:要|带|有|盖|需)?(?:篷布|雨布|油布|苫布)|防雨|防水|怕雨|怕水|不能淋雨"),
    ("到付", r"(?:运费)?到付|货到付款"),
    (
        "现结",
        (
            r"现结|现付|装完?车?(?:就|即|后)?(?:结|付)|卸(?:完|货|车)(?:就|即|后|当场)?(?:结|"
            r"付)(?:款|账|清)?|当场结|当天结|日结"
        ),
    ),
    ("月结", r"月结"),
    (
        "回单结算",
        r"回单(?:原件)?(?:拍照|到付?|寄回|后|到了?)?(?:就|再|后|即)?(?:结|付)(?:款|算|账)?",
    ),
    ("回单", r"(?:要|需|签|带|寄|返|有)?(?:签)?回单(?!付|结|到付)|签单|签收单"),
    ("48小时核酸", r"48小?时?(?:内)?核酸"),
    ("24小时核酸", r"24小?时?(?:内)?核酸"),
    ("核酸", r"(?<!时)(?<!\d)核酸"),
    ("通行证", r"通行证"),
    ("绿码", r"绿码|健康码|行程码"),
    ("超限证", r"超限证?|超宽|超长|超高|办证"),
    ("行吊装车", r"行[吊车]装(?:车|货)?|吊装|行吊"),
    ("叉车", r"(?:有|要|需要?)?叉车(?:装|卸|装卸)?(?:货|车)?"),
    ("自带绑带", r"(?:自带|自备|要带|带)?(?:绑带|绑绳|紧绳器|钢丝绳|捆绑带|链条)"),
    ("过磅", r"过磅|上磅|过地磅|磅单"),
    (
        "卸货费自理",
        r"(?:自己|司机|师傅)(?:装|卸|搬)(?:货|车)?|自(?:装|搬)|自卸(?=货|费|[\s,.;]|$)(?!\s*(?:车|或|/|、|高|平))",
    ),
    ("包装卸", r"包装卸|包卸|包装包卸|装卸全包|不?管装卸|不用装卸"),
    ("资质齐全", r"(?:危险?品|危化|危货)(?:车|资质|证)?|资质|押运(?:员|证)?"),
    ("道路运输证", r"(?:道路)?运输证|营运证|从业资格证"),
    ("国五以上", r"国[五5六6](?:以上|及以上|排放)?(?:的车)?"),
    ("绿牌可进城", r"进城证|入城证|进市区|绿牌"),
    ("蓝牌", r"蓝牌"),
    ("黄牌", r"黄牌"),
    ("高速", r"(?:必须|要|全程)走?高速"),
    ("定位", r"(?:要|开|带|装|有)?(?:GPS|定位|北斗)"),
    ("两人", r"双驾|双司机|跟车人?员?"),
    ("押车", r"(?:可|要|能)?(?:跟车|押车)"),
    ("干净车厢", r"(?:车厢|车)(?:要)?(?:干净|无异味|整洁)|无异味|干净无味"),
    ("专车", r"专车直达|专车"),
    ("直达", r"(?:中途)?不(?:转|倒)车|不中转"),
)
_PATTERNS = tuple((name, re.compile(words, re.IGNORECASE)) for name, words in _REQUIREMENTS)
_DENIED = re.compile(r"(?:不是?|非|无需?|没有?|未|免|不用|不需要?|不要|不走)$")
"""What stands before a word that is said not to be asked for (不超高, 非危化品)."""
_TAX_FREE = re.compile(r"(?:不|未|没)(?:含|带|开|要)(?:税|票)|不需?要?(?:开?票|发票)")
_WITH_TAX = re.compile(r"含税")
_WITH_INVOICE = re.compile(
    r"含票|带票|(?:要|可|能|需|得|提供|包)?开(?:专?票|发票|增值税)|专票|要发?票|"
    r"(?:\d{1,2}|[一三六九十])个点(?!卸|装|提|送|,)"
)
_WHOLE = re.compile(
    r"(?:拼车?|配货?|拼的)(?:不要|勿扰|不行|免谈|别来|的不要)|(?:不|别|勿|拒|谢绝)(?:能|"
    r"可以?|要|接受)?拼|整车(?!零担|或零担|/零担)|一(?:整)?车(?:走|拉|装)(?!不)|专车|"
    r"(?<!面)包车|独车|整车走|单独(?:一)?车|一车能?装完"
)
_SHARED = re.compile(
    r"拼(?!多多|命|装|接|板|音)|搭(?!建|配|棚|设|积)|捎|顺风车|便车|零担|散货|小票货|零星|顺路|"
    r"顺[带道]|(?:求|可以?|能|帮忙?|再|谁|想|给|还能|可|要)带(?!电|票|税|尾|绑|篷|雨|走)|"
    r"带[\d一二两三四五六七八九十]{1,3}个?(?:吨|托|件|箱|卷|方)|带(?:一带|一下|点货?|个货|货|一票|几托|过去|一托|一程)|一路配|配一路|空(?:了|"
    r"着)?(?:一半|半车|大半|三分|1/2)|半车|托的?位置|个位置|还(?:能|可以?|可)(?:再)?(?:装|上|带|塞|拉|放|配|"
    r"加)|还(?:[差缺](?!一?[台辆部])|空|剩|余|有[^,。\n]{0,8}(?:位置|空位|空间|空档|地方|余位))|"
    r"[差缺][\d一二两三四五六七八九十]+[来多几]?个?(?:吨|方|米|托)|(?:后面|车[上里尾]|尾部|"
    r"厢里)[^,\n]{0,6}(?:位置|空|能装|地方)|能塞|剩余?(?:空间|位置|舱位)|没装满|没满|凑车|"
    r"凑一车|配满|(?:位置|空位)(?:还有|剩)|有空位"
)


def requirements_of(sheet: Sheet) -> tuple[str, ...]:
    """Take the words of requirements away and return them in the words of the conventions."""
    found: list[tuple[int, str]] = []
    text = sheet.text
    for name, pattern in _PATTERNS:
        match = next((m for m in pattern.finditer(text) if not _is_denied(text, m.start())), None)
        if match is None:
            continue
        if any(other.startswith(name) for _, other in found):
            continue
        found.append((match.start(), name))
        for every in pattern.finditer(text):
            sheet.take(*every.span())
    if not _TAX_FREE.search(text):
        for name, pattern in (("含税", _WITH_TAX), ("开票", _WITH_INVOICE)):
            if (match := pattern.search(text)) is not None:
                found.append((match.start(), name))
    return tuple(name for _, name in sorted(found))


def _is_denied(text: str, start: int) -> bool:
    return _DENIED.search(text[max(0, start - 3) : start]) is not None


def load_mode_of(text: str, *, counts_trucks: bool) -> LoadMode | None:
    """Return whether the load fills a truck; None where the text does not say or says both.

    ``counts_trucks`` is True where loads are counted in trucks (2车膜).
    """
    whole = _WHOLE.search(text)
    rest = _WHOLE.sub("", text) if whole else text
    shared = _SHARED.search(rest)
    if whole and shared:
        return None
    if whole:
        return "FTL"
    if shared:
        return "LTL"
    return "FTL" if counts_trucks else None


def load_mode_place(text: str) -> tuple[int, int] | None:
    """Return where the words stand that tell the load mode; None where it tells none or both."""
    if load_mode_of(text, counts_trucks=False) is None:
        return None
    match = _WHOLE.search(text) or _SHARED.search(text)
    return match.span() if match else None
