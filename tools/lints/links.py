"""Relative links in documents lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from tools.lints import project_files

FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(\s*<?([^)<>\s]+)>?(?:\s+\"[^\"]*\")?\s*\)")
REFERENCE = re.compile(r"^\[[^\]]+\]:\s+<?(\S+?)>?\s*$", re.MULTILINE)


def complaints(root: Path) -> Iterator[str]:
    """Yield every link of a Markdown file to a file or folder that does not exist."""
    for path in project_files(root, ".md"):
        text = FENCE.sub("", path.read_text("utf-8"))
        for target in (*LINK.findall(text), *REFERENCE.findall(text)):
            if re.match(r"[a-z][a-z+.-]*:|#", target):
                continue
            name = unquote(target.partition("#")[0])
            base = root if name.startswith("/") else path.parent
            if not (base / name.lstrip("/")).exists():
                yield f"{path.relative_to(root)}: {target} does not exist"
