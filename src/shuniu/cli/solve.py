"""``shuniu solve``: plan a freight day or a pickup-and-delivery file.

Every plan is checked by the independent checker before it is written.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from pathlib import Path

from shuniu.cli.kernels import keep_kernels
from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.base.stopping import Budget, Rounds

FREIGHT_HELP = """\
Plan a day of trips and shipments (format shuniu-freight/1), with a proven upper bound.

The kernels of a version are compiled once and kept, which takes about a minute; ./run --setup does
it. That, and loading them later, is not counted as planning."""
PDPTW_HELP = """\
Plan a Li and Lim file: fewest vehicles first, then least distance."""
RESERVE_PART, RESERVE_S = 0.01, 0.1  # of the CPU time, kept for checking and writing


class CpuSeconds:
    """A stop rule: CPU time of this process, all threads, since the rule was made.

    ``used_s`` was used before.
    """

    def __init__(self, limit_s: float, used_s: float = 0.0) -> None:
        reserve_s = min(limit_s / 2, RESERVE_PART * limit_s + RESERVE_S)
        self._begins_s = time.process_time() - used_s
        self._allowed_s = limit_s - reserve_s

    def spent(self) -> bool:
        """Return whether no more CPU time may be used for searching."""
        return self.share_used() >= 1.0

    def seconds_left(self) -> float:
        """Return the CPU seconds that are left."""
        return max(0.0, self._allowed_s * (1.0 - self.share_used()))

    def share_used(self) -> float:
        """Return how much of the CPU time is used, from 0 to 1."""
        return min(1.0, (time.process_time() - self._begins_s) / self._allowed_s)


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the kinds of instances and what each takes."""
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    for name, summary, description in (
        ("freight", "trips and shipments of a day", FREIGHT_HELP),
        ("pdptw", "a Li and Lim benchmark file", PDPTW_HELP),
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
    from shuniu.engines.loadmatch.instance import problem_from_text, text_of_plan  # noqa: PLC0415

    begins_s = time.process_time()
    problem = problem_from_text(_instance(arguments))
    used_s = time.process_time() - begins_s

    keep_kernels()
    from shuniu.engines.loadmatch.check import broken_rule  # noqa: PLC0415  # only what is asked
    from shuniu.engines.loadmatch.solve import solve  # noqa: PLC0415
    from shuniu.engines.loadmatch.warm import warm_freight  # noqa: PLC0415

    warm_freight()
    plan = solve(problem, _stop_rule(arguments, used_s), arguments.seed)
    if broken := broken_rule(problem, plan):
        raise AssertionError(f"The solver made a plan that is not valid: {broken}")
    return text_of_plan(plan)


def _fleet_text(arguments: argparse.Namespace) -> str:
    from shuniu.engines.loadmatch.pdptw_plan import (  # noqa: PLC0415  # only what is asked
        broken_fleet_rule,
        text_of_fleet_plan,
    )
    from shuniu.engines.loadmatch.pdptw_problem import fleet_problem_from_text  # noqa: PLC0415

    begins_s = time.process_time()
    problem = fleet_problem_from_text(_instance(arguments))
    used_s = time.process_time() - begins_s

    keep_kernels()
    from shuniu.engines.loadmatch.pdptw_search import solve_fleet, warm_fleet  # noqa: PLC0415

    warm_fleet()
    plan = solve_fleet(problem, _stop_rule(arguments, used_s), arguments.seed)
    if broken := broken_fleet_rule(problem, plan):
        raise AssertionError(f"The solver made a plan that is not valid: {broken}")
    return text_of_fleet_plan(plan)


def _stop_rule(arguments: argparse.Namespace, used_s: float) -> Budget:
    """Return the rule asked for; ``used_s`` is the CPU time that reading the instance took."""
    if arguments.iterations is None:
        return CpuSeconds(arguments.cpu_seconds, used_s)
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
