"""What is carried: the noun that stands by the quantity or is a word for goods."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shuniu.engines.extraction.freight.found import Found, Part

_HEADS = re.compile(
    r"(?:件|膜|布|料|管|板|丝|线|纱|机|设备|机械|机床|材|钢|铁|铝|铜|锌|卷|盘|箱|柜|桶|"
    r"瓶子?|盒|袋|纸|纸箱|纸管|玻璃|瓷砖|砖|石子?|沙子?|黄沙|水泥|涂料|油漆|漆|胶|胶水|树脂|"
    r"颗粒|粒子|粉|塑料|橡胶|轮胎|电池|电机|电缆|电线|电器|家电|家具|家纺|被子|被套|被芯|毛巾被|床品|"
    r"四件套|枕头|窗帘|服装|衣服|鞋|箱包|毛巾|面料|坯布|化纤|涤纶|棉花|棉|羊毛|食品|饮料|"
    r"水果|蔬菜|海鲜|冻品|冷冻品|肉|水产|虾|鱼|粮食|大米|面粉|玉米|大豆|饲料|化肥|肥料|药|"
    r"药品|器械|试剂|样品|配件|零件|备件|汽配|模具|工装|螺丝|紧固件|五金|工具|阀门|轴承|"
    r"法兰|型材|门窗|幕墙|木方|木板|托盘|木箱|货架|展柜|展品|百货|日用品|化妆品|洗涤剂|纸巾|"
    r"尿不湿|玩具|印刷品|书|包装|包材|泡沫|珍珠棉|保温棉|岩棉|光伏|组件|支架|风机|风叶|叶片|"
    r"塔筒|变压器|锅炉|钢构|结构|成品|半成品|原料|辅料|苗木|[鸡鸭鱼树花菜]苗|树|花|草|煤|矿|渣|废纸|废铁|"
    r"废料|普货|建材|卫浴|灯具|地板|家居|办公桌椅|桌椅|床垫|沙发|滤芯|缠绕膜|化工品?|溶剂|"
    r"酒|白酒|啤酒|水|茶叶|线缆|钢丝绳?|螺纹钢|卷板|钢板|铝锭|铜杆|底座|铸件|锻件|工件|机架|"
    r"罐|容器|汽车|电动车|三轮车|自行车|集装袋|吨包|编织袋|气泡柱|口罩|防护服|物资|生活用品|"
    r"快递|包裹|电商件|行李|搬家)$"
)
_ONE_LETTER = frozenset("膜布纸铁铜铝钢煤沙砖料管板线纱药酒米粮苗粉")
_VAGUE = re.compile(
    r"^(?:泡货|重货|轻货|小件|短驳|提柜|还柜|货|东西|散货|零货|零担|零星货|杂货|物品|货物|"
    r"的?货|件货|抛货|大货|小货|整车|尾货|急货|一车|车|吨|方|托|托货|样|个|点货|点|批|批货|"
    r"各种|吨位|方位|载重|货重|截港|截关|双背|重泡货|老板|师傅|朋友|兄弟|群|大家|厂家)$"
)
_STOP = re.compile(
    r"求车|求货|求带|求拼|求|找车|找货|货找车|车找货|货源|今日|今天|有没有|有木有|谁有|哪位|"
    r"那个|这个|有货|要发货?|急发|急急+|加急|紧急|急走|急|顺风车|回程车|回头车|返空车?|空车|"
    r"整车|零担|拼车|可拼|拼一下|拼货|拼|搭|捎带?|带走|顺路|联系我?|电话|手机|微信|联系人|"
    r"价格|运费|一口价|现结|请|欢迎|谢谢|老板|师傅|司机|朋友|各位|大家|兄弟|群里|群友|"
    r"@所有人|所有人|我们?这?(?:里|边|厂|司|家|公司)?|这里|这边|厂里|本厂|本司|仓库|客户|"
    r"停线等料|等料|要求|需要?|必须|务必|一定|马上|尽快|随时|立刻|的车|车子?|优先|最好|都行|"
    r"也行|都可以?|也可以?|可以|即可|均可|就行|大概|大约|左右|共计|总共|一共|共|合计|总重|"
    r"净重|毛重|重量|体积|数量|装货|卸货|装车|卸车|装走|装好|装的|装完|卸完|提货|送货|到货|"
    r"发货|走货|拉货|出货|交货|上货|下货|收货|带货|配货|有一批|一批|有批|一些|有点|有些|"
    r"还有|另外|另有|还差|还能|还|剩下|剩余|剩|其中|以及|以内|每车|每件|每托|每箱|单件|单重|"
    r"包装好的|包装|打好托|打托|打包好的?|托规|规格|尺寸|名称|品名|货名|货物|货是|是|有|要|"
    r"发|装|卸|去|到|回|往|走|来|拉|给|从|在|出发|出|和|或者|或|及|的|了|吗|呢|吧|啊|呀|哦|"
    r"嘛|么|哈|都|也|就|才|刚|再|又|很|太|不重|不轻|不大|不急|重货|轻货|泡货|抛货|今|明|"
    r"后天?|早|晚|上|下午|门口|现在|目前|已经?|准备|直接|直达|专线|长期|每天|大量|少量|多|"
    r"少|不|没|能|可|想|谁|哪|个|一车|两车|一下|一个|公司|单位|左右|先到先得|速度|速|快|"
    r"火速|抓紧|手慢无|滴滴|私聊|报价|报来|本人|自己|帮忙|帮|用|把|让|跟|与|至|由|经|过|"
    r"五一|国庆|春节|不休|放假|节后|大车|小车|货车|车型|车长|辆|台|部|位置|空间|方向|附近|"
    r"周边|地址|站|路上|当天|次日|当日|全天|必|须|接|送|配|满|空|差|收|找|叫|喊|打|报|付|票|"
    r"税|零星|一路|任何|啥|什么"
)
_CHUNK = re.compile(
    r"[\u4e00-\u9fff]+(?:[A-Za-z0-9]{0,3}[\u4e00-\u9fff]+)?|(?:PE|PP|PVC|PET|ABS|EVA|LED|"
    r"BOPP|PA|PC|EPS|XPS)(?:[\u4e00-\u9fff]+)?"
)
_NAMED = re.compile(
    r"(?:品名|货名|货物(?:名称|类型)?|货品|品类|货)\s*[::是为]\s*([\u4e00-\u9fffA-Za-z]{1,10})"
)
_KEEP = """
    装饰材料 包装材料 包装箱 包装袋 包装膜 包装盒 包装纸 发电机组? 发动机 空调 空压机 配件
    汽车配件 卸料器 电动车 三轮车 自行车 来料 出口服装 有机硅 有色金属 有机肥 送风机
    收割机 下水管 上水管 过滤器 后视镜 车架 车桥 车门 车灯 车床 多晶硅 不锈钢[一-鿿]{0,3}
    可乐 水晶 发泡剂 急救物资 早餐奶 配电[箱柜] 用品 日用品 生活用品 办公用品 车用尿素
    走线架 打包带 打印机 打火机 接头 电梯配件 电子件 拉链 拉杆箱 拉丝 装修材料 下脚料
    无纺布 要素 出口货 叉车 推车 再生[一-鿿]{1,3} 成套设备 吊车配件 回收料 路由器 钢丝
    中空玻璃 过期 送料机 卷帘门 门窗 上衣 床上用品 户外用品 不干胶 明胶 经编布?
    可降解[一-鿿]{1,3} 接线盒 配重块? 配电设备 收纳箱 空气滤芯 空桶 空箱 空托盘? 发泡板
    出风口 早教玩具 明矾
"""
_PROTECTED = re.compile("|".join(sorted(_KEEP.split(), key=len, reverse=True)))


_ROUTE_MARKS = frozenset("到去往回→-至发在从走")


@dataclass(frozen=True, slots=True)
class _Chunk:
    words: str
    start: int
    end: int


def find_goods(left: str, quantities: list[tuple[int, int]], part: Part) -> Found[str] | None:
    """Return the goods, or None when no noun is plainly goods.

    ``left`` is what no finder took; ``quantities`` are the places of weights, volumes, pieces.
    """
    named = _NAMED.search(left)
    if named and not _VAGUE.match(named[1]) and not _STOP.fullmatch(named[1]):
        return Found(named[1], *named.span(1))
    best: tuple[float, _Chunk] | None = None
    own_quantities = [each for each in quantities if part.start <= each[0] < part.end] or quantities
    for chunk in _chunks(left):
        score = _score(chunk, left, own_quantities)
        if not part.start <= chunk.start < part.end:
            score -= 0.5
        if score >= 2 and (best is None or score > best[0]):
            best = (score, chunk)
    return Found(best[1].words, best[1].start, best[1].end) if best else None


def _chunks(left: str) -> list[_Chunk]:
    spoken = _without_stop_words(left)
    chunks = [_Chunk(match[0], *match.span()) for match in _CHUNK.finditer(spoken)]
    return [chunk for chunk in chunks if len(chunk.words) <= 12 and not _VAGUE.match(chunk.words)]


def _without_stop_words(left: str) -> str:
    kept = [match.span() for match in _PROTECTED.finditer(left)]
    letters = list(left)
    place = 0
    for start, end in [*kept, (len(left), len(left))]:
        for match in _STOP.finditer(left, place, start):
            letters[match.start() : match.end()] = "\x01" * (match.end() - match.start())
        place = end
    return "".join(letters)


def _score(chunk: _Chunk, left: str, quantities: list[tuple[int, int]]) -> float:
    is_goods = bool(_HEADS.search(chunk.words)) and (
        len(chunk.words) > 1 or chunk.words in _ONE_LETTER
    )
    score = 2.0 if is_goods else 0.0
    if len(chunk.words) == 1 and not is_goods:
        return 0.0
    for start, end in quantities:
        before, after = left[chunk.end : start], left[end : chunk.start]
        if chunk.end <= start and re.fullmatch(r"[\s:共约\x00,]{0,3}", before):
            score += 2.0 if "," not in before else 0.8
            break
        if end <= chunk.start and re.fullmatch(r"[\s的\x00]{0,3}", after):
            score += 2.0 if is_goods or "," not in after else 1.0
            break
    if left[max(0, chunk.start - 1) : chunk.start] in _ROUTE_MARKS and not is_goods:
        return 0.0
    if re.match(r"\s|,|\.|;|\n|\x00|$", left[chunk.end : chunk.end + 1]) and is_goods:
        score += 0.3
    return score
