"""The briefing as a PDF file, set by Typst in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from shuniu.zone.briefings.channels import pdf_child
from shuniu.zone.briefings.channels.chart import Chart
from shuniu.zone.briefings.channels.paper import Paper
from shuniu.zone.kernel.refusals import Refusal

LONGEST_S = 60
FONTS = Path("dist") / "fonts"
LAYOUT = Path(__file__).parent / "briefing.typ"
PICTURE = Path(__file__).parent / "picture.typ"


class NoChineseFont(Refusal):
    code = "briefings.no_chinese_font"
    status = 503
    sentence = _(
        "A PDF file needs a Chinese font, and this machine has none. Build the front end, or"
        " install fonts-noto-cjk; the Word file can be had meanwhile."
    )


def pdf_file(paper: Paper, *, day: date, base_url: str) -> bytes:
    """Return the paper as a PDF file; the same paper gives the same bytes on the same machine.

    Numbers lead to ``base_url``; without one they lead nowhere.

    Raises
    ------
    NoChineseFont
        If neither the package nor the machine has one.
    """
    return _set(
        {
            "paper": asdict(paper),
            "base_url": base_url,
            "day": [day.year, day.month, day.day],
            "layout": str(LAYOUT),
        }
    )


def picture_of(chart: Chart) -> bytes:
    """Return a chart as PNG; nothing where no Chinese font is: its table tells the same.

    The same chart gives the same bytes on the same machine.
    """
    try:
        return _set({"svg": chart.svg, "is_picture": True, "layout": str(PICTURE)})
    except NoChineseFont:
        return b""


def _set(asked: dict[str, object]) -> bytes:
    """Let Typst set something in a process of its own."""
    asked["fonts"] = str(Path(settings.STATIC_ROOT) / FONTS)
    child = subprocess.run(  # noqa: S603  # our own program, its input is JSON
        [sys.executable, "-I", pdf_child.__file__],
        input=json.dumps(asked).encode(),
        capture_output=True,
        timeout=LONGEST_S,
        check=False,
    )
    if child.returncode == pdf_child.NO_FONT:
        raise NoChineseFont
    if child.returncode:
        raise RuntimeError(child.stderr.decode(errors="replace")[-2000:])
    return child.stdout
