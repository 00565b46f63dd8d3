"""``shuniu demo``: fill an empty zone with the demo zone."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from datetime import date, datetime, time
from pathlib import Path

from shuniu.cli.zone import load_migrated_zone

AFTERNOON = time(16, 0)


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--date", type=date.fromisoformat, help="the demo's day (default: today)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other data (default: 1)")
    parser.add_argument(
        "--if-empty", action="store_true", help="do nothing in a zone that has enterprises"
    )
    parser.add_argument(
        "--code", metavar="NAME", help="only say the code that NAME is asked for after the password"
    )


def run(arguments: argparse.Namespace) -> int:
    """Make the demo zone and write its sign-ins to ``demo-sign-ins.json`` in the data folder."""
    load_migrated_zone()
    from django.conf import settings  # noqa: PLC0415  # see load_zone

    path = settings.ENVIRONMENT.home / "demo-sign-ins.json"
    if arguments.code:
        return _say_code(path, arguments.code)
    from shuniu.demo.build import build_demo  # noqa: PLC0415
    from shuniu.zone.kernel import clock  # noqa: PLC0415
    from shuniu.zone.registry.queries import has_enterprises  # noqa: PLC0415

    if has_enterprises():
        if arguments.if_empty:
            return 0
        print("The zone is not empty: the demo goes into a new SHUNIU_HOME.", file=sys.stderr)
        return 2
    now = clock.now()
    day = arguments.date or clock.today()
    if day != clock.today():
        now = datetime.combine(day, AFTERNOON, clock.ZONE)
    made = build_demo(day=day, seed=arguments.seed, now=now)
    _write_private(
        path, json.dumps([asdict(s) for s in made.sign_ins], ensure_ascii=False, indent=1)
    )
    print(f"{made.enterprises} enterprises, {made.staff} staff, {len(made.cases)} cases of {day}")
    return 0


def _say_code(path: Path, name: str) -> int:
    """Say the code of a demo person's second factor, as their app would show it now."""
    from shuniu.zone.accounts.services import codes_at  # noqa: PLC0415  # see load_zone
    from shuniu.zone.kernel import clock  # noqa: PLC0415

    rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    secrets = {row["name"]: row["second_factor_secret"] for row in rows}
    if not secrets.get(name):
        known = ", ".join(known for known, secret in secrets.items() if secret) or "none"
        print(f"No second factor of a demo sign-in {name}. There are: {known}", file=sys.stderr)
        return 2
    now = clock.now()
    print(sorted(codes_at(secrets[name], now).items())[1][1])
    return 0


def _write_private(path: Path, text: str) -> None:
    """Write a file that only this user can read."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text + "\n")
