"""The service hall of the demo zone: what can be done there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from shuniu.zone.accounts.models import User
from shuniu.zone.hall.queries import next_waiting
from shuniu.zone.hall.services import (
    NewItem,
    add_item,
    call_next,
    finish_ticket,
    take_ticket,
)
from shuniu.zone.kernel.clock import day_of
from shuniu.zone.registry.queries import active_offices

COUNTERS = ("registration", "projects", "people", "general")

# Unit, item, what to bring (divided by ；), law, statutory and promised working days, window.
ITEMS: tuple[tuple[str, str, str, str, int | None, int | None, str], ...] = (
    ("approval_bureau", "企业设立登记", "登记申请书；股东身份证明；住所使用证明",
     "市场主体登记管理条例第十九条", 3, 1, "1 号窗口"),
    ("approval_bureau", "企业变更登记", "变更申请书；股东会决议；营业执照正副本",
     "市场主体登记管理条例第二十四条", 3, 1, "1 号窗口"),
    ("approval_bureau", "企业简易注销", "简易注销申请书；全体投资人承诺书",
     "市场主体登记管理条例第三十三条", 20, 20, "1 号窗口"),
    ("approval_bureau", "食品经营许可", "许可申请书；营业执照复印件；场所平面图",
     "食品安全法第三十五条", 20, 5, "2 号窗口"),
    ("approval_bureau", "企业投资项目备案", "项目备案信息表；营业执照复印件",
     "企业投资项目核准和备案管理条例第十三条", 0, 0, "3 号窗口"),
    ("approval_bureau", "公章刻制备案", "营业执照副本；法定代表人身份证明",
     "印铸刻字业暂行管理规则第六条", 0, 0, "1 号窗口"),
    ("econ_bureau", "技术改造项目申报", "申报书；设备清单；发票复印件",
     "园区工业经济扶持办法第五条", None, 15, "5 号窗口"),
    ("econ_bureau", "首台（套）重大装备申报", "申报书；检测报告；用户使用意见",
     "", None, 20, "5 号窗口"),
    ("econ_bureau", "工业企业用电计划调整", "调整申请；近三月电费单", "", None, 5, "5 号窗口"),
    ("planning_bureau", "建设工程规划许可", "申请表；总平面图；用地批准文件",
     "城乡规划法第四十条", 20, 7, "3 号窗口"),
    ("planning_bureau", "建筑工程施工许可", "申请表；施工合同；资金落实承诺书",
     "建筑法第七条", 7, 3, "3 号窗口"),
    ("planning_bureau", "城镇污水排入排水管网许可", "申请表；排水水质检测报告；管网图",
     "城镇排水与污水处理条例第二十一条", 20, 8, "3 号窗口"),
    ("planning_bureau", "临时占道施工", "占道申请；交通组织方案；施工图",
     "城市道路管理条例第三十一条", 10, 3, "3 号窗口"),
    ("land_branch", "不动产首次登记", "登记申请书；土地出让合同；竣工材料",
     "不动产登记暂行条例第二十条", 30, 3, "4 号窗口"),
    ("land_branch", "不动产抵押登记", "登记申请书；抵押合同；不动产权证",
     "不动产登记暂行条例第二十条", 30, 1, "4 号窗口"),
    ("land_branch", "工业用地转让审核", "转让申请；原出让合同；受让方资料",
     "土地管理法第五十六条", 20, 10, "4 号窗口"),
    ("ecology_branch", "建设项目环评告知承诺", "报告表；承诺书；公示说明",
     "环境影响评价法第二十二条", 30, 1, "3 号窗口"),
    ("ecology_branch", "排污许可证核发", "申请表；自行监测方案；排污口图",
     "排污许可管理条例第十一条", 30, 12, "3 号窗口"),
    ("emergency_bureau", "危险化学品经营许可", "申请书；安全评价报告；人员证书",
     "危险化学品安全管理条例第三十五条", 30, 12, "2 号窗口"),
    ("emergency_bureau", "生产安全事故应急预案备案", "备案表；预案文本；评审意见",
     "生产安全事故应急条例第七条", 5, 1, "2 号窗口"),
    ("labour_center", "招聘需求登记", "岗位需求表；营业执照复印件", "", None, 0, "6 号窗口"),
    ("labour_center", "社会保险登记", "单位信息登记表；营业执照复印件",
     "社会保险法第五十七条", 10, 0, "6 号窗口"),
    ("labour_center", "稳岗返还申领", "申领表；银行账户信息",
     "失业保险条例第十条", None, 10, "6 号窗口"),
    ("talent_bureau", "高层次人才认定", "认定申请表；学历学位证明；劳动合同",
     "", None, 20, "7 号窗口"),
    ("talent_bureau", "人才公寓申请", "申请表；劳动合同；无房证明", "", None, 10, "7 号窗口"),
    ("finance_bureau", "惠企政策兑现", "兑现申请表；发票或完税证明", "", None, 15, "7 号窗口"),
    ("tax_branch", "新办纳税人套餐", "营业执照；经办人身份证明",
     "税收征收管理法第十五条", 3, 0, "8 号窗口"),
    ("tax_branch", "发票票种核定", "核定申请表；经办人身份证明",
     "发票管理办法第十五条", 10, 0, "8 号窗口"),
    ("power_company", "高压新装增容", "用电申请表；用电设备清单；用地证明",
     "供电营业规则第十六条", None, 15, "9 号窗口"),
    ("water_company", "新装用水", "用水申请表；用地或房屋证明",
     "城市供水条例第二十三条", None, 5, "9 号窗口"),
)  # fmt: skip


def make_catalogue(now: datetime) -> int:
    """Fill the service catalogue; what no unit of the zone does goes to the center's own."""
    units = {office.code: office for office in active_offices()}
    center = units["service_center"]
    for number, (unit, name, things, law, limit, promise, window) in enumerate(ITEMS, 1):
        new = NewItem(
            name=name,
            unit=units.get(unit, center),
            materials=things.replace("；", "\n"),
            legal_basis=f"《{law[: law.index('第')]}》{law[law.index('第') :]}" if law else "",
            limit_days=limit,
            promise_days=promise,
            fee="不收费",
            channel=f"服务大厅{window}；江苏政务服务网",
            owner=window,
            phone=f"0513-8221{number:04d}",
        )
        add_item(code=f"SC-{number:03d}", new=new, actor=None, now=now)
    return len(ITEMS)


# A morning at the counters: who comes when (minutes before now), for what; how long one is served.
MORNING = tuple((minute, COUNTERS[minute * 7 % len(COUNTERS)]) for minute in range(118, 0, -6))
SERVED_MINUTES = 9
STILL_WAITING = 5


def make_queue(clerks: Sequence[User], rng: Random, now: datetime) -> int:
    """Let people have come to the counters in the last two hours of today; some still wait."""
    came = [(counter, now - timedelta(minutes=minute)) for minute, counter in MORNING]
    today = [(counter, at) for counter, at in came if day_of(at) == day_of(now)]
    for counter, at in today:
        key = UUID(int=rng.getrandbits(128), version=4)
        take_ticket(counter=counter, key=key, enterprise=None, actor=None, now=at)
    windows = {counter: number for number, counter in enumerate(COUNTERS, 1)}
    for counter, at in today[:-STILL_WAITING]:
        clerk = clerks[windows[counter] % len(clerks)]
        called_at = min(at + timedelta(minutes=4), now)
        ticket = call_next(counter=counter, window=windows[counter], actor=clerk, now=called_at)
        until = min(called_at + timedelta(minutes=SERVED_MINUTES), now)
        finish_ticket(ticket_id=ticket.pk, actor=clerk, now=until)
    for counter in COUNTERS[:2]:
        clerk = clerks[windows[counter] % len(clerks)]
        if next_waiting(day_of(now), [counter]) is not None:
            call_next(counter=counter, window=windows[counter], actor=clerk, now=now)
    return len(today)
