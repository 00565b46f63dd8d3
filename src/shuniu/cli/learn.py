"""``shuniu learn``: teach the reading of needs by the confirmed cases of the zone."""

from __future__ import annotations

import argparse

from shuniu.cli.zone import load_migrated_zone


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments: there are none."""


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001  # there are none
    """Learn, and say whether the new version holds."""
    load_migrated_zone()
    from shuniu.zone.desk.services import learn_from_cases  # noqa: PLC0415  # see load_zone
    from shuniu.zone.kernel import clock  # noqa: PLC0415

    lesson = learn_from_cases(actor=None, now=clock.now())
    if lesson is None:
        return 0
    print(
        f"compared on {lesson.compared} cases: {lesson.right_before} right before,"
        f" {lesson.right_after} right after"
    )
    print("the new version is in force" if lesson.is_in_force else "the version before it stays")
    return 0
