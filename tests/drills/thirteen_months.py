"""A zone with known values in it, and the purge thirteen months later.

Run as a program in a place: ``plant COUNT`` prints the known values, ``figures`` what is counted,
``purge`` lets the nightly purge run with the clock moved.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import django

from tests.drills.people import _firm

MONTHS = 13


def main(words: list[str]) -> None:
    """Do one of the steps and print its result as JSON."""
    django.setup()
    from shuniu.zone.kernel import clock  # noqa: PLC0415  # after the setup

    now = clock.now()
    steps: dict[str, Callable[..., object]] = {"plant": plant, "figures": figures, "purge": purge}
    done = steps[words[0]]
    print(json.dumps(done(now, *words[1:]), default=str, ensure_ascii=False))  # noqa: T201  # read by the drill


def plant(now: datetime, count: str) -> list[str]:
    """Fill the zone through its commands and return every value that has to go."""
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    from shuniu.zone.accounts import services as accounts  # noqa: PLC0415
    from shuniu.zone.accounts.choices import Role  # noqa: PLC0415
    from shuniu.zone.desk import services as desk  # noqa: PLC0415
    from shuniu.zone.desk.choices import Channel  # noqa: PLC0415
    from shuniu.zone.kernel.services import claim_key, keep_answer  # noqa: PLC0415
    from shuniu.zone.registry import services as registry  # noqa: PLC0415

    contact = registry.NewContact("已知联系人甲", "经理已知职务", "15499990000")
    firm = replace(
        _firm(),
        name="已满期限样例有限公司",
        short_name="期满",
        credit_code="91320614MA1X2Y3Z4A",
        contacts=(contact,),
    )
    (enterprise,) = registry.register_enterprises(enterprises=[firm], actor=None, now=now)
    account = accounts.NewAccount(
        "yizhi-leaver", "已知离职者", (Role.ENTERPRISE_USER,), "a-long-password", "15499990001"
    )
    (leaver,) = accounts.open_accounts(accounts=[account], actor=None, now=now)
    registry.admit_member(user=leaver, enterprise=enterprise, actor=None, now=now)
    known = ["已知联系人甲", "经理已知职务", "15499990000"]
    known += ["已知离职者", "yizhi-leaver", "15499990001"]
    for number in range(int(count)):
        words = f"已知诉求{number:05d}号，职工王已知{number:05d}，电话154{number:08d}。" + "详" * (
            number % 400
        )
        upload = b"%PDF-1.4\nKNOWN-FILE-" + f"{number:05d}\n".encode() + b"%%EOF\n"
        uploads = [SimpleUploadedFile(f"已知文件{number:05d}.pdf", upload, "application/pdf")]
        case = desk.open_case(
            enterprise=enterprise,
            text=words,
            channel=Channel.WECHAT_ACCOUNT,
            is_restricted=False,
            location_note=f"已知地点{number:05d}",
            uploads=uploads if number % 5 == 0 else (),
            actor=leaver,
            now=now,
        )
        if number % 3 == 2:
            continue  # stays open, so that pages of the database are emptied in part
        desk.read_case(case_id=case.pk, actor=None, now=now)
        desk.add_to_case(case_id=case.pk, text=f"已知补充{number:05d}", actor=leaver, now=now)
        desk.withdraw_case(case_id=case.pk, text=f"已知理由{number:05d}", actor=leaver, now=now)
        known += [f"已知诉求{number:05d}号", f"王已知{number:05d}", f"154{number:08d}"]
        known += [f"已知补充{number:05d}", f"已知理由{number:05d}", f"已知地点{number:05d}"]
        if number % 5 == 0:
            known += [f"已知文件{number:05d}", f"KNOWN-FILE-{number:05d}"]
    kept, _is_new = claim_key(actor=leaver, key="known-answer-key", digest="d", now=now)
    keep_answer(kept, status=200, headers={}, body="已知应答页面")
    session = SessionStore()
    session["known"] = "known-session-value"
    session.create()
    accounts.close_account(user_id=leaver.pk, actor=None, now=now)
    return [*known, "known-answer-key", "已知应答页面", session.session_key or ""]


def figures(now: datetime) -> dict[str, object]:
    """Return what is counted: the briefing of the days, and the days of the list."""
    from shuniu.zone.desk import queries as desk  # noqa: PLC0415
    from shuniu.zone.kernel.clock import day_of  # noqa: PLC0415

    days = [day_of(now) + timedelta(days=n) for n in (-1, 0, 1)]
    summaries = [desk.day_summary(day) for day in days]
    return {
        "figures": [repr(one.figures) for one in summaries],
        "by_category": [repr(one.by_category) for one in summaries],
        "weeks": [repr(one.week) for one in summaries],
        "daily": repr(desk.daily_counts(days[0], days[-1])),
    }


def purge(now: datetime, times: str = "1") -> dict[str, object]:
    """Let the nightly purge run, and again, with the clock moved by thirteen months."""
    from django.db import connection  # noqa: PLC0415

    from shuniu.config import retention  # noqa: PLC0415
    from shuniu.zone.kernel.data_map import Span  # noqa: PLC0415
    from shuniu.zone.kernel.models import PurgeCertificate  # noqa: PLC0415

    for _ in range(int(times)):
        retention.purge(Span(MONTHS, "months").after(now))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA foreign_key_check")
            broken = len(cursor.fetchall())
    else:
        broken = 0
    found = PurgeCertificate.objects.order_by("pk")
    return {
        "broken_keys": broken,
        "certificates": {one.data_class: one.row_count for one in found},
        "count": found.count(),
    }


if __name__ == "__main__":
    main(sys.argv[1:])
