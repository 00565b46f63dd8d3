"""``shuniu briefing``: the briefing of a day as a Word or PDF file."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from shuniu.cli.zone import load_migrated_zone

FORMS = (".docx", ".pdf")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--date", type=date.fromisoformat, required=True, help="the day")
    parser.add_argument(
        "--out", type=_file, required=True, help="the file to write: .docx (Word) or .pdf"
    )
    parser.add_argument("--language", choices=["zh-hans", "en"], help="default: the zone's")


def _file(words: str) -> Path:
    path = Path(words)
    if path.suffix.lower() not in FORMS:
        raise argparse.ArgumentTypeError(f"{words}: the name must end with .docx or .pdf")
    return path


def run(arguments: argparse.Namespace) -> int:
    """Compose and write it."""
    load_migrated_zone()
    from django.conf import settings  # noqa: PLC0415  # see load_zone
    from django.utils import translation  # noqa: PLC0415

    from shuniu.zone.briefings.choices import FileForm  # noqa: PLC0415
    from shuniu.zone.briefings.services import export_day  # noqa: PLC0415
    from shuniu.zone.kernel import clock  # noqa: PLC0415
    from shuniu.zone.registry.queries import zone_language  # noqa: PLC0415

    environment = settings.ENVIRONMENT
    language = arguments.language or zone_language()
    with translation.override(language):
        content = export_day(
            day=arguments.date,
            form=FileForm(arguments.out.suffix.lower().removeprefix(".")),
            language=language,
            base_url=environment.address or f"http://localhost:{environment.port}",
            actor=None,
            now=clock.now(),
        )
    arguments.out.write_bytes(content)
    return 0
