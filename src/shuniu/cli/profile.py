"""``shuniu profile``: say whether a zone profile can be used, or put it in force."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import cast

from shuniu.cli.zone import load_migrated_zone
from shuniu.profiles.load import InvalidProfile, load_profile, shipped_profiles

Action = Callable[[argparse.Namespace], int]


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare one subcommand for each thing that can be done with a profile."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = actions.add_parser("check", help="name every error in a profile")
    check.add_argument("profile", help=f"a TOML file, or one of {', '.join(shipped_profiles())}")
    check.set_defaults(perform=_check)
    use = actions.add_parser("use", help="put a profile in force; open cases keep their own terms")
    use.add_argument("profile", help="a TOML file, or the name of a shipped profile")
    use.set_defaults(perform=_use)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked for and return the exit status."""
    return cast("Action", arguments.perform)(arguments)


def _check(arguments: argparse.Namespace) -> int:
    try:
        profile = load_profile(arguments.profile)
    except InvalidProfile as invalid:
        for error in invalid.errors:
            print(error)
        return 1
    print(
        f"{profile.zone.label(profile.zone.language)}: {len(profile.offices)} offices, "
        f"{len(profile.categories)} categories, no errors"
    )
    return 0


def _use(arguments: argparse.Namespace) -> int:
    try:
        profile = load_profile(arguments.profile)
    except InvalidProfile as invalid:
        print(invalid, file=sys.stderr)
        return 1
    load_migrated_zone()
    from shuniu.zone.kernel import clock  # noqa: PLC0415  # see load_zone
    from shuniu.zone.kernel.refusals import Refusal  # noqa: PLC0415
    from shuniu.zone.registry.services import put_profile_in_force  # noqa: PLC0415

    try:
        put_profile_in_force(profile=profile, actor=None, now=clock.now())
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 2
    return 0
