"""How much a need presses: rules over words, clause by clause.

Danger to life and a stopped line come first and are never weighed against anything. A cue does
not count where its clause denies it, tells of a drill, or of what is over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from shuniu.engines.extraction.lexicon import UrgencyWords
from shuniu.engines.extraction.plain import Plain, Span

Urgency = Literal["critical", "high", "normal", "low"]

CLAUSE = re.compile(r"[^,，。;；!！?？\n]+")

# What endangers people. "Happening" below lifts the doubt that a drill or a course is meant.
_DANGER = re.compile(
    r"(?:燃气|天然气|煤气|气管|管道|氨|氯|溶剂|甲醇|化学品|危化品|油罐|储罐|阀门|罐"
    r"|阀)[^,，。]{0,8}"
    r"(?:挖破|挖断|挖穿|打穿|捅破|破了|破裂|漏了|在漏|漏出|漏得|喷|裂了|炸)|往外(?:喷|跑|逃|冒)|冒火花|火花|炸了|撤离"
    r"|倒地|抽搐|大出血|呼吸困难|没有?了?呼吸|抢救|救护车|(?:打|拨|叫)了?(?:119|120)|住进医院|送(?:去|到|往)?医院"
    r"|(?:人|工|师傅|司机|孩|老板|同事)[^,，。]{0,6}(?:掉|摔|跌|坠|栽)(?:到|进|下|落|入)"
    r"|(?:手|指|臂|掌|胳膊|腿|脚|头发|人)(?:被|让|给)[^,，。]{0,5}(?:轧|绞|卷|夹|压|砸|切|咬)"
    r"|(?:轧|绞|卷|夹|压|砸|切)(?:了|断|进|到|伤)(?:了)?[^,，。]{0,3}(?:手|指|胳膊|腿|脚|人)"
    r"|(?:燃气|天然气|煤气|汽油|瓦斯)[^,，。]{0,4}味|焦糊味|火苗|明火|烧起来|烧着了|浓烟"
    r"|(?:电线|高压线|电缆|带电)[^,，。]{0,8}(?:断了|掉|垂|落|裸露)|漏电|带电了"
    r"|(?:随时|马上|快|就)(?:要|会|可能)?(?:倒|塌|炸|垮)|墙[^,，。]{0,4}(?:倒了|垮)|塌方|塌下来"
    r"|被电(?:了|到|倒|着)|(?:没|失去)了?知觉|没反应|自杀|不想活|喝农药|同归于尽|持刀|拿刀|砍人|动手打|打伤|中暑"
    r"|火灾|着火|起火|失火|燃烧起来|爆炸|爆燃|泄漏|泄露出来|漏气|漏液氨|氨味|燃气味|煤气味|喷气"
    r"|触电|电击"
    r"|昏迷|晕倒|中毒|窒息|坍塌|塌了|要塌|倒塌|冒烟|冒火|被困|夹住|压住|砸伤|烧伤|烫伤|坠落|冒[^,，。]{0,2}烟|爆了|爆响|(?:吊车|墙|塔吊|架子|棚)[^,，。]{0,3}(?:倒|垮)|砸(?:到|中|在)"
    r"|送医|急救|救命|生命危险|人命|有人受伤|伤了人|打起来|轻生|跳楼|险情|电线掉"
    r"|去了?医院|住院(?!期|费|报|工|的)|休克|吐血|骨折|断了?指|截肢|溺水|落水|被埋|叫不醒|胸口(?:痛|疼)|喘不上气|心梗"
    r"|(?:头上|满脸|满头|手上|身上|地上)[^,，。]{0,4}血|流血|血流|自燃|烧焦|焦味|糊味|鼓包|火势|打火花"
    r"|(?:怕|快|眼看|随时)[^,，。]{0,3}(?:塌|爆炸)|(?:地面|路面|地基)[^,，。]{0,6}(?:下沉|往下沉|掏空)"
    r"|(?:广告牌|幕墙|玻璃|吊顶|塔吊|吊车|围墙|厂房|脚手架|架子)[^,，。]{0,6}(?:要掉|摇摇欲坠|倾斜|歪了|松动)"
    r"|压在[^,，。]{0,3}(?:底下|下面|车下)|(?:腿|脚|头|身子)被?压(?!力)|(?:爬|站|坐)(?:到|上|在)了?[^,，。]{0,3}(?:塔吊|楼顶|天台|房顶|烟囱|电线杆|广告牌)|要跳|冒火星|火星|侧翻(?!机)|翻车(?!机)|超温|超压|压不住|闻到[^,，。]{0,6}(?:燃气|天然气|煤气|氨|臭鸡蛋)|往外泄|(?:酸|碱)[^,，。]{0,4}(?:溅|漏)"
    r"|(?:好几|[0-9一二三四五六七八九十几数]{1,3}多?)(?:个|名|位)(?:人|员工|工人|同事)?[^,，。]{0,8}"
    r"(?:发烧|发热|呕吐|恶心|头晕|拉肚子|腹泻|上吐下泻|过敏|不舒服)"
    r"|gas leak|on fire|explosion|injured|electric shock|unconscious"
)
# What stands still now.
_STOPPED = re.compile(
    r"停产|停工待料|停线|停机|停摆|停炉|全停|都停了|全部停下|线停|被迫停|无法生产|不能生产"
    r"|没法生产|生产不了"
    r"|开不了工|断料|断粮|瘫痪|动弹不得|production (?:has )?stopped|line (?:is )?down"
    r"|(?:停|断)了?(?:电|水|汽|气)|(?:突然|全厂|厂里|车间|一下子|又|整个)没有?(?:电|水|汽|气)"
    r"|没有?(?:电|水|汽|气)了|(?:电|水|汽|气)[^,，。]{0,4}没了|断供|跳闸|跳电|power (?:cut|outage"
    r"|failure)"
    r"|(?:炉|罐|釜|料筒|管道|管|阀|水表)[^,，。]{0,8}(?:冻|凝)|冻住"
    r"|(?:蒸汽|自来水|天然气|燃气|水|电|供热|供汽)[^,，。就才都点分]{0,4}[^,，。]{0,4}就?断(?:了|掉)"
    r"|没有?(?:蒸汽|自来水|天然气|燃气|供电)(?!管|接|主管|用户|指标)|(?:全厂|整个厂|厂区|厂里|车间|园区|整条路|一片)[^,，。]{0,4}(?:黑了|漆黑|熄灯|一片黑)|(?:全|都)没有?(?:电|水|气|汽)|再不来(?:电|水|气|汽)"
    r"|(?:厂|车间|公司|园区|楼|宿舍)[^,，。]{0,6}没有?(?:水|电|气|汽|蒸汽)(?![管接费质压源瓶梯话工])"
    r"|(?:工人|员工|大家|几十号人|上百人)[^,，。]{0,8}(?:干等|坐着等|站着等|等电|等水|等汽|等料)"
    r"|(?:蒸汽|天然气|燃气|自来水)(?:突然|一下子)?没(?:有)?了|等米下锅|供不上[^,，。]{0,4}停了"
    r"|一滴水(?:都|也)?没|一点(?:水|电|气|汽)(?:都|也)?没"
    r"|(?:生产线?|机器|设备|产线|流水线|车间|炉子?|窑炉?|锅炉|冷却塔|冷库|机组|高炉|整条线|线)"
    r"(?:现在|已经|已|全部|全|都|也|被迫|只好|又|一下子)*(?:停了|停着|停下|停住|熄了|熄火|趴窝|停转|不转了|转不了|起不来"
    r"|开不起来|开不了|瘫|歇了)|(?:水管|主管|管网|供水管)[^,，。]{0,4}(?:爆|炸|断)|爆管"
)
# Water where it does harm.
_FLOOD = re.compile(
    r"(?:仓库|车间|厂房|厂区|宿舍|地下|机房|配电)[^,，。]{0,10}(?:进水|倒灌|被淹|淹|积水|漫|灌)"
    r"|水漫|淹了|倒灌"
    r"|(?:水|污水|雨水)[^,，。]{0,6}(?:灌进|涌进|进了|漫进)"
)
# Goods or people on the road that cannot go on.
_STUCK = re.compile(
    r"(?:车|司机|驾驶员|货|料|柜|truck|driver)[^,，。]{0,16}"
    r"(?:卡在|堵在|困在|滞留|被拦|拦住|拦下|劝返|下不来|下不了|动不了|不让进|不让下|进不来|进不了"
    r"|被扣|stuck|stopped)"
    r"|(?:卡在|堵在|困在|滞留在|停在)[^,，。]{0,10}(?:高速|路口|卡口|服务区|收费站|道口)"
)
# A standing difficulty on the road: nobody waits there at this moment.
_STANDING = re.compile(r"限行|长期|平时|每次|经常|白天|时段|城区|老是|总是|一般|以后")
# A truck that comes so soon that papers can hardly be made.
_ARRIVING = re.compile(
    r"(?:今天|今晚|今夜|今早|明天|明早|明晨|马上|半夜|凌晨|下午|小时)[^。]{0,24}(?:到|下高速|进厂"
    r"|进区|进来|过来|来拉|拉货|装货)"
)
_TRUCK_PAPERS = re.compile(r"报备|通行证|闭环|接车|卡口|行程码|星号|带星|封条|登记|牌照|入园|入区")

# A drill, a plan, a course: nothing happens now.
_IMAGINED = re.compile(
    r"演练|演习|培训|预案|假如|如果|倘若|要是再|万一|以防|以免|避免|防止|预防|防范|隐患排查"
    r"|应急管理局|应急局|讲座|宣传|报警器安装"
)
_OVER = re.compile(
    r"去年|前年|上次|上回|上个月|上周|早前|曾经|曾|已(?:经)?(?:恢复|修好|扑灭|解决|处理好|复工"
    r"|复产|来电|通水|通气)"
    r"|恢复(?:了|生产|供电|供水|供气|供汽)|修好了|扑灭|解除|抢修及时|搞定|以前|之前|来电了"
)
_HAPPENING = re.compile(
    r"真的|正在|还在|仍在|越来越|现在|此刻|刚刚|刚才|又|今天|快来|(?<!急)救(?!护|生)|送医|赶紧|马上|has|now"
)
_DENIED = re.compile(
    r"(?:没有|没|未|不会|不是|并非|无|从未|不用|不必|免于|不能|不可以|不敢|停不得"
    r"|不得)[^,，。]{0,4}$"
)
# Danger is denied by fewer words: "nobody dares to go near the smoke" denies no smoke.
_NO_DANGER = re.compile(r"(?:没有?(?!人|有人)|未|不是|并非|从未|无(?!人))[^,，。人管]{0,2}$")
_DENIED_AFTER = re.compile(r"^(?:不得|不起|的通知|通知|计划|预告|检修计划|怎么办|排查|应急)")
# What nearly happened did not; it presses all the same.
_NEARLY = re.compile(r"(?:差点|险些|差一点|幸好没|幸亏没)[^,，。]{0,6}$")
_PLANNED = re.compile(
    r"计划(?:性)?停|停(?:电|水|气|汽)(?:检修|计划|通知|预告)|检修停|(?<!没)(?<!没有)(?<!未)(?<!没人)(?<!接到)(?<!也没)通知|预告|提前(?:告|发|说|通)"
    r"|限(?:电|气|产)|有序用电"
    r"|要不要停|是不是(?:一定)?要停|能不能不停|限产|改到周末|错峰"
)
_ALREADY = re.compile(
    r"全停|停了|已经|现在|突然|还没|没来|断了|报废(?!要不要|怎么|处理|流程)|什么时候(?:能)?(?:来|恢复|通)"
)
# What may stand still soon presses, but does not stand still yet.
_FEARED = re.compile(r"(?:面临|可能|恐怕|怕|快要?|就要|将要|会|要|容易|导致)[^,，。]{0,4}$")

# A hard date, money that is lost, people without wages or shelter, somebody already hurt.
_HIGH = re.compile(
    r"加急|特急|差点|险些|围(?:在|堵|住)|出不去|一整天|拒付|罚我们|确诊|全坏|前(?:的)?最后|最后(?:一天|期限|机会|几天|[0-9两三]天)"
    r"|每天[^,，。]{0,8}(?:元|块|万|美金|欧|千|百)|一天[^,，。]{0,6}(?:元|块|万|美金|欧|千|百)|(?:拖|晚|多等|耽误)一天"
    r"|(?:^|[,，。;；!！ ])(?:很|非常|特别|十分|太|挺)?急(?:$|[,，。;；!！ ])|急招"
    r"|急聘|急缺|急找|非常急|很急|紧急|十万火急|急需|急等|急着|(?<!不)着急|急用|火烧眉毛|拖不起|等不起|等不了|来不及|最后期限"
    r"|截止|刻不容缓|倒计时|urgent|asap"
    r"|月底|月初前|年底前|下周(?:一|二|三|四|五|就|要|前)|本周|这周|周[一二三四五六日天](?:前|要|就|必须|之前|开工|交)"
    r"|(?:还有|还剩|只剩|只有|剩)[^,，。]{0,3}[0-9一二两三四五六七八九十几]{1,3}天"
    r"|[0-9一二三四五六七八九十两]{1,9}(?:天|日|号|周)(?:之?内|以内|之?前|以前|到期)"
    r"|[0-9]{1,9}(?:月[0-9]{1,9})?(?:号|日)[^,，。]{0,6}(?:到期|开工|交货|投产|截止|发货|要|必须)"
    r"|[0-9]{1,2}月[^,，。]{0,3}前|(?<!到期)前(?:要|必须|得)|时限|交不(?:了|出)货|交不上"
    r"|(?<!合同)(?<!租约)(?<!明年)(?<!后年)(?<!证快)到期(?!不|后|换|续|了|前)|眼看|眼下|赶(?:订单|货"
    r"|工|船|交|着)|交期|船期|旺季"
    r"|损失|违约|赔偿|索赔|赔钱|扣款|滞箱费|滞港|仓储费|(?<!会)罚款(?!怎|标|吗)|报废(?!要|怎|处|手)|倒闭|破产|撑不住|撑不下去|撑不了"
    r"|撑不(?:到|过)|只够|见底|最多(?:再)?撑|揭不开锅|资金链|发不出|开不出工资|没地方住|无处(?:可)?住"
    r"|抽贷|断贷|压贷|流失|(?:丢|砍|退|弃)(?:单|客户)|失去|取消订单|退单|客户(?:那边)?(?:催|投诉|不要|要?取消|要退"
    r"|退货|急|等)|被取消|订单[^,，。]{0,4}取消|压在|爆仓|堆满|到顶|满了|(?:货|件|套|吨|箱|台|批)[^,，。]{0,3}压(?:在|着)?[^,，。]{0,2}(?:仓|库)|积压|顶不住"
    r"|影响(?:生产|交货|发货|出货|开工|投产|复工|正常)|停产|停工|停电|断电|停水|停气|停汽|跳闸"
    r"|晃电|缺料|没法(?:发货|出货|交货)|被封|封了|查封|断网|没网|上不了网|(?:宽带|网络|专线|光纤|网)[^,，。]{0,3}断"
    r"|抗原(?:阳|两|呈)|两道杠|聚集性|恶臭|酸臭|偷排|干等|等着(?:用|开工|进场|安装|投产|拿|钱|米)|进不了场"
    r"|救救|没钱了|(?:要|快)倒闭|拍卖|全瘫|瘫了|受不了|忍无可忍|出大事|发烧|发热|腹泻|上吐下泻|臭鸡蛋|罢工|聚集"
    r"|水压[^,，。]{0,6}天|漏油|泡水|(?:货|柜|款|钱|件|账户)[^,，。]{0,6}(?:扣|冻结)|冻结|掉进|受了伤|摔伤|呛|头晕|恶心"
    r"|出过事|出事|事故(?!多)|摔|受伤|撞(?!了?怎)|不敢|危险(?!品|货|废)"
    r"|(?:下个?月|月初|月中)[^,，。]{0,8}(?:投产|开工|交货|到岗|试生产|进场|开业|上线)|(?:来|要)验厂|审核下周|刺鼻|塌陷|资金(?:压力|周转|紧张|链)"
    r"|取消我们|天天返工|完不成|(?:设备|桩机|塔吊|施工队|施工单位|工人|机器|队伍)[^,，。]{0,8}(?:等|租好|到了|运到|到现场|进场)|影响[^,，。]{0,6}(?:抵押|放款|融资|开票|验收)"
    r"|安全隐患|密接|阳性|红码|封控|老板(?:跑|失联)|失联"
    r"|堵门|围堵|(?:来|上门|厂里|门口)闹|上访|讨薪|欠薪|强烈|due|deadline"
)
# How long somebody has waited; by itself that is what most needs tell.
_WAITED = re.compile(
    r"一直没|一直不|始终|迟迟|拖了|一拖再拖|没有下文|没下文|遥遥无期|至今|到现在(?:还|都|也|没|仍)"
    r"|(?:欠|拖|等|卡|压)到现在|(?:[0-9]{1,9}"
    r"|[一二两三四五六七八九十百几半]{1,9})多?个?多?(?:天|周|星期|礼拜|月|年)多?(?:了|都|还|没|未)"
    r"|(?:断"
    r"|停|坏|等|卡|压|拖|堵|欠|积压|耽误|耽搁|耗)了?(?:将近|快|整整|差不多|大概)?(?:[0-9]{1,9}|[一二两三四五六七八九十几半])(?:个)?多?(?:天|周|星期|礼拜|个月|月|年)"
    r"|还没(?:到账|给|拨|发|付|兑现|解决|结)|没影"
    r"|(?:批|拖|等|欠|公示|办)了?(?:快|将近|都|已经)[^,，。]{0,3}年"
)
# Half a year and more.
_LONG = re.compile(
    r"半年|大半年|(?:[6-9]|1[0-9]|六|七|八|九|十[一二]?|十几)个?多?月(?:了|都|还|没|未)?"
    r"|(?:[0-9]{1,2}|[一二两三四五六七八九十几多])年多?(?:了|还|没|未|都)"
)
# Somebody has asked again and again, is sent around, or says that he has had enough.
_CHASED = re.compile(
    r"多次|好几次|好几趟|(?:问|催|跑|报修|反映|申请|提交|沟通|打|退|改|找|投诉|联系"
    r"|说|补)了?(?:过)?(?:[0-9]{1,9}|[一二两三四五六七八九十几]{1,3})(?:次|趟|遍|轮|回)|第(?:[0-9]{1,9}"
    r"|[二两三四五六七八九十])(?:次|回|轮|遍)|反复|催了|催过|再三|没有?人(?:管|理|接)|互相推|推来推去|踢皮球|到底"
    r"|断断续续|跳了?[0-9一二两三四五六七八九几]次闸|严重|没来修|还没人(?:来|弄|修)|没人审|每次躲|一直推|说不归|答应|承诺|说好"
)
# Days that press, except for who only says when the truck goes.
_SOON = re.compile(r"明天|后天|今天|今晚|明早|马上(?:要|就|到)")
# Who lends no ear to waiting where public money is promised or owed.
_MONEY = frozenset({"policy", "arrears"})
_OFFERS = frozenset({"logistics", "market", "space", "housing"})
# Who is owed wages or money before a holiday will stand at the gate after it.
_HOLIDAY = re.compile(
    r"春节|过年|年底|年前|年关|腊月|除夕|小年|中秋|国庆|元旦|五一|端午|节前|放假前|回家(?:过年)?"
)
_OWED = re.compile(
    r"工资|工钱|薪|工程款|货款|尾款|欠|血汗钱|款[^,，。]{0,4}(?:没|未|不)|(?:没|未|不)[^,，。]{0,3}(?:给|付|结|发)"
)
_PRESSING = re.compile(r"尽快|抓紧|尽早|赶紧|快点|马上|立即|速|及时|希望快|催|急|很大影响|压力大")
_LOW = re.compile(
    r"咨询|行不行|去哪(?:里|儿)?[^,，。]{0,6}(?:考|办|领|查|学|买|做)|多久(?!没|了)|有没有[^,，。]{0,8}(?:对接会|讲座|活动|沙龙|展会)|门槛|算不算|要不要|需不需要|想了解|了解一下|请教|请问|想问|问一下|问问|建议|什么条件|条件是什么"
    r"|哪些条件|哪些材料"
    r"|什么材料|要什么|需要什么"
    r"|怎么(?:办|申|算|填|报|开|办理|认定|操作|规定|做|领|签)|如何|有(?:什么|何|哪些)|是什么"
    r"|是多少|才够|划算|合算|怎么(?!回事|还|又|老)|有没有(?:补|奖|政策|优惠|名额|培训)"
    r"|多少(?:$|[?？。,，])|(?:补|报|奖|贴)多少|标准多少|算不算|(?:什么|哪些)待遇|是[^,，。]{1,8}还是|几号|还(?:能不能|要不要|需不需要)"
    r"|有没有(?!人|来)|多少钱|多大比例|收费标准|标准是|流程|政策(?:解读|宣讲)|可不可以|能不能享受|是否|符合不符合|够不够"
    r"|属于|辅导|来指导|讲一讲|讲解|培训|宣讲"
    r"|什么时候(?:能)?(?:开始|报名|举办|开班|开放)|材料清单|清单|几月|哪天|能?省多少|有什么区别|是一回事|哪里(?:下载|报名|申请|办|填)|在哪|哪个(?:窗口"
    r"|部门|平台)|吗$|how (?:do|to|can)|which|what"
)
_TROUBLE = re.compile(
    r"(?!困难减免)(?:坏|堵|漏|断|停|卡(?!车)|退回|驳回|不通过|不过|没(?:到|来|有人|人|办|批|下来|给|发|修|结|付"
    r"|水|电)|不到|不够|不足|缺|欠|拖|乱"
    r"|投诉|太(?:慢|贵|差|吵|低|高|远|大|长|少)|找不到|招不|租不|叫不|买不|拿不|上不去|打不开|错"
    r"|不一致|对不上|不符|差太多|差了|不肯|不同意|不让|被评|负担重|没有?(?:地方|指标|动静|回音|消息|结果|人接)|不来|完不成|满了"
    r"|超标|故障|异常|不稳|噪|臭|异味|困难(?!减免)|太难|难(?:以|受|办|招|找)|通不过)"
)
_WISH = re.compile(
    r"预约|想(?:再|要)?(?:租|买|拿|找|招|接|装|申请|发|带|卖|增)|求(?:租|购)|需要(?!带|交|办|走|提交|具备|满足|哪些|什么"
    r"|多久|多少|准备|怎|如何|提供)|要租|要招|帮(?:忙|我)|协调|解决|安排|出租|转让|(?<!怎么)(?<!如何)对接"
    r"|希望(?!.*(?:培训|讲))"
    r"|顺路|拼车|推荐|寻|接驳|同方向|空房|库容|闲置|转租|有货|有车"
    r"|(?:我们?|我司|我厂|公司|企业|厂里)[^,，。]{0,6}(?:想(?!问|了解|咨询|知道|请教)|打算|准备|计划)(?!申报|报名)"
)

# The speaker's own matter.
_OWN = re.compile(
    r"我们|我司|我厂|我公司|我的|我家|本公司|咱|厂里|你们|麻烦|帮|催|公司(?=[^,，。]{0,4}(?:有|被|新|刚|打算|准备))"
)
# Something that is going on, and not a question of what holds.
_MATTER = re.compile(
    r"想(?!问|了解|咨询|知道|请教)|交(?:了|上去)|报(?:了|上去)|批了|丢了|超了|差了|申请了|说(?!明|法)|新项目|这次|目前|有人|意见|交了"
    r"|提到|扩建|扩产|加层|另外"
)
# What somebody would like to see some day.
_ADVICE = re.compile(
    r"^(?:我们|本人)?[^,，。]{0,4}(?:建议|提个建议|希望今后)|能不能(?:再)?(?:多|延)"
)
# A question that the book of rules answers, whoever asks.
_QUESTION = re.compile(
    r"什么|多少|几个(?:人|月)|几月|几号|几年|哪(?!家|位|个好)|怎么(?!还|又|没|回|老|不)|能不能|可不可以|要不要|需不需要|是否|是不是|吗|有没有"
    r"|没有$|如何|多久|区别|不同|算不算|行不行|还能|够不够"
)
# Categories whose questions are mostly about rules, and those where one's own case is too.
_ASKED_OF = frozenset(
    {
        "labour",
        "talent",
        "tax",
        "policy",
        "permit",
        "finance",
        "green",
        "trade",
        "safety",
        "epidemic",
        "environment",
        "land",
        "ict",
    }
)
_RULEBOOK = frozenset({"policy", "tax"})

_LOW_CATEGORIES = frozenset({"praise"})
_HIGH_CATEGORIES = frozenset({"reopen", "integrity"})


@dataclass(frozen=True, slots=True)
class UrgencyReading:
    """How urgent a text is, and the words that say so; no words: nothing spoke against normal."""

    urgency: Urgency
    reasons: tuple[Span, ...]


def read_urgency(text: Plain, category: str, words: UrgencyWords) -> UrgencyReading:
    """Return how much ``text`` presses, which is about ``category``."""
    if category in _LOW_CATEGORIES:
        now = _endangered_now(text)
        return UrgencyReading("critical", now) if now else UrgencyReading("low", ())
    critical = _critical(text, words)
    if critical:
        return UrgencyReading("critical", critical)
    high = _high(text, category, words)
    if high or category in _HIGH_CATEGORIES:
        return UrgencyReading("high", high)
    low = _general_question(text, category)
    if not low and not _tells_of_own(text, category):
        low = _spans(text, _LOW) + _words(text, words.low)
    return UrgencyReading("low", low) if low else UrgencyReading("normal", ())


def _tells_of_own(text: Plain, category: str) -> bool:
    """Return whether a text tells of a trouble, a wish or a matter of the speaker's own."""
    if _TROUBLE.search(text.text) or _WISH.search(text.text):
        return True
    return category not in _RULEBOOK and _OWN.search(text.text) is not None


def _general_question(text: Plain, category: str) -> tuple[Span, ...]:
    """Return the question that anybody could ask; nothing if the text has a matter of its own."""
    advice = _spans(text, _ADVICE)
    if advice:
        return advice
    own = any(pattern.search(text.text) for pattern in (_OWN, _WISH, _WAITED, _MATTER))
    if category not in _ASKED_OF or own:
        return ()
    told = [
        clause[0] for clause in CLAUSE.finditer(text.text) if _QUESTION.search(clause[0]) is None
    ]
    return () if any(map(_TROUBLE.search, told)) else _spans(text, _QUESTION)


def _endangered_now(text: Plain) -> tuple[Span, ...]:
    """Return the danger of which a text that thanks says itself that it is happening."""
    return tuple(
        text.span(clause.start() + hit.start(), clause.start() + hit.end())
        for clause in CLAUSE.finditer(text.text)
        if _HAPPENING.search(clause[0]) is not None and _OVER.search(clause[0]) is None
        for hit in _DANGER.finditer(clause[0])
        if _counts(clause[0], hit, text.text, danger=True)
    )


def _critical(text: Plain, words: UrgencyWords) -> tuple[Span, ...]:
    found: list[Span] = []
    for clause in CLAUSE.finditer(text.text):
        for cue in (_DANGER, _STOPPED, _FLOOD, _STUCK):
            found.extend(
                text.span(clause.start() + hit.start(), clause.start() + hit.end())
                for hit in cue.finditer(clause[0])
                if _counts(clause[0], hit, text.text, danger=cue is _DANGER)
            )
        found.extend(_own_words(text, clause, words.critical, words.not_when))
    if _TRUCK_PAPERS.search(text.text):
        found.extend(_spans(text, _ARRIVING))
    return tuple(found)


def _own_words(
    text: Plain, clause: re.Match[str], words: tuple[str, ...], not_when: tuple[str, ...]
) -> list[Span]:
    """Return the zone's own words in a clause that is not excused."""
    said = clause[0]
    if any(word in said for word in not_when) or _IMAGINED.search(said) or _OVER.search(said):
        return []
    found = []
    for word in words:
        at = said.find(word)
        if at >= 0 and not _DENIED.search(said[:at]):
            start = clause.start() + at
            found.append(text.span(start, start + len(word)))
    return found


def _counts(clause: str, hit: re.Match[str], whole: str, *, danger: bool) -> bool:
    """Return whether a cue is meant as happening now."""
    before, after = clause[: hit.start()], clause[hit.end() :]
    happening = _HAPPENING.search(clause) is not None
    denied = (_NO_DANGER if danger else _DENIED).search(before)
    nearly = danger and _NEARLY.search(before) is not None
    if nearly or denied or _DENIED_AFTER.match(after):
        return False
    if _OVER.search(clause) and not happening:
        return False
    if danger:
        return happening or _IMAGINED.search(clause) is None
    if _IMAGINED.search(clause) or _FEARED.search(before):
        return False
    if _STANDING.search(clause) and not happening:
        return False
    return _PLANNED.search(whole) is None or _ALREADY.search(whole) is not None


def _high(text: Plain, category: str, words: UrgencyWords) -> tuple[Span, ...]:
    strong = _said(text, _HIGH)
    if category not in _OFFERS or _TROUBLE.search(text.text):
        strong += _said(text, _SOON)
    if strong:
        return strong
    waited = _said(text, _WAITED) + _said(text, _LONG)
    chased = _said(text, _CHASED)
    if (waited and (chased or category in _MONEY)) or len(chased) > 1:
        return waited + chased
    owed = _OWED.search(text.text) if category == "arrears" else None
    feast = _HOLIDAY.search(text.text) if owed is not None else None
    if owed is not None and feast is not None:
        return (text.span(owed.start(), owed.end()), text.span(feast.start(), feast.end()))
    if owed is not None and _QUESTION.search(text.text) is None:
        return (text.span(owed.start(), owed.end()),)
    telling = tuple(word for word in words.high if len(word) > 1)
    own = tuple(
        span
        for clause in CLAUSE.finditer(text.text)
        for span in _own_words(text, clause, telling, words.not_when)
    )
    pressing = _spans(text, _PRESSING)
    return own or (pressing if len(pressing) > 1 else ())


def _said(text: Plain, pattern: re.Pattern[str]) -> tuple[Span, ...]:
    """Return where ``pattern`` is meant: not denied, not only imagined."""
    return tuple(
        text.span(clause.start() + hit.start(), clause.start() + hit.end())
        for clause in CLAUSE.finditer(text.text)
        for hit in pattern.finditer(clause[0])
        if not _excused(clause[0], hit)
    )


def _excused(clause: str, hit: re.Match[str]) -> bool:
    if _DENIED.search(clause[: hit.start()]) or clause[: hit.start()].endswith("不"):
        return True
    return _IMAGINED.search(clause) is not None


def _spans(text: Plain, pattern: re.Pattern[str]) -> tuple[Span, ...]:
    return tuple(text.span(hit.start(), hit.end()) for hit in pattern.finditer(text.text))


def _words(text: Plain, words: tuple[str, ...]) -> tuple[Span, ...]:
    found = []
    for word in words:
        at = text.text.find(word)
        if at >= 0:
            found.append(text.span(at, at + len(word)))
    return tuple(found)
