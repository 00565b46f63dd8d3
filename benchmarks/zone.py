"""What several benchmarks stand on: a zone with rows, its server of a database, and CPU time.

Nothing here measures by itself. Import what asks for Django only after :func:`new_home`.
"""

from __future__ import annotations

import asyncio
import atexit
import gc
import os
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

TICKS_PER_S = os.sysconf("SC_CLK_TCK")
BATCH = 1_000
BETWEEN_CASES = timedelta(minutes=10)
NEWEST_OPEN = 500
OLD_OPEN_EACH = 100
TOKEN = "t" * 32


def new_home() -> Path:
    """Choose a data folder of our own and, for PostgreSQL, start a server as durable as needed."""
    home = Path(tempfile.mkdtemp(prefix="shuniu-bench-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    for name in [name for name in os.environ if name.startswith("SHUNIU_")]:
        del os.environ[name]
    os.environ["SHUNIU_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "shuniu.config.settings"
    if os.environ.pop("TEST_DATABASE", "") == "postgresql":
        from tests import surroundings  # noqa: PLC0415  # it chooses a folder when it is imported

        surroundings.SERVER_OPTIONS |= {"fsync": "on", "full_page_writes": "on"}
        folder = surroundings.start_server()
        os.environ["SHUNIU_DATABASE_URL"] = f"postgres://postgres@/postgres?host={folder}"
        os.environ["SHUNIU_HOME"] = str(home)
    return home


def postmaster() -> int | None:
    """Return the process of the server of the database; None for SQLite, which has none."""
    from django.conf import settings  # noqa: PLC0415  # after new_home

    host = settings.DATABASES["default"].get("HOST")
    if not host:
        return None
    return int((Path(host) / "data" / "postmaster.pid").read_text().split()[0])


def server_cpu_s(server: int | None) -> float:
    """Return the CPU seconds of the server of the database with all that it started and reaped."""
    if server is None:
        return 0.0
    ticks = sum(_ticks(server))
    for child in Path(f"/proc/{server}/task/{server}/children").read_text().split():
        try:
            ticks += sum(_ticks(int(child))[:2])
        except FileNotFoundError:  # it ended meanwhile: its parent has its time next time
            continue
    return ticks / TICKS_PER_S


def _ticks(process: int) -> list[int]:
    """Return user and system time of a process, then those of its children that were reaped."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return [int(value) for value in fields[11:15]]


def yardstick_ms() -> float:
    """Return the CPU milliseconds of a fixed piece of work: a busy machine needs more for it."""
    words: dict[int, str] = {}
    begin = time.process_time()
    for number in range(300_000):
        words[number % 97] = f"{number}a"
    return (time.process_time() - begin) * 1000


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU milliseconds of one call: of this process, and of the server of the database."""

    own_ms: float
    server_ms: float

    @property
    def all_ms(self) -> float:
        return self.own_ms + self.server_ms


def cpu_of(work: Callable[[], object], *, batches: int = 9, each: int = 20, warm: int = 5) -> Spent:
    """Return the medians over batches of the mean CPU of ``each`` calls, after a few to warm up."""
    server = postmaster()
    for _ in range(warm):
        work()
    gc.collect()
    own, foreign = [], []
    for _ in range(batches):
        begin, begin_server = time.process_time(), server_cpu_s(server)
        for _ in range(each):
            work()
        own.append((time.process_time() - begin) / each * 1000)
        foreign.append((server_cpu_s(server) - begin_server) / each * 1000)
    return Spent(statistics.median(own), statistics.median(foreign))


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Browser:
    """Asks the whole web application in this process, signed in as one person.

    All that the server runs for a request runs here, middlewares, threads and connections
    included; only the reading and writing of HTTP itself does not.
    """

    loop: asyncio.AbstractEventLoop
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, b"")

    def post(self, path: str, form: Mapping[str, str]) -> Answer:
        return self._ask("POST", path, urlencode(form).encode())

    def _ask(self, method: str, path: str, body: bytes) -> Answer:
        return self.loop.run_until_complete(self._answer(method, path, body))

    async def _answer(self, method: str, path: str, body: bytes) -> Answer:
        from shuniu.config.asgi import application  # noqa: PLC0415  # after new_home

        address, _, query = path.partition("?")
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method,
            "scheme": "http", "path": address, "raw_path": address.encode(), "root_path": "",
            "query_string": query.encode(), "client": ("127.0.0.1", 50_000),
            "server": ("localhost", 8000), "headers": self._headers(body),
        }  # fmt: skip
        given = [{"type": "http.request", "body": body, "more_body": False}]
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            if given:
                return given.pop()
            await asyncio.sleep(3600)  # the browser stays
            return {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await application(scope, receive, send)
        headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(
            sent[0]["status"], headers, b"".join(part.get("body", b"") for part in sent[1:])
        )

    def _headers(self, body: bytes) -> list[tuple[bytes, bytes]]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        named = {
            "host": "localhost", "accept-encoding": "gzip, br", "cookie": cookies,
            "accept-language": "zh-CN", "x-csrftoken": TOKEN, "content-length": str(len(body)),
            "content-type": "application/x-www-form-urlencoded",
        }  # fmt: skip
        return [(name.encode(), value.encode()) for name, value in named.items()]


def sign_in(user: Any, loop: asyncio.AbstractEventLoop) -> Browser:
    """Return a browser in which this person has passed password and second factor."""
    from tests.clients import Client  # noqa: PLC0415  # after new_home

    client = Client()
    client.force_login(user)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    return Browser(loop, cookies | {"csrftoken": TOKEN})


def set_up(now: datetime) -> None:
    """Make the tables and put the demo zone's profile with its holidays in force."""
    import django  # noqa: PLC0415  # after new_home

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  # the same

    from shuniu.profiles.load import load_profile  # noqa: PLC0415  # the same
    from shuniu.zone.registry import services  # noqa: PLC0415  # the same

    call_command("migrate", verbosity=0)
    services.load_chinese_holidays(actor=None, now=now)
    services.put_profile_in_force(profile=load_profile("haimen"), actor=None, now=now)


def make_cases(count: int, firms: Sequence[Any], handlers: Sequence[Any], now: datetime) -> None:
    """Write ``count`` cases up to ``now``, one in ten minutes, each with its notes and facts.

    The newest and every hundredth of the older ones are open, as in a zone that keeps up.
    ``handlers`` are pairs of a person and their office.
    """
    from django.db import transaction  # noqa: PLC0415  # after new_home

    from shuniu.zone.kernel.services import record_facts  # noqa: PLC0415  # the same

    stock = Stock(count, firms, handlers, now, random.Random(count))
    for first in range(0, count, BATCH):
        numbers = range(first, min(first + BATCH, count))
        with transaction.atomic():
            record_facts(_some_cases(numbers, stock), deliver=False)


@dataclass(frozen=True, slots=True)
class Stock:
    """What cases are made of."""

    count: int
    firms: Sequence[Any]
    handlers: Sequence[Any]
    now: datetime
    rng: random.Random


def _some_cases(numbers: range, stock: Stock) -> list[Any]:
    """Write some cases with their notes; return the facts that tell of them."""
    from shuniu.zone.desk.models import Attachment, Case, Note  # noqa: PLC0415  # after new_home

    rows = [_case(number, stock) for number in numbers]
    Case.objects.bulk_create(rows)
    notes = [note for row in rows for note in _notes(row, stock.rng)]
    Note.objects.bulk_create(notes)
    Attachment.objects.bulk_create(
        Attachment(case=row, name=f"现场照片{row.pk}.jpg", path="x", sha256="0" * 64,
                   content_type="image/jpeg", size_bytes=1, added_at=row.submitted_at)
        for row in rows[::3]
    )  # fmt: skip
    answers = {note.case_id: note.pk for note in notes if note.is_public}
    return [fact for row in rows for fact in _facts(row, answers.get(row.pk))]


def _state(number: int, count: int) -> str:
    from shuniu.zone.desk.choices import CaseState  # noqa: PLC0415  # after new_home

    ladder = (
        CaseState.SUBMITTED, CaseState.DISPATCHED, CaseState.DISPATCHED, CaseState.IN_PROGRESS,
        CaseState.IN_PROGRESS, CaseState.IN_PROGRESS, CaseState.SIGNED, CaseState.REPLIED,
        CaseState.REPLIED, CaseState.ACCEPTED,
    )  # fmt: skip
    is_open = count - number <= NEWEST_OPEN or number % OLD_OPEN_EACH == 0
    return ladder[number // 7 % len(ladder)] if is_open else CaseState.CLOSED


def _case(number: int, stock: Stock) -> Any:
    from benchmarks.search import sentence  # noqa: PLC0415  # beside the others
    from shuniu.zone.desk import choices  # noqa: PLC0415  # after new_home
    from shuniu.zone.desk.models import Case  # noqa: PLC0415  # the same
    from shuniu.zone.registry.queries import profile_in_force  # noqa: PLC0415  # the same

    rng, now = stock.rng, stock.now
    at = now - BETWEEN_CASES * (stock.count - number)
    state = _state(number, stock.count)
    row = Case(
        number=f"QS-{at:%Y%m%d}-{number:06d}", enterprise=rng.choice(stock.firms),
        text=sentence(rng),
        profile_id=profile_in_force().version_id, channel=choices.Channel.PHONE, state=state,
        submitted_at=at, updated_at=at, turn_since=at, contact_due_at=at + timedelta(days=1),
        plan_due_at=at + timedelta(days=3), done_due_at=at + timedelta(days=10),
        urgency=rng.choice(choices.Urgency.values),
    )  # fmt: skip
    if number % 50 == 0:
        row.sensitivity = choices.Sensitivity.RESTRICTED
    if state not in {choices.CaseState.SUBMITTED, choices.CaseState.ACCEPTED}:
        row.handler, row.lead_unit = rng.choice(stock.handlers)
        row.accepted_at = row.dispatched_at = row.contacted_at = at + timedelta(hours=1)
    if state == choices.CaseState.DISPATCHED:
        row.handler = row.contacted_at = None
    if state != choices.CaseState.SUBMITTED:
        row.category = rng.choice(_categories())
    if state in {choices.CaseState.REPLIED, choices.CaseState.CLOSED}:
        row.replied_at = at + timedelta(days=rng.randint(1, 9), hours=rng.randint(0, 9))
    if state == choices.CaseState.CLOSED:
        row.closed_at = row.replied_at + timedelta(hours=5)
        row.solved, row.rating = choices.Solved.YES, rng.randint(2, 5)
        row.light = choices.Light.NONE
    else:
        row.light = choices.Light.RED if row.done_due_at < now else choices.Light.GREEN
        row.next_light_at = max(row.done_due_at, now) + timedelta(days=1, minutes=number % 999)
    return row


def _categories() -> list[str]:
    from shuniu.zone.registry.queries import profile_in_force  # noqa: PLC0415  # after new_home

    return [category.code for category in profile_in_force().profile.categories]


def _notes(row: Any, rng: random.Random) -> list[Any]:
    from benchmarks.search import ANSWERS, FILLERS  # noqa: PLC0415  # beside the others
    from shuniu.zone.desk.choices import NoteKind  # noqa: PLC0415  # after new_home
    from shuniu.zone.desk.models import Note  # noqa: PLC0415  # the same

    inner = Note(case=row, kind=NoteKind.ACCEPTANCE, written_at=row.submitted_at,
                 text=f"内部：{rng.choice(FILLERS)}", is_public=False)  # fmt: skip
    if row.replied_at is None:
        return [inner]
    answer = Note(case=row, kind=NoteKind.REPLY, written_at=row.replied_at,
                  text=f"{rng.choice(ANSWERS)}，{rng.choice(ANSWERS)}。")  # fmt: skip
    return [inner, answer]


def _facts(row: Any, answer: int | None) -> list[Any]:
    from shuniu.zone.desk import facts  # noqa: PLC0415  # after new_home

    told: list[tuple[Any, Any, datetime]] = []

    def tell(fact: Any, at: datetime | None) -> None:
        if at is not None:
            told.append((fact, None, at))

    key, urgency = row.pk, row.urgency
    opened = facts.CaseOpened(key, row.enterprise_id, row.channel, urgency, row.profile_id)
    tell(opened, row.submitted_at)
    tell(facts.CaseAccepted(key, row.category, urgency), row.accepted_at)
    if row.lead_unit is not None:
        tell(facts.CaseDispatched(key, row.lead_unit.code, row.round), row.dispatched_at)
    if row.handler_id is not None:
        tell(facts.CaseSigned(key, row.handler_id), row.contacted_at)
        tell(facts.EnterpriseContacted(key), row.contacted_at)
    tell(facts.CaseReplied(key, in_time=True, note_id=answer), row.replied_at)
    closed = facts.CaseClosed(key, row.solved, row.rating, by_silence=False)
    tell(closed, row.closed_at)
    return told


def settle() -> None:
    """Let the database look at what it holds, as it does by itself after a while."""
    from django.db import connection  # noqa: PLC0415  # after new_home

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
