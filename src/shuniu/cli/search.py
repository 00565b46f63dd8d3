"""``shuniu search``: write anew what cases and enterprises are found by."""

from __future__ import annotations

import argparse

from shuniu.cli.zone import load_migrated_zone


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("action", choices=["rebuild"])


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001  # there is one action so far
    """Do it and say how much was written; the zone may go on serving."""
    load_migrated_zone()
    from shuniu.zone.desk import services as desk  # noqa: PLC0415  # see load_zone
    from shuniu.zone.kernel import services as kernel  # noqa: PLC0415
    from shuniu.zone.registry import services as registry  # noqa: PLC0415

    print(f"{registry.rebuild_words()} enterprises can be found")
    print(f"{desk.rebuild_words()} cases can be found")
    print(f"{kernel.rebuild_pairs()} pairs of characters are known")
    kernel.count_words()
    return 0
