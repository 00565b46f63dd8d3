"""``shuniu profile check``: say whether a zone profile can be used, and what is wrong in it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import cast

from shuniu.profiles.load import InvalidProfile, load_profile, shipped_profiles

Action = Callable[[argparse.Namespace], int]


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare one subcommand for each thing that can be done with a profile."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = actions.add_parser("check", help="name every error in a profile")
    check.add_argument("profile", help=f"a TOML file, or one of {', '.join(shipped_profiles())}")
    check.set_defaults(perform=_check)


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
