"""Industries by code: sections and divisions of GB/T 4754-2017, with their names.

A code has two digits (division), three (group) or four (class); the first two say which division,
and with it which section. Names of groups and classes are not kept: a code of them is shown by the
name of its division.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

LENGTHS = range(2, 5)


@dataclass(frozen=True, slots=True)
class Section:
    """A section, such as C for manufacturing; ``first`` to ``last`` are its divisions."""

    letter: str
    first: int
    last: int
    zh: str
    en: str

    def label(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Division:
    """A division, such as 35 for special equipment."""

    code: str
    zh: str
    en: str

    def label(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class WrongShape:
    """A code that is not two to four digits."""


@dataclass(frozen=True, slots=True)
class NoSuchDivision:
    """A code whose first two digits name no division."""

    division: str


Fault = WrongShape | NoSuchDivision

SECTIONS = (
    Section("A", 1, 5, "农、林、牧、渔业", "Agriculture, forestry, fishing"),
    Section("B", 6, 12, "采矿业", "Mining"),
    Section("C", 13, 43, "制造业", "Manufacturing"),
    Section("D", 44, 46, "电力、热力、燃气及水生产和供应业", "Power, heat, gas, water"),
    Section("E", 47, 50, "建筑业", "Construction"),
    Section("F", 51, 52, "批发和零售业", "Wholesale and retail"),
    Section("G", 53, 60, "交通运输、仓储和邮政业", "Transport, storage, post"),
    Section("H", 61, 62, "住宿和餐饮业", "Hotels and catering"),
    Section("I", 63, 65, "信息传输、软件和信息技术服务业", "Information and software"),
    Section("J", 66, 69, "金融业", "Finance"),
    Section("K", 70, 70, "房地产业", "Real estate"),
    Section("L", 71, 72, "租赁和商务服务业", "Leasing and business services"),
    Section("M", 73, 75, "科学研究和技术服务业", "Research and technical services"),
    Section("N", 76, 79, "水利、环境和公共设施管理业", "Water, environment, public facilities"),
    Section("O", 80, 82, "居民服务、修理和其他服务业", "Household services, repair and others"),
    Section("P", 83, 83, "教育", "Education"),
    Section("Q", 84, 85, "卫生和社会工作", "Health and social work"),
    Section("R", 86, 90, "文化、体育和娱乐业", "Culture, sports, entertainment"),
    Section("S", 91, 96, "公共管理、社会保障和社会组织", "Public administration, organizations"),
    Section("T", 97, 97, "国际组织", "International organizations"),
)

_NAMES = """
01 农业|Farming
02 林业|Forestry
03 畜牧业|Animal husbandry
04 渔业|Fishery
05 农、林、牧、渔专业及辅助性活动|Support for agriculture, forestry, fishing
06 煤炭开采和洗选业|Coal mining and washing
07 石油和天然气开采业|Oil and gas extraction
08 黑色金属矿采选业|Ferrous metal mining
09 有色金属矿采选业|Non-ferrous metal mining
10 非金属矿采选业|Non-metal mining
11 开采专业及辅助性活动|Support for mining
12 其他采矿业|Other mining
13 农副食品加工业|Farm produce processing
14 食品制造业|Food
15 酒、饮料和精制茶制造业|Liquor, beverages, refined tea
16 烟草制品业|Tobacco
17 纺织业|Textiles
18 纺织服装、服饰业|Clothing
19 皮革、毛皮、羽毛及其制品和制鞋业|Leather, fur, feathers, footwear
20 木材加工和木、竹、藤、棕、草制品业|Timber, wood and bamboo products
21 家具制造业|Furniture
22 造纸和纸制品业|Paper and paper products
23 印刷和记录媒介复制业|Printing and media
24 文教、工美、体育和娱乐用品制造业|Stationery, arts, sports, toys
25 石油、煤炭及其他燃料加工业|Petroleum, coal and fuel processing
26 化学原料和化学制品制造业|Chemicals
27 医药制造业|Medicines
28 化学纤维制造业|Chemical fibers
29 橡胶和塑料制品业|Rubber and plastics
30 非金属矿物制品业|Non-metallic mineral products
31 黑色金属冶炼和压延加工业|Ferrous metal smelting and rolling
32 有色金属冶炼和压延加工业|Non-ferrous metal smelting and rolling
33 金属制品业|Metal products
34 通用设备制造业|General equipment
35 专用设备制造业|Special equipment
36 汽车制造业|Motor vehicles
37 铁路、船舶、航空航天和其他运输设备制造业|Rail, ships, aerospace, other transport equipment
38 电气机械和器材制造业|Electrical machinery
39 计算机、通信和其他电子设备制造业|Computers, communication, electronics
40 仪器仪表制造业|Instruments and meters
41 其他制造业|Other manufacturing
42 废弃资源综合利用业|Recycling
43 金属制品、机械和设备修理业|Repair of metal products and machinery
44 电力、热力生产和供应业|Power and heat supply
45 燃气生产和供应业|Gas supply
46 水的生产和供应业|Water supply
47 房屋建筑业|Building construction
48 土木工程建筑业|Civil engineering
49 建筑安装业|Building installation
50 建筑装饰、装修和其他建筑业|Decoration and other construction
51 批发业|Wholesale
52 零售业|Retail
53 铁路运输业|Rail transport
54 道路运输业|Road transport
55 水上运输业|Water transport
56 航空运输业|Air transport
57 管道运输业|Pipeline transport
58 多式联运和运输代理业|Multimodal transport, forwarding
59 装卸搬运和仓储业|Handling and storage
60 邮政业|Post
61 住宿业|Accommodation
62 餐饮业|Catering
63 电信、广播电视和卫星传输服务|Telecommunication and broadcasting
64 互联网和相关服务|Internet services
65 软件和信息技术服务业|Software and information technology
66 货币金融服务|Monetary services
67 资本市场服务|Capital market services
68 保险业|Insurance
69 其他金融业|Other finance
70 房地产业|Real estate
71 租赁业|Leasing
72 商务服务业|Business services
73 研究和试验发展|Research and development
74 专业技术服务业|Professional technical services
75 科技推广和应用服务业|Technology promotion and application
76 水利管理业|Water management
77 生态保护和环境治理业|Environmental protection
78 公共设施管理业|Public facilities
79 土地管理业|Land management
80 居民服务业|Household services
81 机动车、电子产品和日用产品修理业|Repair of vehicles, electronics, goods
82 其他服务业|Other services
83 教育|Education
84 卫生|Health
85 社会工作|Social work
86 新闻和出版业|News and publishing
87 广播、电视、电影和录音制作业|Broadcasting, film, recording
88 文化艺术业|Culture and arts
89 体育|Sports
90 娱乐业|Entertainment
91 中国共产党机关|Organs of the Communist Party of China
92 国家机构|State organs
93 人民政协、民主党派|Political consultative conference, democratic parties
94 社会保障|Social security
95 群众团体、社会团体和其他成员组织|Mass and membership organizations
96 基层群众自治组织及其他组织|Grassroots self-governing organizations
97 国际组织|International organizations
"""


def _division(line: str) -> Division:
    code, _, names = line.partition(" ")
    zh, _, en = names.partition("|")
    return Division(code, zh, en)


DIVISIONS = {division.code: division for division in map(_division, _NAMES.strip().splitlines())}
_SECTION_OF = {
    f"{number:02}": section
    for section in SECTIONS
    for number in range(section.first, section.last + 1)
}


def normal_industry(text: str) -> str:
    """Return a code as it is stored: narrow digits, without the letter of its section."""
    narrow = "".join(unicodedata.normalize("NFKC", text).upper().split())
    has_letter = narrow[:1] in {section.letter for section in SECTIONS}
    return narrow[1:] if has_letter and narrow[1:] else narrow


def fault_of(code: str) -> Fault | None:
    """Return what is wrong with a normal code; None for a right one."""
    if not (code.isascii() and code.isdecimal() and len(code) in LENGTHS):
        return WrongShape()
    return None if code[:2] in DIVISIONS else NoSuchDivision(code[:2])


def division_of(code: str) -> Division | None:
    """Return the division of a code; None if there is none."""
    return DIVISIONS.get(code[:2])


def section_of(code: str) -> Section | None:
    """Return the section of a code; None if there is none."""
    return _SECTION_OF.get(code[:2])


def section_with(letter: str) -> Section | None:
    """Return the section of a letter; None if there is none."""
    return next((section for section in SECTIONS if section.letter == letter), None)
