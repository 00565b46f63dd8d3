"""``shuniu setup``: data folder, migrated database, holidays, and a profile in force."""

from __future__ import annotations

import argparse
import sys

from shuniu.cli.zone import load_zone


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--profile", default="haimen", help="profile of a new zone (default: haimen)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Set up what is not there yet: a zone keeps its profile, an older one learns to search."""
    load_zone()
    from django.core.management import call_command  # noqa: PLC0415  # see load_zone

    from shuniu.profiles.load import InvalidProfile, load_profile  # noqa: PLC0415
    from shuniu.zone.desk import services as desk  # noqa: PLC0415
    from shuniu.zone.kernel import clock  # noqa: PLC0415
    from shuniu.zone.registry import queries, services  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)
    now = clock.now()
    services.load_chinese_holidays(actor=None, now=now)
    try:
        queries.profile_in_force()
    except queries.NoProfile:
        try:
            profile = load_profile(arguments.profile)
        except InvalidProfile as invalid:
            print(invalid, file=sys.stderr)
            return 1
        services.put_profile_in_force(profile=profile, actor=None, now=now)
    services.index_missing_enterprises()
    desk.index_missing_cases()
    return 0
