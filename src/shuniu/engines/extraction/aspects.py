"""What a text names and what is wrong there: the two things that make an event.

Two needs tell of one event if they name the same thing (a road, a building, a line, a company, a
policy's year) and say that the same is wrong with it. Names are found by their last words, so
that a zone need not list its roads; what is wrong is one of a list of common troubles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from shuniu.engines.extraction.plain import plain

# Kinds of names. Two names of one kind that differ speak against one event.
_NAMES = {
    "road": re.compile(r"[一-鿿]{2}(?:大道|公路|[东西南北中]?路(?!由|灯)|街(?!道))"),
    "line": re.compile(
        r"[a-z][0-9]{1,4}(?![0-9栋幢座号])|[0-9]{1,9}(?:路(?!由)|号线|号班车)|班车[0-9一二三四五六七八九]号"
    ),
    "building": re.compile(
        r"[a-z]?[0-9]{1,9}(?:号楼|栋|幢|座|号门|号厂房)|[二一三四五六七八九]号门"
    ),
    "block": re.compile(r"[a-z]区"),
    "estate": re.compile(
        r"[一-鿿]{2}(?:小区|花园|家园|新村|公寓|大厦|广场|产业园|科技园|工业园|园区|中心|苑|社区|村(?!里))"
    ),
    "school": re.compile(r"[一-鿿]{2}(?:小学|中学|学校|幼儿园|大学)"),
    "market": re.compile(r"[一-鿿]{2}(?:农贸|菜|小商品|批发)?市场"),
    "park": re.compile(r"[一-鿿]新?园(?=$|[^区林工地丁艺子])"),
    "water": re.compile(r"[一-鿿]{2}(?:河|港|桥|码头|泵站|闸)"),
    "station": re.compile(
        r"[一-鿿]{2}(?:变电站|变电所|开闭所|变(?=[那出跳故站])|收费站|出口|服务区)"
    ),
    "company": re.compile(
        r"[一-鿿]{2}(?:橡胶|化工|建设|建筑|集团|物业|纺织|印染|电子|机械|化纤|制药|医药|食品|水泥|钢铁|置业"
        r"|地产|科技|劳务|环保|能源|健身|教育|驾校|医院|超市|酒店|公司)"
    ),
    "year": re.compile(r"20[0-9]{2}(?=年|技|度)"),
    "document": re.compile(r"《[^》]{2,20}》"),
}
# Words before a last word that make no name: 整条路, 这条街, 我们公司, 工业园区.
_NO_NAME = re.compile(
    r".*(?:条|前|这|那|修|道|马|线|公网|网|水|气|有|的|上|此|该|个|段|过|走|铺|整|厂门|大门|门口|我们|他们|你们"
    r"|咱们|附近|隔壁|其他|工业|开发|产业|整个|本地|高速|人才|蓝领|职工|员工|服务|购物|一家|几家|周边"
    r"|外地|同|电力|供电|自来|燃气|市政|路由|十字|[厂大出]门).{0,1}(?:大道|公路|路|街|桥|河|港|码头|小区|公司|园区|公寓"
    r"|中心|广场|出口|科技|建设|电子|能源|环保|教育|机械|食品|村|集团|物业|建筑)"
)
_TROUBLES = {
    "power": re.compile(r"停电|断电|没有?电|跳闸|漆?黑着|来电|供电中断|电线"),
    "voltage": re.compile(r"电压|暂降|闪了|晃电|变电站|跳闸"),
    "no_water": re.compile(r"停水|断水|没有?水|水压|来水"),
    "bad_water": re.compile(r"黄水|发黄|浑浊|水质|沉淀|铁锈|水是黄|浑水"),
    "heat": re.compile(
        r"(?:蒸汽|供汽|热电|烘房)[^。]{0,12}(?:压|不足|停|断|没|供应|低)|暖气|供暖|不热"
    ),
    "no_gas": re.compile(r"停气|限气|气压|断气|供气"),
    "smell": re.compile(r"臭|气味|异味|刺鼻|味道|熏|偷排|废气|难闻|怪味|在排|排出|烟囱|黑烟|油烟"),
    "river": re.compile(r"河[^。]{0,12}(?:黑|臭|鱼|脏|污)|死鱼|水体"),
    "flood": re.compile(r"积水|淹|倒灌|进水|排水|内涝|抽水"),
    "light": re.compile(r"路灯|不亮|漆黑|照明"),
    "signal": re.compile(r"红绿灯|信号灯"),
    "lift": re.compile(r"电梯|爬楼|梯"),
    "hot_water": re.compile(r"热水|洗澡|太阳能"),
    "stop": re.compile(r"站台|停靠|站点|不停|(?:取消|撤|加|设|增)[^,，。]{0,8}站|一站|公交站"),
    "ride": re.compile(
        r"接驳|末班|班次|停运|晚点|没车|公交|加车|发[^,，。]{0,2}班|挤不上|上不了车|等车"
    ),
    "rude": re.compile(r"骂|态度|恶劣|飞快|野蛮|推诿"),
    "works": re.compile(r"修路|开挖|围挡|封路|封了|施工|绕行|绕道走|工地|进不了厂|大门堵"),
    "jam": re.compile(r"堵(?!死了?管|了管)|排队|拥堵|限高|过不去|进出"),
    "ban": re.compile(r"限行|禁行|禁止通行|绕道|进不来"),
    "net": re.compile(r"断网|没有?网|上不了网|光缆|宽带|网络|手机信号|没信号"),
    "unpaid": re.compile(
        r"什么时候发|发放|补贴到底|公示完|(?:没|未|不)[^,，。]{0,2}(?:发|拨|到账|到|兑现|兑付)|拨付|进度|没有消息|入账|迟迟|什么时候拨"
    ),
    "owed": re.compile(r"欠|拖了|找谁要|跑了|讨要|工资|不给"),
    "price": re.compile(
        r"单价|[水电]费|商业[水电]|收得|比外面贵|涨|价格|太贵|又贵|阶梯|收费|多付|翻倍|电价|水价|气价|乱收"
    ),
    "system": re.compile(
        r"网上提交|提交不了|系统|平台|登录|打不开|传不了|崩|上传|报错|转圈|附件|模块"
    ),
    "rent": re.compile(r"出租|招租|求租|床位|租厂|转租|租赁费"),
    "hire": re.compile(r"招[^,，。生标]{0,6}(?:人|工)|招聘"),
    "fix": re.compile(r"整改|工期|拆完|夹芯板|彩钢"),
    "waste": re.compile(r"危废|处置"),
    "garbage": re.compile(r"垃圾|清运|苍蝇|环卫"),
    "food": re.compile(r"食堂|饭菜|菜价|难吃|伙食"),
    "dust": re.compile(r"扬尘|粉尘|灰尘|全是灰|灰大|尘土|洒水"),
    "trucks": re.compile(r"渣土车|大车|重卡|泥头车|拉土"),
    "learning": re.compile(r"约考|排(?:上|不上)?考|学员|教练|驾校"),
    "transformer": re.compile(r"变电[站所]|变压器|跳闸|老是跳"),
    "noise": re.compile(r"噪音|噪声|吵|打桩|广场舞|扰民|音响|震动"),
    "parking": re.compile(r"停车|乱停|占道|车位|违停|充电桩"),
    "cover": re.compile(r"坑|颠|修补|破损|井盖|坑洼|路面|坑坑"),
    "green": re.compile(r"绿化|树|草坪"),
    "thanks": re.compile(r"感谢|表扬|锦旗|服务好|点赞"),
    "cooling": re.compile(r"空调|制冷"),
    "leak": re.compile(r"漏水|渗水|漏雨|维修基金|外墙|漏(?:了|$)"),
    "unlawful": re.compile(r"违建|违章建筑|加建|搭建"),
    "school": re.compile(r"入学|学位|学区|幼儿园|上学"),
    "burning": re.compile(r"焚烧|烧垃圾|烧电缆|露天烧|烧秸秆"),
    "stalls": re.compile(r"摊|占了?[^,，。]{0,3}路|摆到|占道经营|夜市|烧烤"),
    "bridge": re.compile(r"裂缝|开裂|桥面|下沉|塌陷|大坑"),
    "frequency": re.compile(r"班次|间隔|一小时|等了|加密|一班"),
    "insects": re.compile(r"虫|变质|发霉|不卫生|头发丝"),
    "dogs": re.compile(r"犬|狗"),
    "refund": re.compile(
        r"会员卡|年卡|卷款|老板跑|退费|退款|押金|退钱|关门|预付|充值|会员|跑路|闭店"
    ),
    "deeds": re.compile(r"房产证|不动产证|交房|烂尾|延期交|没交|退房|开发商"),
    "shutdown": re.compile(r"停气检修|停电检修|检修"),
    "wish": re.compile(
        r"申报(?!平台|系统|时间|的)|怎么(?!回|还|又)|条件|想(?:请|问加|接|加|上|新装|买|找|要)|能不能降"
    ),
}


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text: its kind and how it is written."""

    kind: str
    name: str


def names_of(text: str) -> frozenset[Named]:
    """Return what ``text`` names: roads, lines, buildings, companies, years of a policy."""
    flat = plain(text).text
    found = set()
    for kind, pattern in _NAMES.items():
        for hit in pattern.finditer(flat):
            if _NO_NAME.fullmatch(hit[0]) is None:
                found.add(Named(kind, _called(kind, hit[0])))
    return frozenset(found)


def _called(kind: str, name: str) -> str:
    """Return one way of writing ``name``: 华丰菜市场 is 华丰市场, k12路 is k12."""
    if kind == "market":
        return f"{name[:2]}市场"
    if kind == "line" and name[0].isascii() and name[0].isalpha():
        return name.removesuffix("路")
    return name


def troubles_of(text: str) -> frozenset[str]:
    """Return which of the common troubles ``text`` tells of."""
    flat = plain(text).text
    return frozenset(name for name, pattern in _TROUBLES.items() if pattern.search(flat))


def without_names(text: str) -> str:
    """Return ``text`` in plain form without what it names."""
    flat = plain(text).text
    for pattern in _NAMES.values():
        flat = pattern.sub(lambda hit: hit[0] if _NO_NAME.fullmatch(hit[0]) else "", flat)
    return flat


def differ(one: frozenset[Named], other: frozenset[Named]) -> bool:
    """Return whether two texts name different things of one kind, and none in common."""
    kinds = {named.kind for named in one} & {named.kind for named in other}
    return any(
        not {row for row in one if row.kind == kind} & {row for row in other if row.kind == kind}
        for kind in kinds
    )
