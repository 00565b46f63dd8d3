"""``shuniu ledger``: check the chain of facts, or show its head. Prints one JSON object."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from shuniu.cli.zone import load_migrated_zone


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = actions.add_parser("verify", help="check the whole ledger; exit status 1 if not whole")
    check.add_argument(
        "--heads", type=Path, metavar="FILE", help="a copy of heads.jsonl that was kept elsewhere"
    )
    actions.add_parser("head", help="position and seal of the last fact")


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    if arguments.action == "verify" and arguments.heads and not arguments.heads.is_file():
        print(f"{arguments.heads} cannot be read.", file=sys.stderr)
        return 2
    load_migrated_zone()
    from shuniu.zone.kernel import ledger  # noqa: PLC0415  # see load_zone

    if arguments.action == "head":
        position, seal = ledger.head() or (0, "")
        print(json.dumps({"position": position, "seal": seal}))
        return 0
    report = ledger.check(heads_file=arguments.heads)
    told = {
        "facts": report.facts,
        "heads": report.heads,
        "is_whole": report.is_whole,
        "problems": [asdict(problem) for problem in report.problems],
    }
    print(json.dumps(told))
    return 0 if report.is_whole else 1
