"""Loading Django for the commands that need the zone's database."""

from __future__ import annotations

import os
import sys

from shuniu.config.env import BadEnvironment
from shuniu.config.keys import KeysAreGone


def load_zone() -> None:
    """Load Django with the product's settings; leave with a sentence where that cannot be."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuniu.config.settings")
    try:
        import django  # noqa: PLC0415  # engines start without it

        django.setup()

        from shuniu.zone.kernel.origin import COMMAND_LINE, origin_was  # noqa: PLC0415

        origin_was(COMMAND_LINE)
    except (BadEnvironment, KeysAreGone) as problem:
        print(problem, file=sys.stderr)
        sys.exit(2)


def load_migrated_zone() -> None:
    """Load Django for a command that needs rows; leave where the zone was not set up yet."""
    load_zone()
    from shuniu.config.startup import StartupProblem, check_database  # noqa: PLC0415  # see load_zone

    try:
        check_database()
    except StartupProblem as problem:
        print(problem, file=sys.stderr)
        sys.exit(2)
