"""Whether a message offers or asks for transport at all, and who has what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shuniu.engines.extraction.freight.cards import Kind, NoCard

_OFFERS: tuple[tuple[float, str], ...] = (
    (
        6,
        (
            r"(?:哪位|哪个|哪家|谁家?|哪里|老板)[^,.;!?\n车]{0,6}有[^,.;!?\n车]{0,12}货(?!车|源|找|架|梯|要|到付)|"
            r"有(?:去|到|回|往|发)[^,.;!?\n车]{1,10}的?(?<!装)货(?:没|吗|么|嘛|不(?!急|多)|\?|的)|"
            r"(?<!还)有货(?:没|吗|么|嘛|不(?!急|多)|\?)"
        ),
    ),
    (3, r"(?:^|(?<=[\n:]))(?:回头|回程|返程|返空)车?(?=[\s,.:;])"),
    (
        4,
        (
            r"(?<!来)(?:本车|我的?车|俺车|自家车)(?!间|上没|里没|[厢上里]?装不下)|"
            r"车(?:现|目前|正|已经?|就|刚)在|空着(?:呢|的|在)"
        ),
    ),
    (
        4,
        (
            r"车找货|车源|有货(?:的)?(?:老板|朋友|厂家|厂里)?(?:的)?(?:速|请|就|快|赶紧|及时|"
            r"可以?)?(?:联系|电|找|喊|call|叫|滴|加|打|说|私|吱|来|呼)|有(?:要|需要|想)?(?:带|"
            r"捎|拼|搭|走|发|拉|配)(?:货|的|车)?(?:的)?(?:老板|朋友|厂家)?(?:的)?(?:速|请|就|"
            r"快)?(?:联系|喊|说|私|吱|滴|打|电|找|叫|来|call)"
        ),
    ),
    (
        4,
        (
            r"(?:带|捎|发|拼|配)货的(?:喊|联系|来|说|私|电|老板|吱|滴|叫)|(?:有|要)(?:发货|走货|"
            r"带货|配货)的|(?:捎|带|拉|配|拼)点[^,.;!?\n车]{0,4}货|(?:等|待)货"
        ),
    ),
    (
        3,
        (
            r"返空|空返|空车(?!费)|空着回|回空|放空|空跑|(?:找|求|配|揽|接|缺|等|要)(?:点|一?票|"
            r"些|个)?(?:回|去|到|往|回程|返程)?[^,.;!?\n车]{0,10}(?<!装)(?<!提)货(?!车|找车|源|"
            r"主|到|款|拉)"
        ),
    ),
    (
        3,
        (
            r"收(?!到|二手|购|货地|货人|车|工|据|款)[^,.;!?\n车]{0,8}(?:货|吨|方|托)|承接|揽货|"
            r"零担收货|求配|寻货|拉啥都|什么货都|(?:啥|什么)都(?:拉|行|可)|重货泡货都"
        ),
    ),
    (
        3,
        (
            r"再(?:补|装|配|上|带|加)\s*[\d一二两三四五六七八九十]|还(?:能|可以?)(?:再)?(?:装|上|带|塞|拉|放|配|捎|加)|还(?:差|缺|空|余|有|"
            r"剩)(?!有)[^,.;!?\n]{0,10}(?:位置|空位|空间|位子|余位|没装|满车|就满)|"
            r"(?:缺|差)\s*[\d一二两三四五六七八九十]+\s*来?多?个?[吨方](?!货|的)|"
            r"差[^,.;!?\n]{0,8}(?:满车|装满|就走|就满)|空(?:了|着)?(?:一半|半车|大半)|空位|"
            r"(?:车[上里厢]|后面|尾部)[^,\n]{0,6}(?:空|位置)|能塞|没装满"
        ),
    ),
    (
        3,
        (
            r"(?<!谁)(?<!谁家)(?:可|能|可以|顺路可?|顺便)(?:带|捎|配|拼|搭)(?:货|点|一|个|\d|些|车)?|带一带|"
            r"顺路(?:可?(?:带|捎|配|装))|捎货|可(?:装|载)\s*\d|能(?:装|拉|带|"
            r"塞)\s*[\d一二两三四五六七八九十]"
        ),
    ),
    (
        3,
        (
            r"专线|天天有?发?车|每天(?:都)?(?:有车|发车|发)|常跑|长跑|对跑|固定(?:班车|跑)|班车|"
            r"(?<!求)(?<!要)(?<!找)(?<!有没)(?:有|现有|我有|本人有|还有)(?:一?[台辆部]|"
            r"[\d.]+米?\d?[^,\n吨方托]{0,4})?(?:空)?车(?:要|去|到|回|走|在|,|\s|找|从|明|今|后|"
            r"可|能)"
        ),
    ),
    (
        3,
        (
            r"(?:我|本人|自家|自有|我的|我家)(?:有|的|这)?[^,.;!?\n]{0,8}(?:厢|栏|车|板|米\d?|"
            r"\d\.\d)(?!.{0,3}(?:要|求|需))[^,.;!?\n]{0,12}(?:去|回|到|走|跑|空|在)|(?:刚|已|"
            r"人在|(?:江浙沪|苏锡常|全国|省内外?|苏[南北]|长三角|哪里|周边)[^,.\n]{0,3}都|(?:厢|栏|板|翼|车|米\d?|\.\d)[车货]?一?[部辆台](?=[,.\s]|$)|全国都|都[跑走](?=[,.\s]|$)|整车零担都?|零担都?收|"
            r"卸完|下完|卸了|卸空)[^,.;\n]{0,8}(?:空车|找|回|走|返)"
        ),
    ),
    (
        2,
        (
            r"卸完|下完(?!单)|刚卸|刚下完|刚在[^,]{0,8}(?:卸|下)|回程(?!车(?:没|吗|有|优先|也|"
            r"的|最|报|来|便))(?!的?车)|等货|待装|车在|人车|车辆空闲|司机自荐|随车"
        ),
    ),
    (1, r"发车|出发|可以走|[点早晚天午上]\x20?走|顺路"),
)
_NEEDS: tuple[tuple[float, str], ...] = (
    (
        5,
        (
            r"货找车|求(?!货|配|购|租|助|回货|拼货)[^,.;!?\n货]{0,12}(?:车|栏|厢|板|带|拼|"
            r"捎)(?!货)|找(?!货|回货|活)[^,.;!?\n货]{0,10}(?:车|栏(?![找])|师傅|司机)(?!找货)|"
            r"要(?:个|一)?[^,.;!?\n货]{0,8}车(?!货)|用车|需(?:要|求)?[^,.;!?\n]{0,10}(?:车|栏|"
            r"厢|板)|缺[^,.;\n货]{0,4}车|叫车|约车|派车|招车|急寻[^,\n货]{0,6}车"
        ),
    ),
    (
        5,
        (
            r"有(?:没有|没|木有|无)[^.;!?\n]{0,22}(?:车|师傅|带|拼|去|走|回)|(?:的车|"
            r"车)(?:有没有|有没|有木有|有吗|有么|没有)|谁(?:有|家有|那有|那里有|"
            r"哪有)?[^,.;!?\n货]{0,10}(?:车|去|到|回|走|顺路)|有(?:去|到|回|往|从|顺路|跑|走|"
            r"经过|路过)[^,.;!?\n]{0,14}(?:车|的|师傅)?(?:的)?(?:没|吗|么|嘛|不|\?|师傅|老板吗|"
            r"联系|可以联系|顺带)|哪(?:位|个|家)[^,.;!?\n货]{0,12}(?:车|去|到|回|走)|"
            r"谁(?:能|可以|方便|顺路|顺便|帮忙?)[^,.;!?\n货]{0,4}(?:带|捎|拉|运|送)"
        ),
    ),
    (
        5,
        (
            r"(?:回头|回程|返程|返空|顺风|空)车?(?:没|吗|有没|有吗|有木|优先|也行|也可|都行|"
            r"都可|的?报价|最好|来装?|过来装|可装|价)|车(?:来|过来)(?:装|拉|提)|有空车的|(?:要|"
            r"来|求)[^,\n]{0,4}空车"
        ),
    ),
    (
        4,
        (
            r"有(?:空|合适|的?顺路|这)?(?:的)?车(?:的)?(?:师傅|老板|朋友|司机)?(?:的)?(?:速|请|"
            r"快|就|赶紧|马上|可)?(?:联系|电|来|call|报|喊|滴|私|加|打|说|吱|呼)|报车牌|要车的|"
            r"能(?:装|拉|走)的(?:师傅|司机|老板)?(?:的)?(?:速|请|快)?(?:联系|来|报|私|电|喊|滴|"
            r"说)|(?:能|可)(?:拉|走|接|跑|去|来|装)的(?:联系|来|报|私|师傅|喊|电|滴)"
        ),
    ),
    (
        4,
        (
            r"有(?:空)?车(?:吗|没|么|不(?!少)|\?)|装不下|货源|(?:我|我们|我司|我厂|厂里|公司|"
            r"本厂|这边|这里|手上|现)(?:这|这里|这边|厂|司|们|家|里)*(?:明天|今天|后天|"
            r"还)?(?:有|要发|发|出)(?:一?[批票车点些]|\d|"
            r"[一二两三四五六七八九十])[^,.;!?\n车]{0,10}(?:货|吨|托|箱|件|方|发)|有(?:一)?批|"
            r"有(?:一)?票|有\d+(?:车|票)[^,\n]{0,8}(?:发|去|到)|有货(?:要|去|到|发|走|从|出)|"
            r"(?:有|要发)(?:点|些|个)(?:小|急|散)?货|急发|要发(?!车)|发货|货(?:要|已|都)?(?:备|"
            r"打包|准备)好"
        ),
    ),
    (
        4,
        (
            r"求带|帮忙?带|求拼|帮(?:忙)?(?:拉|运|捎|送)|给(?:拉|带|捎)|(?:可|能)上门提|上门提|"
            r"谁(?:带|拉|捎)|装不完|拉走|运走|送到哪|来(?:车|辆|台|个车)|来拉|来(?:装|提)"
        ),
    ),
    (3, r"(?:^|[\s,])拉(?![货过了不的到啥什满起走])[\u4e00-\u9fff]{1,5}[\s,]"),
    (2, r"各一车|(?<![\d.])[两二三四五六七八九2-9]车(?![间位厢在找])"),
    (
        2,
        r"一口价|包高速|包油|现金\d|(?:运费|运价|价格)[:\s]*\d|装货(?!源)|送到|提货|要货|到货|需(?!要的)|要求|谁家?有[^,.;\n货]{0,6}\d",
    ),
    (
        3,
        (
            r"还差一?[台辆部]|找(?:一|个|几)?[台辆部]|都有货|到付|客户(?:要|等|明|今|急|催|收)|(?:要|需|限|必须|最好|只要|用|"
            r"上)(?:一?[台辆部个])?\s*(?:\d+(?:\.\d+)?米?\d?|"
            r"[一二三四五六七八九十]+米[一二三四五六七八九]?|高栏|平板|厢|飞翼|箱|尾板|冷藏|"
            r"面包)|[厢栏板翼]车?优先|车型不限|什么车都|面包车也|(?:装|提)货(?:时间|地址|地)|"
            r"报价来|多少(?:钱)?(?:报|能|可)|报来|运费(?:你|到付)|(?:求|急)走|回单|现结|"
            r"剩下?\s*[\d一二两三四五六七八九十]+[吨方托]"
        ),
    ),
)
_OFFER_PATTERNS = tuple((weight, re.compile(words, re.IGNORECASE)) for weight, words in _OFFERS)
_NEED_PATTERNS = tuple((weight, re.compile(words, re.IGNORECASE)) for weight, words in _NEEDS)

_DONE = re.compile(
    r"(?:都|全部?)(?:走|发走|满|定|出|装)了|(?:票|货|单子?|那个)(?:已经?)?走了|(?:已经?|"
    r"刚)(?:走了?(?!的)|发走?了|发(?=[,.\s]|$)|定了?(?=[,.\s车谢]|$)|订了?|找到|装走|装完了|"
    r"满了?|配好|配满|成交|出了|安排|搞定|解决|叫到|处理)(?!的|货?车?在)|作废|(?:货|车|"
    r"单子?)(?:已)?(?:没了|没有了|走了|定了|订了|满了|取消)|取消(?:了|发布)?|不用了|不要了|"
    r"撤回|有车了|找到了?车|车(?:已)?找到|谢(?:谢)?(?:各位|大家|老板)[^\n]{0,6}(?:已|不用|"
    r"走)|此(?:单|条|货|信息)(?:已|作废)|(?:完|结)单了?$|已满"
)
_STILL = re.compile(r"还有|还剩|另有|另外|再来|还差|还要|仍|剩下|再求|还能|还求|剩余")
_ADVERT = re.compile(
    r"二手|转让|出售|低价出|便宜(?:出|卖|处理)|卖(?:车|一?[台辆]|[\d.米]*(?:平板|高栏|厢|"
    r"飞翼|货车))|(?:出|处理)一?[台辆部](?!车?货)[^,]{0,8}(?:车|栏|厢)?[^,]{0,6}(?:年|成新|"
    r"公里|手续)|买车|购车|换车|招(?:聘|工|人|司机|驾驶员|[AB][12]|普工|叉车工|装卸工|跟车|"
    r"[^,\n]{0,6}司机)|求职|找工作|诚聘|急聘|月薪|包吃|底薪|五险|贷款|信用卡|分期|首付|"
    r"零首付|挂靠|年[审检]|审车|过户|上牌|代办|保险(?:到期|公司|业务|代理|优惠|办理|续保)|"
    r"车险|ETC(?:办理|免费|优惠|打折)|办(?:理)?ETC|油卡(?:打折|优惠|充值|\d+折|出售|办理)|"
    r"加油(?:优惠|卡|打折)|(?:打|\d)折|厂家直销|批发价|(?:轮胎|机油|配件)(?:优惠|特价|促销|"
    r"批发|直销|专卖|大促|买)|补胎|汽修|修车|道路救援|拖车救援|24小时救援|(?:厂房|仓库|车位|"
    r"停车场|房|门面|店面|车辆|场地)(?:出租|招租|转租|求租)|出租|招租|求租|租房|"
    r"租车(?!.*货)|求购|(?:高价|长期|大量|上门)(?:回收|收购)|收购|回收(?!料)|加盟|代理商|"
    r"扫码|下载(?:APP|app)|注册(?:就)?送|优惠(?:活动|大|多|中|券)|大促|促销|特价|开业|中奖|"
    r"抽奖|红包|砍一刀|帮忙?点|投票|直播|公众号|点击链接|https?://|团购|拼多多|微商|代购|"
    r"土特产|洗车|考证|培训|驾校|学车|消分|处理违章|违章代缴"
)
_NOTICE = re.compile(
    r"通知|公告|通告|温馨提示|友情提示|重要提醒|提醒(?:大家|各位|群友|师傅)|群规|入群|进群|"
    r"欢迎(?:新人|新朋友|加入)|禁止(?:发|在)|严禁|(?:道路|高速|路段|桥|隧道|路口|收费站|"
    r"出口|入口|匝道)[^,]{0,10}(?:封|堵|关闭|管制|限行|事故|施工|拥堵|查)|封路|封闭施工|"
    r"限行|限高|交通管制|管控(?:通知|区)|堵(?:车|死|得|了|成)|查(?:超载|车|超限|得严)|交警|"
    r"路政|事故|天气预报|暴雨|台风|大雾|停电|核酸(?:检测)?(?:点|时间|安排)|疫情(?:通报|"
    r"防控)|会议|请(?:各位|大家)(?:注意|配合|遵守|互相|文明)|改(?:群)?(?:名|备注)|群主|"
    r"管理员"
)
_MARKET = re.compile(
    r"行情|什么价位?|啥价|市场价|运价(?:怎么样|如何|多少|涨|跌)|(?:现在|最近|目前|一般|大概|"
    r"正常)[^,.\n]{0,14}(?:多少钱|多少一|怎么算|什么价|要多少|啥价|运费多少|几钱|价格多少|"
    r"多少(?:\?|$))|(?:运费|价格|多少钱)[^,\n]{0,4}(?:合理|正常|贵|高不高|了解|问一?下|"
    r"咨询)|(?:请问|问一?下|咨询|打听|想问)[^\n]{0,20}(?:多少|价|怎么|费|几个小时|多久|多远|"
    r"公里)|油价|运费(?:又)?(?:涨|跌|降)|多少公里|多久能到|几个小时|怎么走"
)
_IN_GENERAL = re.compile(r"行情|一般|正常|现在|最近|目前|市场|合理|多远|公里|多久|小时|油价|怎么走")
_CHAT = re.compile(
    r"还在(?:吗|不|么|没)|(?:那个|那车|那票|那台|那单)[^\n]{0,12}(?:还有|走了|发了)(?:吗|不|没)|"
    r"^@[^\n]{0,40}多少钱|抛锚|爆胎|趴窝|陷车|(?:拖车|救援|修车)[^,\n]{0,4}(?:电话|师傅|公司)|"
    r"(?:昨[天晚日]|前[天两]|上周|上次|上个?月|刚才|那天|去年|以前)[^\n]{0,24}(?:了|过|"
    r"的时候|坑|扣|骗|罚)|哈哈|呵呵|早上好[^\u4e00-\u9fff]*$|晚安|吃(?:了|饭)|辛苦了|收到(?:了)?$|^好的|^ok|"
    r"^嗯|^是的|到(?:哪|了没|了吗|哪里)|怎么还没|有人(?:知道|认识)|谁(?:知道|认识|懂)|"
    r"靠谱吗|骗子|老赖|欠(?:运费|钱)|结(?:运费|账)了(?:吗|没)|不给钱|拉黑|注意(?:这|此)|"
    r"寄回来?(?!程)|带个?人(?!工)|[一二两三\d]个?人(?:带|坐|搭)|搭人|拼座|(?:号码|电话|微信|名片)[,\s]?(?:发|推|给)(?:我|一下|个)|等到几点|要到几点|"
    r"曝光|太低|没法(?:干|跑)|不好(?:干|跑|拉)|亏本|白跑|加油[!,]|恭喜|祝",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What other readers found, for the decision on kind and posting."""

    has_place: bool
    has_route: bool
    has_vehicle: bool
    has_quantity: bool
    has_goods: bool
    has_phone: bool
    has_time: bool
    has_plate: bool
    starts_with_vehicle: bool


def without_closed_parts(text: str) -> str:
    """Return the text with blanks for clauses that say a load is gone, if others go on."""
    if not (_DONE.search(text) and _STILL.search(text)):
        return text

    def blank(match: re.Match[str]) -> str:
        clause = match[0]
        closed = _DONE.search(clause) and not _STILL.search(clause)
        return " " * len(clause) if closed else clause

    return re.sub(r"[^,.;!?\n]+", blank, text)


def kind_of(text: str, evidence: Evidence) -> tuple[Kind, float]:
    """Return the kind and how far ahead it is: below 1 is a guess from what is missing."""
    offer = _weight(text, _OFFER_PATTERNS)
    need = _weight(text, _NEED_PATTERNS)
    offer += 2.0 * evidence.has_plate + 1.0 * evidence.starts_with_vehicle
    need += 2.0 * evidence.has_goods
    if evidence.has_vehicle and not evidence.has_quantity and not evidence.has_goods:
        offer += 0.8
    if evidence.has_quantity and not evidence.has_goods:
        need += 0.9 if evidence.has_vehicle else 1.5
    kind: Kind = "truck-offer" if offer > need else "shipment-need"
    return kind, abs(offer - need)


def cues(text: str) -> float:
    """Return how strongly a text speaks the language of postings, 0 when not at all."""
    return max(_weight(text, _OFFER_PATTERNS), _weight(text, _NEED_PATTERNS))


def why_no_card(text: str, evidence: Evidence) -> NoCard | None:
    """Return why a message puts no load and no truck on offer now; None where it does."""
    solid = evidence.has_quantity or evidence.has_goods or evidence.has_vehicle
    strong = cues(text)
    other = _other_talk(text, evidence, strong)
    if other:
        return other
    if not evidence.has_place and not (strong >= 3 and solid and evidence.has_phone):
        return "no_place"
    if evidence.has_route:
        told = strong > 0 or solid or evidence.has_phone
    else:
        told = strong >= 2 or (solid and (evidence.has_phone or evidence.has_time))
    return None if told else "too_little"


def _other_talk(text: str, evidence: Evidence, strong: float) -> NoCard | None:
    """Return whether a text is over, an advert, a question of price, a notice or plain chat.

    Words of such talk count less where the message is otherwise a full posting.
    """
    route, quantity = evidence.has_route, evidence.has_quantity
    told_in_full = route and quantity and (evidence.has_vehicle or evidence.has_time)
    reachable = evidence.has_phone or evidence.has_time
    asks_in_general = _IN_GENERAL.search(text) or not quantity
    talks: tuple[tuple[NoCard, bool], ...] = (
        ("done", bool(_DONE.search(text) and not _STILL.search(text))),
        ("advert", bool(_ADVERT.search(text) and not (route and quantity))),
        (
            "market",
            bool(_MARKET.search(text) and asks_in_general and not (quantity and reachable)),
        ),
        (
            "notice",
            bool(_NOTICE.search(text) and not (route and (quantity or evidence.has_phone))),
        ),
        (
            "chat",
            bool(
                _CHAT.search(text)
                and not told_in_full
                and not (strong >= 3 and (evidence.has_phone or quantity))
            ),
        ),
    )
    return next((why for why, is_it in talks if is_it), None)


def says_more(text: str) -> bool:
    """Tell whether a text says that something is still on offer (还有, 还差)."""
    return bool(_STILL.search(text))


def _weight(text: str, patterns: tuple[tuple[float, re.Pattern[str]], ...]) -> float:
    return sum(weight for weight, pattern in patterns if pattern.search(text))
