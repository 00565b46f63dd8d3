"""``shuniu manage``: run a Django management command, such as migrate or makemigrations."""

from __future__ import annotations

import argparse

from shuniu.cli.zone import load_zone


def configure(parser: argparse.ArgumentParser) -> None:
    """Take the words of the management command as they are."""
    parser.add_argument("words", nargs=argparse.REMAINDER, help="the command and its options")


def run(arguments: argparse.Namespace) -> int:
    """Run it."""
    load_zone()
    from django.core.management import execute_from_command_line  # noqa: PLC0415  # see load_zone

    execute_from_command_line(["shuniu manage", *arguments.words])
    return 0
