"""``shuniu briefing``: the briefing of a day as a Word file."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from shuniu.cli.zone import load_migrated_zone


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--date", type=date.fromisoformat, required=True, help="the day")
    parser.add_argument("--out", type=Path, required=True, help="the Word file to write")
    parser.add_argument("--language", choices=["zh-hans", "en"], help="default: the zone's")


def run(arguments: argparse.Namespace) -> int:
    """Compose and write it."""
    load_migrated_zone()
    from django.conf import settings  # noqa: PLC0415  # see load_zone
    from django.utils import translation  # noqa: PLC0415

    from shuniu.zone.briefings.services import export_word  # noqa: PLC0415
    from shuniu.zone.kernel import clock  # noqa: PLC0415
    from shuniu.zone.registry.queries import zone_language  # noqa: PLC0415

    environment = settings.ENVIRONMENT
    language = arguments.language or zone_language()
    with translation.override(language):
        content = export_word(
            day=arguments.date,
            language=language,
            base_url=environment.address or f"http://localhost:{environment.port}",
            actor=None,
            now=clock.now(),
        )
    arguments.out.write_bytes(content)
    return 0
