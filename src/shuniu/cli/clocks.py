"""``shuniu clocks``: compare the clocks with the facts, or rebuild clocks and lights."""

from __future__ import annotations

import argparse

from shuniu.cli.zone import load_migrated_zone


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("action", choices=["compare", "rebuild"])


def run(arguments: argparse.Namespace) -> int:
    """Do it; comparing returns 1 when something differs."""
    load_migrated_zone()
    from shuniu.zone.desk import services  # noqa: PLC0415  # see load_zone
    from shuniu.zone.kernel import clock  # noqa: PLC0415

    if arguments.action == "rebuild":
        print(f"{services.rebuild(actor=None, now=clock.now())} cases rebuilt from facts")
        return 0
    found = services.differences(now=clock.now())
    for row in found:
        print(f"{row.number} {row.column}: stored {row.stored}, from facts {row.from_facts}")
    print(f"{len(found)} differences")
    return 1 if found else 0
