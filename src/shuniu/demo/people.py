"""The zone's 209 staff: invented names, offices, titles and roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Literal

Role = Literal[
    "center_clerk",
    "service_officer",
    "unit_handler",
    "supervisor",
    "leader",
    "discipline_reader",
    "security_admin",
    "audit_admin",
    "system_admin",
]

CENTER = "企业服务中心"
SURNAMES = tuple("陈陆施黄沈顾倪茅张王李徐朱袁蔡姜汤俞季宋杨吴周钱邱盛秦龚郁仇成薛曹范高")
GIVEN_FIRST = tuple("建海晓志玉丽国永卫慧佳雨思梓俊明红春文小")
GIVEN_SECOND = tuple("华平东兵琴芳峰燕敏杰辉娟涛洁斌霞军萍健怡")
# Persons of public documents about the real zone; no invented person may carry such a name.
REAL_NAMES = frozenset({"樊丽红"})


@dataclass(frozen=True, slots=True)
class Office:
    """An office of the zone: Chinese name, how many case handlers, and the titles."""

    name: str
    handlers: int
    head: str
    deputy: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A member of staff; ``office`` is ``None`` for the zone's leaders.

    Attributes
    ----------
    is_head
        Whether the person heads the office.
    phone
        Eleven digits of the 154 range, which rings nobody.
    """

    name: str
    office: str | None
    title: str
    roles: tuple[Role, ...]
    is_head: bool
    phone: str

    @property
    def address(self) -> str:
        """Surname with title, as one says it: 陈主任, 陈经理 for a 客户经理."""
        title = self.title if self.title.startswith("副") else self.title[-2:]
        return self.name[0] + title


_BUREAU = ("科长", "科员", "科员", "专员")
_COMPANY = ("客户经理", "专员", "抢修班长")
OFFICES = (
    Office(CENTER, 14, "主任", "副主任", ("专员", "专员", "科员")),
    Office("经济发展局", 14, "局长", "副局长", _BUREAU),
    Office("行政审批局", 12, "局长", "副局长", _BUREAU),
    Office("项目办", 10, "主任", "副主任", ("项目专员", "科员")),
    Office("规划建设局", 13, "局长", "副局长", _BUREAU),
    Office("自然资源分局", 7, "局长", "副局长", _BUREAU),
    Office("生态环境分局", 9, "局长", "副局长", _BUREAU),
    Office("应急管理局", 8, "局长", "副局长", _BUREAU),
    Office("交警中队", 6, "队长", "副队长", ("民警",)),
    Office("招商局", 15, "局长", "副局长", ("分局长", "招商专员", "招商专员")),
    Office("国资平台公司", 8, "总经理", "副总经理", ("部长", "专员")),
    Office("人力资源服务中心", 7, "主任", "副主任", ("专员", "科员")),
    Office("科技人才局", 7, "局长", "副局长", _BUREAU),
    Office("财政局", 6, "局长", "副局长", _BUREAU),
    Office("财政局(金融办)", 4, "主任", "副主任", ("专员",)),
    Office("税务分局", 6, "局长", "副局长", _BUREAU),
    Office("海关办事处", 4, "主任", "副主任", ("科员",)),
    Office("供电公司", 5, "经理", "副经理", _COMPANY),
    Office("水务公司", 4, "经理", "副经理", _COMPANY),
    Office("燃气公司", 4, "经理", "副经理", _COMPANY),
    Office("热电公司", 4, "经理", "副经理", _COMPANY),
    Office("货车闭环专班", 5, "班长", "副班长", ("专员",)),
    Office("防疫专班", 4, "班长", "副班长", ("专员",)),
    Office("纪检监察组", 3, "组长", "副组长", ("科员",)),
)
_CENTER_CLERKS = 12
_SERVICE_OFFICERS = 2
_SUPERVISORS = 6
_LEADERS = ("党工委书记", "管委会主任", "党工委委员", *("管委会副主任",) * 3)
_DISCIPLINE = "纪检监察组"


def invented_names(rng: Random) -> Iterator[str]:
    """Yield different Chinese personal names without end of the supply in sight."""
    given = [first + second for first in GIVEN_FIRST for second in GIVEN_SECOND]
    given += list(GIVEN_SECOND)
    seen: set[str] = set(REAL_NAMES)
    while True:
        name = rng.choice(SURNAMES) + rng.choice(given)
        if name not in seen:
            seen.add(name)
            yield name


def phones(rng: Random) -> Iterator[str]:
    """Yield different mobile numbers of the 154 range."""
    seen: set[str] = set()
    while True:
        phone = f"154{rng.randrange(10**8):08d}"
        if phone not in seen:
            seen.add(phone)
            yield phone


def staff(rng: Random) -> tuple[DemoPerson, ...]:
    """Return the zone's staff: leaders, center, supervisors, administrators, then the offices."""
    posts = [*_central_posts()]
    for office in OFFICES:
        posts.extend(_handler_posts(office))
    return tuple(
        DemoPerson(name, office, title, (role,), is_head, phone)
        for (office, title, role, is_head), name, phone in zip(
            posts, invented_names(rng), phones(rng), strict=False
        )
    )


_Post = tuple[str | None, str, Role, bool]


def _central_posts() -> Iterator[_Post]:
    for title in _LEADERS:
        yield None, title, "leader", False
    yield _DISCIPLINE, "纪工委书记", "discipline_reader", False
    for number in range(_CENTER_CLERKS):
        yield CENTER, "大厅值班长" if number < 2 else "专员", "center_clerk", False
    for number in range(_SUPERVISORS):
        yield CENTER, "督查专员" if number else "督查科长", "supervisor", False
    for _number in range(_SERVICE_OFFICERS):
        yield CENTER, "服务专员", "service_officer", False
    yield CENTER, "系统管理员", "system_admin", False
    yield CENTER, "安全管理员", "security_admin", False
    yield CENTER, "审计管理员", "audit_admin", False


def _handler_posts(office: Office) -> Iterator[_Post]:
    yield office.name, office.head, "unit_handler", True
    yield office.name, office.deputy, "unit_handler", False
    for number in range(office.handlers - 2):
        yield office.name, office.others[number % len(office.others)], "unit_handler", False
