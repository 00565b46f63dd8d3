"""The command line: JSON in, an engine or a command of the zone, JSON out.

Each command is a module of this package with ``configure(parser)`` and ``run(arguments)``. Only the
module of the command that is asked for is imported, so that an engine starts without Django.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextvars import copy_context
from importlib import import_module
from typing import Protocol, cast

COMMANDS: dict[str, str] = {
    "serve": "serve the zone: web server and worker",
    "worker": "run background work only",
    "setup": "make the data folder, migrate the database and load the profile",
    "demo": "fill an empty zone with the demo zone",
    "briefing": "write the briefing of a day as a Word file",
    "profile": "check a zone profile, or put it in force",
    "account": "open an account for a member of staff, or let somebody in again",
    "clocks": "rebuild clocks and lights from facts, or compare the clocks",
    "learn": "teach the reading of needs by the confirmed cases",
    "search": "write anew what cases and enterprises are found by",
    "ledger": "check that nobody has changed the chain of facts, or show its head",
    "keys": "change the key of personal data while the zone runs, or tell its use",
    "manage": "run a Django management command",
    "classify": "category, unit, urgency and route of needs (JSON lines)",
    "duplicates": "find needs that were already sent (JSON lines)",
    "group": "group needs that tell of one problem (JSON lines)",
    "parse": "read chat text into cards (JSON lines)",
    "solve": "plan an instance file: freight, pdptw",
    "suggest": "suggest partners for supply and demand (JSON lines)",
}


class Command(Protocol):
    """What a module of this package offers."""

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it and return the exit status."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 bad input, 2 refused or wrong usage."""
    words = list(sys.argv[1:] if argv is None else argv)
    chosen = words[0] if words and words[0] in COMMANDS else None
    parser = argparse.ArgumentParser(prog="shuniu", description="The service hub of a zone.")
    kinds = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    command: Command | None = None
    for name, summary in COMMANDS.items():
        sub = kinds.add_parser(name, help=summary, description=summary)
        if name == chosen:
            command = cast("Command", import_module(f"shuniu.cli.{name}"))
            command.configure(sub)
    arguments = parser.parse_args(words)
    if command is None:  # argparse has already left for anything but a known name
        parser.error("choose a command")
    try:
        return copy_context().run(command.run, arguments)  # what it says of itself ends with it
    except BrokenPipeError:  # the reader of the output has had enough, as head has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
