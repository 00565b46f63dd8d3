"""Where packages come from: what pip is told on this machine, handed over to uv.

uv reads neither pip's configuration nor its variables. Nothing is kept: no address is ever written
to a file of the project.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

HANDED_OVER = {
    "index-url": ("PIP_INDEX_URL", "UV_DEFAULT_INDEX"),
    "extra-index-url": ("PIP_EXTRA_INDEX_URL", "UV_INDEX"),
    "find-links": ("PIP_FIND_LINKS", "UV_FIND_LINKS"),
    "cert": ("PIP_CERT", "SSL_CERT_FILE"),
}


def uv_environment(python: Path) -> dict[str, str]:
    """Return the variables for uv; what is already set for uv itself is left alone."""
    listed = subprocess.run(
        [python, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    configured = _settings(listed.stdout)
    # As pip does: every index is asked. The hashes of the lock decide what is accepted.
    variables = {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_NO_PROGRESS": "1"}
    for key, (pip_name, uv_name) in HANDED_OVER.items():
        places = os.environ.get(pip_name) or configured.get(key, "")
        usable = [place for place in places.split() if _is_there(place)]
        if usable and uv_name not in os.environ:
            variables[uv_name] = " ".join(usable)
    return variables


def _settings(listing: str) -> dict[str, str]:
    """Return the settings of ``pip config list`` by their last word: ``global.index-url='…'``."""
    pairs = (line.split("=", 1) for line in listing.splitlines() if "=" in line)
    return {name.rsplit(".", 1)[-1]: value.strip("'\"") for name, value in pairs}


def _is_there(place: str) -> bool:
    """Return False for a folder of this machine that does not exist: uv would warn each time."""
    parts = urlsplit(place)
    if parts.scheme == "file":
        return Path(unquote(parts.path)).exists()
    return bool(parts.scheme) or Path(place).exists()
