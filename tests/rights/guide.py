"""The tables of ``docs/guide/rights.md``, made from the table of rights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.rights.expectations import LINES, ROLES, Line

DONE = frozenset({"200", "302"})
FAULT_IN_FORM = "422"
SCOPES = ("own", "foreign", "restricted")
MARKS = {
    "none": ("–", "—"),
    "yes": ("yes", "可以"),
    "own": ("own", "自己的"),
    "all": ("all", "全部"),
    "restricted": ("restricted", "限定知悉"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """Roles that may do the same, and their name in English and in Chinese."""

    roles: tuple[str, ...]
    names: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Task:
    """What can be done, in English and in Chinese, and the addresses where it is done.

    ``row`` says which rows it is about; empty for all but those of an answer that did not satisfy.
    """

    names: tuple[str, str]
    addresses: tuple[str, ...]
    row: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A table of the guide. Roles without a column may do nothing in it."""

    columns: tuple[Column, ...]
    tasks: tuple[Task, ...]


def _steps(*steps: str) -> tuple[str, ...]:
    return tuple(f"desk:case-step/{step}" for step in steps)


NEEDS = Area(
    (
        Column(("firm", "chief"), ("enterprise", "企业")),
        Column(("clerk",), ("clerk", "中心专员")),
        Column(("officer",), ("service officer", "服务专员")),
        Column(("handler",), ("handler", "经办人")),
        Column(("discip",), ("handler of the discipline office", "纪检经办人")),
        Column(("superv",), ("supervisor", "督查")),
        Column(("leader",), ("leader", "领导")),
        Column(("reader",), ("discipline reader", "纪检查阅人员")),
    ),
    (
        Task(("write a need", "提交诉求"), ("desk:need",)),
        Task(("write down a need for an enterprise", "代企业登记"), ("desk:need-for-enterprise",)),
        Task(("find who is calling", "来电查询"), ("registry:caller",)),
        Task(("have a list of needs, also as a file", "诉求列表、导出"), (
            "desk:case-list", "desk:cases-xlsx", "desk:cases-csv",
        )),
        Task(("have a long list made into a file", "生成长列表文件"), (
            "portal:exports", "portal:export-new",
        )),
        Task(("save lists of one's own", "保存自己的视图"), ("desk:view-new",)),
        Task(
            ("read a need, its history and files", "查看诉求、经过和附件"),
            ("desk:case-page", "desk:attachment"),
        ),
        Task(("search everywhere at once", "全站搜索"), ("portal:search",)),
        Task(("add files", "补充附件"), ("desk:attachments-add",)),
        Task(("accept and sort", "受理、分类"), _steps("accept")),
        Task(("do not accept, with where to go", "不予受理（说明去处）"), _steps("reject")),
        Task(("object to that", "对不予受理提出异议"), _steps("object")),
        Task(
            ("hand up to the district and take back", "提级到区、从区收回"),
            _steps("escalate", "take-back"),
        ),
        Task(("dispatch", "派单"), _steps("dispatch")),
        Task(
            ("dispatch again, when the answer did not satisfy", "不满意后重新派单"),
            _steps("dispatch"),
            "reopened",
        ),
        Task(("give several to one unit", "批量派单"), ("desk:dispatch",)),
        Task(
            ("sign, contact, plan, note, answer", "签收、联系、计划、记录、答复"),
            _steps("sign", "contact", "plan", "note", "reply"),
        ),
        Task(
            ("ask the enterprise, ask for more time or a suspension, report on it",
             "询问企业、申请延期或挂账、报告挂账进展"),
            _steps("ask", "ask-extension", "ask-suspension", "review"),
        ),
        Task(("go on with a suspended need", "恢复办理挂账诉求"), _steps("resume")),
        Task(
            ("grant or refuse what the unit asked for", "审批延期和挂账申请"),
            _steps("grant-extension", "suspend", "deny"),
        ),
        Task(("give back", "退回"), _steps("return")),
        Task(("urge a unit in writing", "督办（开督办单）"), _steps("urge")),
        Task(("answer an urging", "答复督办单"), _steps("respond")),
        Task(("call the enterprise back about a closed need", "回访企业"), _steps("call-back")),
        Task(("list the call-backs and their rates", "回访名单和解决率、满意率"), (
            "desk:call-back-list",
        )),
        Task(("note why a need was withdrawn, when it was drawn by lot", "核实撤回原因（抽查）"),
             _steps("check-withdrawal")),
        Task(("list the withdrawn needs that were drawn by lot", "撤回抽查名单"), (
            "desk:withdrawal-list",
        )),
        Task(("handle cases together, and part them again", "并案、撤销并案"), _steps(
            "merge", "unmerge",
        )),
        Task(("divide a case into several", "拆分诉求"), _steps("split")),
        Task(("compare two cases, relate them or tell them apart", "比对、关联诉求"), (
            "desk:beside-find", "desk:beside", "desk:beside-step/relate",
            "desk:beside-step/unrelate", "desk:beside-step/not-same",
        )),
        Task(("list the urgings that one sees", "督办单台账"), ("desk:urging-list",)),
        Task(("read and print an urging", "查看、打印督办单"), ("desk:urging-page",)),
        Task(
            ("confirm or refuse the answer, withdraw, add words", "确认、不认可、撤回、补充"),
            _steps("confirm", "refuse", "withdraw", "add", "answer"),
        ),
        Task(("see the lights of all units", "亮灯看板"), ("desk:wall",)),
        Task(("see the day at a glance", "今日一览"), ("portal:day",)),
        Task(("see a whole phone number, with a reason", "查看完整电话（须写原因）"), (
            "registry:contact-reveal",
        )),
        Task(("list supervised items, see their age, take them out", "挂单列表、账龄、导出"), (
            "hangs:list", "hangs:ageing", "hangs:xlsx", "hangs:csv",
        )),
        Task(("read a supervised item, its sheet and files", "查看挂单、交办单和附件"), (
            "hangs:hang", "hangs:paper", "hangs:file",
        )),
        Task(("open a supervised item", "挂单"), ("hangs:new",)),
        Task(("add progress or evidence to it", "补充挂单进展或佐证"), ("hangs:step/add",)),
        Task(("ask to strike it off", "申请销号"), ("hangs:step/ask",)),
        Task(("record the call-back on it", "登记挂单回访"), ("hangs:step/call-back",)),
        Task(("strike it off or refuse, set its days", "销号或不予销号、调整日期"), (
            "hangs:step/strike", "hangs:step/refuse", "hangs:step/move", "hangs:step/review",
        )),
        Task(("read freight messages and correct a word", "读货运消息、纠正用词"), (
            "freight:messages", "freight:read", "freight:word-new",
        )),
        Task(("read the briefing and take it out", "查看、导出简报"), (
            "briefings:list", "briefings:today", "briefings:day", "briefings:day-file",
            "briefings:issue", "briefings:issue-file",
        )),
        Task(("draft, edit and hand up an issue of the briefing", "起草、编辑、送签简报"), (
            "briefings:issue-draft", "briefings:period-draft", "briefings:issue-edit",
            "briefings:issue-step/save",
            "briefings:issue-step/hand-up", "briefings:issue-step/renew",
            "briefings:issue-step/take-back",
        )),
        Task(("sign, send back and withdraw an issue", "签发、退回、撤回简报"), (
            "briefings:issue-step/sign", "briefings:issue-step/send-back",
            "briefings:issue-step/unsign", "briefings:issue-step/withdraw",
        )),
        Task(("write an instruction on an issue", "在简报上批示"), ("briefings:issue-instruct",)),
        Task(("publish a signed issue", "印发已签发的简报"), ("briefings:issue-step/publish",)),
    ),
)  # fmt: skip
ENTERPRISES = Area(
    (
        Column(("chief",), ("enterprise administrator", "企业管理员")),
        Column(("clerk",), ("clerk", "中心专员")),
    ),
    (
        Task(("see, add, correct, confirm and remove contacts", "查看和维护联系人"), (
            "registry:contacts", "registry:contact", "registry:contact-new",
            "registry:contact-step/confirm", "registry:contact-step/remove",
        )),
        Task(("see colleagues, make a one-time code", "查看同事、生成一次性登录码"), (
            "registry:members", "registry:member", "registry:member-step/code",
        )),
        Task(("add and remove colleagues, name administrators", "添加、移出同事，设管理员"), (
            "registry:member-new", "registry:member-step/promote",
            "registry:member-step/release", "registry:member-step/remove",
        )),
        Task(("change a colleague's mobile number", "更换手机号"), (
            "registry:member-step/phone",
        )),
        Task(("see and decide registrations", "审核企业注册"), (
            "registry:registrations", "registry:registration", "registry:registration-reveal",
            "registry:registration-decide/approve", "registry:registration-decide/reject",
            "registry:registration-decide/again",
        )),
    ),
)  # fmt: skip
REGISTER = Area(
    (
        Column(("chief",), ("enterprise administrator", "企业管理员")),
        Column(("clerk",), ("clerk", "中心专员")),
        Column(
            ("officer", "handler", "superv", "leader", "reader", "discip"),
            ("other staff", "其他工作人员"),
        ),
        Column(("admin",), ("system administrator", "系统管理员")),
    ),
    (
        Task(("find enterprises, take the list out", "查找企业、导出名录"), (
            "registry:enterprises", "registry:enterprises-csv", "registry:enterprises-xlsx",
            "registry:enterprise-suggest",
        )),
        Task(("open the page of an enterprise", "查看企业页面"), ("registry:enterprise",)),
        Task(("confirm a record as right", "确认企业信息无误"), ("registry:enterprise-verify",)),
        Task(
            (
                "see one's own record, ask for a correction, withdraw it",
                "查看本企业信息、申请更正、撤回",
            ),
            (
                "registry:own-enterprise", "registry:own-correct",
                "registry:correction-decide/withdraw",
            ),
        ),
        Task(("add and correct enterprises", "登记、更正企业"), (
            "registry:enterprise-new", "registry:enterprise-edit",
        )),
        Task(("decide corrections that enterprises ask for", "处理企业的更正申请"), (
            "registry:corrections", "registry:correction",
            "registry:correction-decide/approve", "registry:correction-decide/reject",
        )),
        Task(("merge two records, undo it", "合并重复企业、撤销合并"), (
            "registry:merges", "registry:merge", "registry:merge-new", "registry:merge-undo",
        )),
        Task(("add, correct, confirm and remove sites", "维护企业厂区"), (
            "registry:site", "registry:site-new",
            *(f"registry:site-step/{step}" for step in ("confirm", "main", "remove")),
        )),
        Task(("see the places of the zone, take them out", "查看、导出场所"), (
            "registry:places", "registry:place", "registry:places-file",
        )),
        Task(("add, read in, correct and retire places", "新增、读入、更正、停用场所"), (
            "registry:place-new", "registry:place-correct", "registry:places-import",
            "registry:place-file", "registry:place-file-step/confirm",
            "registry:place-file-step/undo",
            "registry:place-step/retire", "registry:place-step/restore",
        )),
        Task(("see how needs are read, teach it, go back", "诉求识别：查看、学习、换回旧版"), (
            "desk:reader", "desk:reader-learn", "desk:reader-choose",
        )),
        Task(("decide on words of freight messages", "审核货运用词"), (
            "freight:words", "freight:word-step/accept", "freight:word-step/refuse",
        )),
        Task(("open the imports", "打开名单导入"), ("kernel:imports",)),
        Task(("see the working calendar", "查看工作日历"), ("desk:calendar",)),
        Task(("see which deadlines a day off would move", "查看放假调整会影响哪些时限"), (
            "desk:calendar-look",
        )),
        Task(("import a list of enterprises, take it out, undo it", "导入企业名单、下载、撤销"), (
            "kernel:import", "kernel:import-new", "kernel:import-template",
            "kernel:import-columns", "kernel:import-file", "kernel:import-marking",
            *(
                f"kernel:import-step/{step}"
                for step in ("confirm", "again", "mark", "undo", "drop")
            ),
        )),
    ),
)  # fmt: skip
HALL = Area(
    (
        Column(("firm", "chief"), ("enterprise", "企业")),
        Column(("clerk",), ("clerk", "中心专员")),
        Column(("officer",), ("service officer", "服务专员")),
        Column(("handler", "discip"), ("handler", "经办人")),
        Column(("superv",), ("supervisor", "督查")),
        Column(("leader",), ("leader", "领导")),
        Column(("reader",), ("discipline reader", "纪检查阅人员")),
    ),
    (
        Task(("read the service catalogue", "查看办事指南"), ("hall:items", "hall:item")),
        Task(("take the service catalogue out", "导出办事指南"), ("hall:items-xlsx",)),
        Task(("add, correct and retire items of it", "新增、更正、停用事项"), (
            "hall:item-new", "hall:item-correct",
            "hall:item-step/retire", "hall:item-step/restore",
        )),
        Task(("see who waits at the counters", "查看窗口排队"), ("hall:queue",)),
        Task(("call, finish, skip and move tickets", "叫号、办结、过号、转窗口"), (
            "hall:call-next",
            *(f"hall:ticket-step/{step}" for step in ("again", "done", "skip", "move")),
        )),
        Task(("give tickets to visitors", "给来访者取号"), ("hall:ticket-new",)),
        Task(("set up and end screens and terminals", "设置、停用大屏和取号机"), (
            "hall:keys", "hall:key-end",
        )),
    ),
)  # fmt: skip
SYSTEM = Area(
    (
        Column(("admin",), ("system administrator", "系统管理员")),
        Column(("security",), ("security administrator", "安全管理员")),
        Column(("audit",), ("audit administrator", "审计管理员")),
    ),
    (
        Task(("see the people of the zone, take the list out", "查看、导出人员"), (
            "registry:people", "registry:people-file", "registry:person",
        )),
        Task(("open accounts of staff, correct names, change posts", "开户、更正姓名、调整任职"), (
            "registry:person-new", "registry:person-step/correct", "registry:person-step/posts",
        )),
        Task(
            (
                "roles, one-time codes, end sessions and keys, close and reopen accounts",
                "角色、一次性登录码、退出登录、吊销密钥、停用和启用账号",
            ),
            tuple(
                f"registry:person-step/{step}"
                for step in ("give", "take", "code", "end-sessions", "end-keys", "close", "reopen")
            ),
        ),
        Task(("change the working calendar, take a change back", "调整工作日历、撤销调整"), (
            "desk:calendar-save", "desk:calendar-undo",
        )),
        Task(("put rules in force, look after background work", "园区配置、后台任务"), (
            "registry:profile", "portal:system", "portal:delivery-again",
        )),
        Task(
            (
                "set up group robots, test, send again what did not arrive",
                "群机器人、测试、重发未送达消息",
            ),
            (
                "notices:outbox", "notices:robot-new",
                *(f"notices:outlet-step/{step}" for step in ("test", "on", "off", "remove")),
                *(f"notices:messages-step/{step}" for step in ("again", "drop")),
                *(f"notices:message-step/{step}" for step in ("again", "drop")),
            ),
        ),
        Task(("read, check and take out the audit trail", "查看、核对、导出审计记录"), (
            "accounts:audit", "accounts:audit-entry", "accounts:audit-check",
            "accounts:audit-file",
        )),
        Task(("see the data map and the purges", "数据清单和清除记录"), (
            "portal:data-protection", "portal:data-class", "portal:purges", "portal:purge",
        )),
        Task(("decide who has asked for deletion", "处理删除申请"), (
            "portal:data-request", "portal:data-request-grant", "portal:data-request-refuse",
        )),
        Task(("keep the register of breaches", "登记个人信息安全事件"), (
            "portal:incidents", "portal:incident", "portal:incident-new", "portal:incidents-file",
            *(
                f"portal:incident-step/{step}"
                for step in ("authority", "persons", "not-told", "settle")
            ),
        )),
    ),
)  # fmt: skip
AREAS = (NEEDS, ENTERPRISES, REGISTER, HALL, SYSTEM)


def mark_of(address: str, row: str, role: str) -> str:
    """Return whose rows a role may use at an address: the key of a mark.

    A form with faults counts as done where no form that is sent is free of them.
    """
    lines = [
        line
        for line in LINES
        if line.address == address
        if (line.row == row if row else line.row not in {"missing", "reopened"})
    ]
    marks: dict[int, frozenset[str]] = {}
    for method in {line.method for line in lines}:
        asked = [line for line in lines if line.method == method]
        is_done = any(answer in DONE for line in asked for answer in line.answers.values())
        enough = DONE if is_done else {FAULT_IN_FORM}
        let_in = frozenset(line.row for line in asked if line.answers[role] in enough)
        marks[len(asked)] = marks.get(len(asked), frozenset()) | {_mark(asked, let_in)}
    # A form is shown before it is known what it is about: what is sent decides.
    [mark] = marks[max(marks)]
    return mark


def _mark(asked: list[Line], let_in: frozenset[str]) -> str:
    if not let_in:
        return "none"
    if len({line.row for line in asked} & {*SCOPES}) < 2:
        return "yes"
    if {"own", "foreign"} <= let_in:
        return "all"
    [only] = let_in
    return only


def marks_of(task: Task, roles: tuple[str, ...]) -> set[str]:
    """Return the marks of roles at the addresses of a task: one, or the task has to be split."""
    return {mark_of(address, task.row, role) for address in task.addresses for role in roles}


def table(area: Area, language: int) -> Iterator[str]:
    """Yield the lines of a table of the guide, in English (0) or in Chinese (1)."""
    heads = [column.names[language] for column in area.columns]
    yield _row([("what", "事项")[language], *heads])
    yield "|---" * (len(heads) + 1) + "|"
    for task in area.tasks:
        cells = []
        for column in area.columns:
            [mark] = marks_of(task, column.roles)
            cells.append(MARKS[mark][language])
        yield _row([task.names[language], *cells])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def roles_without_column(area: Area) -> tuple[str, ...]:
    """Return the roles that an area does not name."""
    named = {role for column in area.columns for role in column.roles}
    return tuple(role for role in ROLES if role not in named)
