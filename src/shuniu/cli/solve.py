"""``shuniu solve``: plan a freight day or a pickup-and-delivery file.

A plain baseline: insertion by greatest profit and a simple large neighborhood search. Every plan
is checked by the independent checker before it is written.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from pathlib import Path

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.base.stopping import Rounds, StopRule

FREIGHT_HELP = """\
Plan a day of trips and shipments (format shuniu-freight/1), with an upper bound.

This is a plain baseline: insertion by greatest profit, then ruin and recreate. Its plans are
valid and useful, its bound is proven, neither is the best that can be had."""
PDPTW_HELP = """\
Plan a Li and Lim file: fewest vehicles first, then least distance.

This is a plain baseline: insertion, then ruin and recreate with attempts to save a vehicle."""
RESERVE_PART, RESERVE_S = 0.01, 0.1  # of the CPU time, kept for checking and writing


class CpuSeconds:
    """A stop rule: CPU time of this process, all threads, since the rule was made."""

    def __init__(self, limit_s: float) -> None:
        reserve_s = min(limit_s / 2, RESERVE_PART * limit_s + RESERVE_S)
        self._ends_s = time.process_time() + limit_s - reserve_s

    def spent(self) -> bool:
        """Return whether no more CPU time may be used for searching."""
        return time.process_time() >= self._ends_s


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the kinds of instances and what each takes."""
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    for name, summary, description in (
        ("freight", "trips and shipments of a day (plain baseline)", FREIGHT_HELP),
        ("pdptw", "a Li and Lim benchmark file (plain baseline)", PDPTW_HELP),
    ):
        kind = kinds.add_parser(
            name,
            help=summary,
            description=description,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        kind.add_argument("instance", type=Path, metavar="INSTANCE", help="the file to plan")
        limit = kind.add_mutually_exclusive_group(required=True)
        limit.add_argument(
            "--cpu-seconds", type=_seconds, help="CPU time from reading to writing, all threads"
        )
        limit.add_argument(
            "--iterations", type=_count, help="rounds of search: the same plan for the same seed"
        )
        kind.add_argument("--seed", type=_count, default=0, help="of the search (default: 0)")
        kind.add_argument("--out", type=Path, help="write there instead of standard output")


def run(arguments: argparse.Namespace) -> int:
    """Plan the instance; return 1 and write nothing if it cannot be read or is contradictory."""
    plan_text = {"freight": _freight_text, "pdptw": _fleet_text}[arguments.kind]
    try:
        answer = plan_text(arguments)
        if arguments.out is None:
            sys.stdout.write(answer)
        else:
            arguments.out.write_text(answer, encoding="utf-8")
    except InvalidProblem as invalid:
        print(f"{arguments.instance}: {invalid}", file=sys.stderr)
        return 1
    except UnicodeDecodeError as error:
        print(f"{arguments.instance}: not UTF-8 at byte {error.start}.", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    return 0


def _freight_text(arguments: argparse.Namespace) -> str:
    from shuniu.engines.loadmatch.check import broken_rule  # noqa: PLC0415  # only what is asked
    from shuniu.engines.loadmatch.instance import problem_from_text, text_of_plan  # noqa: PLC0415
    from shuniu.engines.loadmatch.solve import solve  # noqa: PLC0415

    stop = _stop_rule(arguments)
    problem = problem_from_text(_instance(arguments))
    plan = solve(problem, stop, arguments.seed)
    if broken := broken_rule(problem, plan):
        raise AssertionError(f"The solver made a plan that is not valid: {broken}")
    return text_of_plan(plan)


def _fleet_text(arguments: argparse.Namespace) -> str:
    from shuniu.engines.loadmatch.pdptw_plan import (  # noqa: PLC0415  # only what is asked
        broken_fleet_rule,
        text_of_fleet_plan,
    )
    from shuniu.engines.loadmatch.pdptw_problem import fleet_problem_from_text  # noqa: PLC0415
    from shuniu.engines.loadmatch.pdptw_search import solve_fleet  # noqa: PLC0415

    stop = _stop_rule(arguments)
    problem = fleet_problem_from_text(_instance(arguments))
    plan = solve_fleet(problem, stop, arguments.seed)
    if broken := broken_fleet_rule(problem, plan):
        raise AssertionError(f"The solver made a plan that is not valid: {broken}")
    return text_of_fleet_plan(plan)


def _stop_rule(arguments: argparse.Namespace) -> StopRule:
    """Return the rule asked for; its clock begins now, before the instance is read."""
    if arguments.iterations is None:
        return CpuSeconds(arguments.cpu_seconds)
    return Rounds(arguments.iterations)


def _instance(arguments: argparse.Namespace) -> str:
    instance: Path = arguments.instance
    return instance.read_text(encoding="utf-8-sig")


def _seconds(word: str) -> float:
    value = float(word)
    if not (math.isfinite(value) and value > 0):
        raise argparse.ArgumentTypeError(f"{word}: a number of seconds above 0 is needed")
    return value


def _count(word: str) -> int:
    value = int(word)
    if value < 0:
        raise argparse.ArgumentTypeError(f"{word}: a whole number from 0 on is needed")
    return value
