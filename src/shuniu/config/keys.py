"""The secrets of one installation: made on the machine, kept beside the data, never in them."""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path


class KeysAreGone(Exception):
    """The data folder holds data but not the keys that they were written with."""


@dataclass(frozen=True, slots=True)
class Keys:
    """``signing`` signs sessions and forms; ``data`` (32 bytes) encrypts personal data."""

    signing: str
    data: bytes


def load_keys(home: Path) -> Keys:
    """Return the keys of ``home``; make them, readable by this user only, in a folder without data.

    Raises
    ------
    KeysAreGone
        If there is a database but no key file: new keys could not read it.
    """
    path = home / "keys.json"
    if not path.exists():
        if (home / "shuniu.sqlite3").exists():
            raise KeysAreGone(f"{path} is missing. Restore it from the backup.")
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_once(path)
    stored = json.loads(path.read_text(encoding="ascii"))
    return Keys(signing=stored["signing"], data=base64.b64decode(stored["data"]))


def _write_once(path: Path) -> None:
    """Write new keys; whoever comes second keeps those of the first."""
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    keys = {
        "signing": secrets.token_urlsafe(48),
        "data": base64.b64encode(secrets.token_bytes(32)).decode("ascii"),
    }
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(keys, file)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
