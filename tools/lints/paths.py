"""No file tells of the machine that it was written on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tools.lints import project_files

MACHINE = re.compile(r"(?<![\w.}/-])/(?:work|farm|home|root)/")


def complaints(root: Path) -> Iterator[str]:
    """Yield every line of a text file that names a folder of a machine."""
    for path in project_files(root):
        try:
            lines = path.read_text("utf-8").splitlines()
        except UnicodeDecodeError:  # a picture, or another file without lines
            continue
        for number, line in enumerate(lines, start=1):
            if found := MACHINE.search(line):
                yield f"{path.relative_to(root)}:{number}: names {found[0]} of a machine"
