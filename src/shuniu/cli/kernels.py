"""Where compiled kernels are kept: one folder for each state of the engine's source.

numba notices a changed module, but not that a module it calls has changed. So the folder is named
by a digest of all of them; a new version compiles once, and an old folder may be deleted.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

ENGINE = Path(__file__).parents[1] / "engines" / "loadmatch"


def compile_kernels() -> None:
    """Compile every kernel that is not kept yet, so that the first plan need not wait for it."""
    keep_kernels()
    from shuniu.engines.loadmatch.pdptw_search import warm_fleet  # noqa: PLC0415  # numba asks where
    from shuniu.engines.loadmatch.warm import warm_freight  # noqa: PLC0415  # the same

    warm_freight()
    warm_fleet()


def keep_kernels() -> None:
    """Tell numba, before it is imported, where to keep kernels, unless the user has told it.

    The first place that can be written is taken: the user's cache, else a folder of this user
    alone under the temporary one. If neither can, each process compiles for itself.
    """
    if os.environ.get("NUMBA_CACHE_DIR"):
        return
    name = f"kernels-{source_digest()}"
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "shuniu"
    own = Path(tempfile.gettempdir()) / f"shuniu-{os.getuid()}"
    for folder in (cache, own):
        if _is_ours(folder) and _can_write(folder / name):
            os.environ["NUMBA_CACHE_DIR"] = str(folder / name)
            return


def source_digest() -> str:
    """Return a short digest of the engine's source."""
    digest = hashlib.sha256()
    for path in sorted(ENGINE.glob("*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _is_ours(folder: Path) -> bool:
    """Make the folder if need be; return whether nobody else can put a kernel into it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except OSError:
        return False
    return status.st_uid == os.getuid() and not status.st_mode & 0o022


def _can_write(folder: Path) -> bool:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        return False
    return True


if __name__ == "__main__":
    compile_kernels()
