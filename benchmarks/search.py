"""Measure finding cases and enterprises: `python -m benchmarks.search` from the project's folder.

Makes a zone of its own with 10,000 and then 100,000 cases, and with 100,000 enterprises, in SQLite
or, with TEST_DATABASE=postgresql, in PostgreSQL (as it comes, not tuned). Prints for each kind of
question (a) the CPU milliseconds of a search, those of this process and of the server of the
database together, and their share of the target, (b) recall: how much of what a plain comparison
of texts finds the index finds, and how much it finds beyond that.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

SEED = 7
ROUNDS = 3
TARGET_MS, TYPE_AHEAD_TARGET_MS = 20.0, 30.0
PAGE = 20
START = datetime(2024, 1, 2, 1, tzinfo=UTC)
FIRMS = 2_000
BATCH = 2_000


def words(text: str) -> tuple[str, ...]:
    """Return the words of a list that is written with blanks."""
    return tuple(text.split())


NOUNS = words(
    "冷库 变压器 围墙 雨水管 叉车 食堂 班车 宿舍 门禁 消防栓 空压机 配电房 污水站 装卸台 "
    "路灯 停车场 化粪池 锅炉 货梯 车间 仓库 电缆 阀门 水表 光伏板 监控 绿化带 井盖 地磅 "
    "集装箱 注塑机 机器人 传感器 模具 焊机 轴承 涂装线 危废间 氮气站 充电桩"
)
EVENTS = words(
    "停电了 漏水 跳闸 堵了 坏了三盏 排队太久 没有人修 噪声很大 需要检修 被车撞了 "
    "结冰打滑 冒烟 停水 排放超标 申请扩容 验收不通过 租约到期 手续办不下来 招不到人 "
    "发不出货 资料丢失 想增加班次 信号很差"
)
WHERE = words(
    "厂门口 二号楼东侧 港务路 北区 三期工地 码头 园区南门 研发楼 一楼大厅 危化品库 "
    "员工宿舍 铁路专用线 江边泵站 海关监管区 展厅 地下室"
)
FILLERS = words(
    "已经影响晚班生产 请尽快安排人来看 上个月也发生过一次 联系了物业没有回复 "
    "客户催得很急 工人意见比较大 希望这周内解决 具体情况可以电话沟通 我们愿意配合检查 "
    "之前的单子还没有结 请告诉我们归哪个部门管"
)
ANSWERS = words(
    "已派人到现场查看 已联系供电公司处理 预计三个工作日完成 备件正在采购 会同建设局核实 "
    "已排入检修计划 请企业补充材料 费用由业主承担 问题已解决并复核"
)
MODELS = words("PLC-300 S7-1200 KUKA KR10 GB50016 ERP MES-2 DN200 10kV AGV-07")
NAME_1 = words("海通 恒源 瑞丰 中天 鼎盛 华宇 金桥 东成 宏达 新时代 叠石 沃太 招商 海光 亿诺 博创")
NAME_2 = words("智能 精密 生物 重工 海洋 新能源 电子 食品 纺织 供应链 船舶 化学")
NAME_3 = words("装备 科技 材料 制造 物流 工程 技术 机械")


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of question, and the questions."""

    kind: str
    words: tuple[str, ...]


def backend_cpu_s(process: int | None) -> float:
    """Return the CPU seconds that the server of the database has used for this connection."""
    if process is None:
        return 0.0
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cpu_ms(work: Callable[[], object], process: int | None) -> float:
    """Return the CPU milliseconds of this process and of the server for ``work``."""
    before = time.process_time() + backend_cpu_s(process)
    work()
    return (time.process_time() + backend_cpu_s(process) - before) * 1000


def sentence(rng: random.Random) -> str:
    """Return a need as somebody would write it; common things are told more often than rare."""
    parts = []
    for _ in range(rng.randint(2, 4)):
        noun = NOUNS[min(int(rng.paretovariate(0.9)) - 1, len(NOUNS) - 1)]
        parts.append(f"{rng.choice(WHERE)}的{noun}{rng.choice(EVENTS)}，{rng.choice(FILLERS)}")
    if rng.random() < 0.2:
        parts.append(f"型号{rng.choice(MODELS)}，编号{rng.randint(1000, 999999)}")
    return "。".join(parts) + "。"


def firm_name(number: int, rng: random.Random) -> str:
    return (
        f"{rng.choice(('南通', '海门', '江苏'))}{rng.choice(NAME_1)}{number}"
        f"{rng.choice(NAME_2)}{rng.choice(NAME_3)}有限公司"
    )


def make_firms(begin: int, count: int, rng: random.Random) -> list[Any]:
    """Register the enterprises from number ``begin`` to ``count`` as the command does."""
    from shuniu.zone.registry.services import NewEnterprise, register_enterprises  # noqa: PLC0415

    rows: list[Any] = []
    for first in range(begin, count, BATCH):
        new = [
            NewEnterprise(
                name=firm_name(number, rng), short_name=f"{rng.choice(NAME_1)}{number}",
                credit_code=f"91320614{number:010d}", industry_code="", is_above_scale=False,
                employees=None, scope="", products=(rng.choice(NOUNS), rng.choice(NAME_2)),
                inputs=(rng.choice(NOUNS),), address="", lon=None, lat=None,
            )
            for number in range(first, min(first + BATCH, count))
        ]  # fmt: skip
        rows += register_enterprises(enterprises=new, actor=None, now=START)
    return rows


def make_cases(count: int, firms: Sequence[Any], rng: random.Random) -> None:
    """Write cases with an answer each, a note of the center and now and then a file."""
    from shuniu.zone.desk.choices import Channel, NoteKind, Sensitivity  # noqa: PLC0415
    from shuniu.zone.desk.models import Attachment, Case, Note  # noqa: PLC0415
    from shuniu.zone.registry.queries import active_offices, profile_in_force  # noqa: PLC0415

    version = profile_in_force().version_id
    offices = list(active_offices())
    made = Case.objects.count()
    for first in range(made, count, BATCH):
        rows = []
        for number in range(first, min(first + BATCH, count)):
            at = START + timedelta(minutes=10 * number)
            sensitivity = Sensitivity.RESTRICTED if number % 50 == 0 else Sensitivity.NORMAL
            rows.append(
                Case(
                    number=f"QS-{at:%Y%m%d}-{number:06d}", enterprise=rng.choice(firms),
                    profile_id=version, channel=Channel.WECHAT_ACCOUNT, text=sentence(rng),
                    submitted_at=at, updated_at=at, turn_since=at, contact_due_at=at,
                    plan_due_at=at, done_due_at=at, sensitivity=sensitivity,
                    lead_unit=rng.choice(offices),
                )
            )  # fmt: skip
        Case.objects.bulk_create(rows)
        Note.objects.bulk_create(
            note
            for case in rows
            for note in (
                Note(case=case, kind=NoteKind.REPLY, written_at=case.submitted_at,
                     text=f"{rng.choice(ANSWERS)}，{rng.choice(ANSWERS)}。"),
                Note(case=case, kind=NoteKind.ACCEPTANCE, written_at=case.submitted_at,
                     text=f"内部：{rng.choice(FILLERS)}", is_public=False),
            )
        )  # fmt: skip
        Attachment.objects.bulk_create(
            Attachment(case=case, name=f"{rng.choice(NOUNS)}照片{case.pk}.jpg", path="x",
                       content_type="image/jpeg", size_bytes=1, added_at=case.submitted_at)
            for case in rows[::3]
        )  # fmt: skip


def questions(rng: random.Random, texts: Sequence[str]) -> Iterator[Asked]:
    """Yield what people ask: words of the language, and pieces cut out of what was written."""
    from shuniu.zone.kernel.search import runs_of  # noqa: PLC0415

    def pieces(size: int, count: int) -> tuple[str, ...]:
        found: list[str] = []
        while len(found) < count:
            run = rng.choice(runs_of(rng.choice(texts)))
            if len(run) >= size:
                at = rng.randrange(len(run) - size + 1)
                found.append(run[at : at + size])
        return tuple(found)

    yield Asked("one common word", ("冷库", "停电", "漏水", "变压器", "围墙"))
    yield Asked("two words", ("冷库 停电了", "食堂 排队", "变压器 漏水", "码头 冒烟", "班车 噪声"))
    yield Asked("three words", ("冷库 停电 码头", "门禁 客户 检修", "围墙 停水 物业"))
    yield Asked("one rare word", ("充电桩冒烟", "氮气站漏水", "危废间结冰"))
    yield Asked("a word and a firm", ("恒源 冷库", "博创 停电", "瑞丰 船舶 食堂"))
    yield Asked("a number", tuple(f"{n:06d}" for n in rng.sample(range(len(texts)), 5)))
    yield Asked("Latin and digits", ("plc", "S7-1200", "kuka kr10", "GB50016", "Mes-2"))
    yield Asked("a file's name", ("地磅照片", "焊机照片", "锅炉照片 jpg"))
    yield Asked("2 characters of a text", pieces(2, 12))
    yield Asked("3 characters of a text", pieces(3, 12))
    yield Asked("5 characters of a text", pieces(5, 12))
    yield Asked("9 characters of a text", pieces(9, 8))
    yield Asked("one character", ("电", "的", "锅", "磅"))
    yield Asked("all of it common", ("有限公司", "南通 有限 的"))
    yield Asked("nothing at all", ("鲸鲨", "水族馆 鲸鲨"))
    yield Asked("a slip of the hand", ("亭电了", "停电申 码头", "变压其"))
    yield Asked("parts in one word", ("停电冷库", "码头食堂漏水"))


def everything() -> dict[int, tuple[str, str]]:
    """Return, for each case, what an enterprise may find, and what only staff may, as one text."""
    from shuniu.zone.desk.models import Attachment, Case, Note  # noqa: PLC0415
    from shuniu.zone.kernel.search import folded  # noqa: PLC0415

    public: dict[int, list[str]] = {}
    inner: dict[int, list[str]] = {}
    for case in Case.objects.select_related("enterprise"):
        firm = case.enterprise
        public[case.pk] = [case.number, firm.name, firm.short_name, case.text, case.location_note]
    for key, text, is_public in Note.objects.values_list("case_id", "text", "is_public"):
        (public if is_public else inner).setdefault(key, []).append(text)
    for key, name in Attachment.objects.values_list("case_id", "name"):
        public[key].append(name)
    return {
        key: (folded("\n".join(texts)), folded("\n".join(inner.get(key, []))))
        for key, texts in public.items()
    }


def recall(asked: Sequence[Asked], plain: dict[int, tuple[str, str]]) -> None:
    """Print how much of what plain comparison finds is found, for staff and for enterprises."""
    from shuniu.zone.desk.choices import CasePart  # noqa: PLC0415
    from shuniu.zone.desk.models import CaseWords  # noqa: PLC0415
    from shuniu.zone.kernel.search import Found, Query  # noqa: PLC0415

    true = found = both = 0
    for marks in ("".join(CasePart), CasePart.HEADING + CasePart.BODY):
        for question in (word for one in asked for word in one.words):
            query = Query.read(question)
            rows = CaseWords.objects.filter(Found(query, marks))
            answer = set(rows.values_list("pk", flat=True))
            truth = {
                key
                for key, (public, inner) in plain.items()
                if all(r in public or (CasePart.INNER in marks and r in inner) for r in query.runs)
            }
            true, found, both = true + len(truth), found + len(answer), both + len(answer & truth)
    print(f"  recall {both / true:.4%} of {true:,} hits, {found - both} found beyond them")


def measure_cases(process: int | None, rng: random.Random) -> None:
    """Print what searches cost a clerk, a handler and an enterprise."""
    from shuniu.zone.accounts.choices import Role  # noqa: PLC0415
    from shuniu.zone.desk import queries  # noqa: PLC0415
    from shuniu.zone.desk.models import Case  # noqa: PLC0415
    from shuniu.zone.registry.models import Office  # noqa: PLC0415
    from shuniu.zone.registry.queries import Standing  # noqa: PLC0415

    none: frozenset[int] = frozenset()
    office = frozenset({Case.objects.values_list("lead_unit_id", flat=True)[:1].get() or 0})
    firm = frozenset({Case.objects.values_list("enterprise_id", flat=True)[:1].get()})
    assert Office.objects.filter(pk__in=office).exists()  # noqa: S101  # else it measures nothing
    people = {
        "clerk": Standing(1, frozenset({Role.CENTER_CLERK}), none, none),
        "handler": Standing(2, frozenset({Role.UNIT_HANDLER}), office, none),
        "firm": Standing(3, frozenset({Role.ENTERPRISE_USER}), none, firm),
    }
    texts = list(Case.objects.order_by("pk").values_list("text", flat=True))
    asked = tuple(questions(rng, texts))
    recall(asked, everything())
    print(f"  {'CPU ms of a search':26}" + "".join(f"{who:>10}" for who in people) + "   worst")
    total: list[float] = []
    for one in asked:
        line, worst = "", 0.0
        for standing in people.values():
            spent = []
            for word in one.words:
                queries.search(standing, word, limit=PAGE)
                ms = cpu_ms(
                    lambda w=word, s=standing: [  # type: ignore[misc]
                        queries.search(s, w, limit=PAGE) for _ in range(ROUNDS)
                    ],
                    process,
                )
                spent.append(ms / ROUNDS)
            total += spent
            worst = max(worst, *spent)
            line += f"{sum(spent) / len(spent):10.2f}"
        print(f"  {one.kind:26}{line}{worst:8.1f}")
    mean = sum(total) / len(total)
    print(f"  mean {mean:.2f} ms: {mean / TARGET_MS:.2f} of the target of {TARGET_MS:.0f} ms")


def measure_type_ahead(process: int | None) -> None:
    """Print what it costs to offer enterprises while somebody types."""
    from shuniu.zone.accounts.choices import Role  # noqa: PLC0415
    from shuniu.zone.registry.queries import Standing, enterprises_found  # noqa: PLC0415

    none: frozenset[int] = frozenset()
    clerk = Standing(1, frozenset({Role.CENTER_CLERK}), none, none)
    typed = words(
        "南 南通 南通海 南通海光 海光 光 77777 有限 有限公司 智能装备 h hg nthg ntht zhineng "
        "haiguang 9132 00077777 91320614 冷库 机器人 博创999 nt ntzs zzz 不存在 n nantong 恒源 精密"
    )
    total = []
    for text in typed:
        enterprises_found(clerk, text, limit=8)
        ms = cpu_ms(
            lambda t=text: [enterprises_found(clerk, t, limit=8) for _ in range(ROUNDS)],  # type: ignore[misc]
            process,
        )
        total.append(ms / ROUNDS)
    dear = sorted(zip(total, typed, strict=True), reverse=True)[:5]
    mean = sum(total) / len(total)
    print(f"type-ahead: mean {mean:.2f} ms, {mean / TYPE_AHEAD_TARGET_MS:.2f} of the target")
    print("  dearest: " + ", ".join(f"{word} {ms:.1f}" for ms, word in dear))


def measure(sizes: Sequence[int], firms: int) -> None:
    from shuniu.cli.zone import load_zone  # noqa: PLC0415  # the home is chosen before

    load_zone()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection, transaction  # noqa: PLC0415

    from shuniu.profiles.load import load_profile  # noqa: PLC0415
    from shuniu.zone.desk.services import rebuild_words  # noqa: PLC0415
    from shuniu.zone.kernel.services import rebuild_pairs  # noqa: PLC0415
    from shuniu.zone.registry.services import put_profile_in_force  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    rng = random.Random(SEED)
    process: int | None = None
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_backend_pid()")
            process = cursor.fetchone()[0]
            cursor.execute("SET statement_timeout = 0")
    with transaction.atomic():
        put_profile_in_force(profile=load_profile("haimen"), actor=None, now=START)
        rows = make_firms(0, FIRMS, rng)
    for size in sizes:
        with transaction.atomic():
            make_cases(size, rows, rng)
        ms = cpu_ms(rebuild_words, process)
        pairs = rebuild_pairs()
        settle(connection)
        print(f"{connection.vendor}, {size:,} cases: {ms / size:.2f} ms each, {pairs:,} pairs")
        measure_cases(process, rng)
    if firms:
        with transaction.atomic():
            make_firms(FIRMS, firms, rng)
        settle(connection)
        print(f"{connection.vendor}, {firms:,} enterprises")
        measure_type_ahead(process)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process {peak:.0f} MB")


def settle(connection: Any) -> None:
    """Let the database look at what it holds, as it does by itself after a while."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")


def main() -> None:
    """Print all measures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--enterprises", type=int, default=100_000)
    arguments = parser.parse_args()
    home = tempfile.mkdtemp(prefix="shuniu-search-")
    os.environ["SHUNIU_HOME"] = home
    if os.environ.get("TEST_DATABASE") == "postgresql":
        from tests.surroundings import start_server  # noqa: PLC0415  # starts one

        url = f"postgres://postgres@/postgres?host={start_server()}"
        os.environ.update(SHUNIU_HOME=home, SHUNIU_DATABASE_URL=url)
    try:
        measure(arguments.cases, arguments.enterprises)
    finally:
        shutil.rmtree(Path(home))


if __name__ == "__main__":
    main()
