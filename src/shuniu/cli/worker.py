"""``shuniu worker``: background work without the web server."""

from __future__ import annotations

import argparse
import signal
import threading

from shuniu.cli.zone import load_migrated_zone


def configure(parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose."""


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001  # nothing to choose
    """Work until the process is asked to stop."""
    load_migrated_zone()
    from shuniu.config.worker import work  # noqa: PLC0415  # see load_zone

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    work(stop)
    return 0
