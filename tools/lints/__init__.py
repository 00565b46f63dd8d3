"""Small rules of this house that no ready-made checker knows: ``python -m tools.lints NAME``.

Each module has ``complaints(root)``, which yields a line for each thing that breaks its rule.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


BUILT = {"node_modules", "dist", "var", "__pycache__"}


def project_files(root: Path, *suffixes: str) -> list[Path]:
    """Return the files that are, or would be, committed: tracked, or new and not ignored."""
    words = [
        "-c",
        "safe.directory=*",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    listed = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=False)
    if listed.returncode:  # a copy without its history
        paths = sorted(path for path in root.rglob("*") if _is_source(path.relative_to(root)))
    else:
        paths = sorted({root / name for name in listed.stdout.split("\0") if name})
    return [path for path in paths if path.is_file() and (not suffixes or path.suffix in suffixes)]


def _is_source(path: Path) -> bool:
    folders = path.parts[:-1]
    return not any(name in BUILT or name.startswith(".venv") for name in folders) and (
        not path.parts[0].startswith(".") or path.parts[0] == ".ci"
    )
