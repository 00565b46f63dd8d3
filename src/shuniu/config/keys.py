"""The secrets of one installation: made on the machine, kept beside the data, never in them."""

from __future__ import annotations

import base64
import binascii
import fcntl
import json
import os
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
LAST_NUMBER = 65_535  # a key's number is written into two bytes of each sealed text


class KeysAreGone(Exception):
    """The data folder holds data but not, or not whole, the keys that they were written with."""


class UnknownKey(LookupError):
    """No key of this number is in the ring."""


class RingFull(Exception):
    """No number is left for another key."""


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """All secrets of an installation. Its text form shows none of them.

    Attributes
    ----------
    signing
        Signs sessions and forms.
    chain
        32 bytes; seals each recorded fact to the one before.
    index
        32 bytes; makes the blind indexes of personal data.
    current
        Number of the data key that new texts are sealed with, 1 to 65,535.
    data
        Data keys of 32 bytes by number: the current one, and older ones while texts still need
        them.
    """

    signing: str
    chain: bytes
    index: bytes
    current: int
    data: Mapping[int, bytes]

    def __repr__(self) -> str:
        return f"Keys(current={self.current}, data={sorted(self.data)})"


@dataclass(frozen=True, slots=True, repr=False)
class DataKey:
    """One key of the ring, ready for use."""

    number: int
    cipher: AESGCM

    def __repr__(self) -> str:
        return f"DataKey(number={self.number})"


def load_keys(home: Path) -> Keys:
    """Return the keys of ``home``; make them, readable by this user only, in a folder without data.

    A file of the older format, which had one data key and neither chain nor index key, is brought
    to the newer one.

    Raises
    ------
    KeysAreGone
        If there is a database but no key file, or the file is damaged.
    """
    path = key_file(home)
    if not path.exists() and (home / "shuniu.sqlite3").exists():
        raise KeysAreGone(f"{path} is missing. Restore it from the backup.")
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.exists() and not _is_older_format(path):
        return _read(path)
    with _alone(home):
        if not path.exists():
            _write(path, _new_keys())
        elif _is_older_format(path):
            _write(path, _upgraded(path))
    return _read(path)


def key_file(home: Path) -> Path:
    """Return where the keys of a data folder are kept."""
    return home / "keys.json"


class DataKeyring:
    """The data keys, followed in their file: a running process sees a rotation at once."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._path = key_file(home)
        self._lock = threading.Lock()
        self._seen: tuple[int, ...] = ()
        self._ring: Mapping[int, DataKey] = MappingProxyType({})
        self._current = 0

    def current(self) -> DataKey:
        """Return the key to seal with."""
        self._follow()
        return self._ring[self._current]

    def key(self, number: int) -> DataKey:
        """Return the key of a number; raise UnknownKey when the file does not have it."""
        self._follow()
        if number not in self._ring:
            self._read_again()
        try:
            return self._ring[number]
        except KeyError:
            raise UnknownKey(number) from None

    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of all keys in the ring, in order."""
        self._follow()
        return tuple(sorted(self._ring))

    def begin_rotation(self) -> int:
        """Put a new key into the ring as the current one and return its number.

        While older keys are in the ring a rotation is under way: it is gone on with.
        """

        def with_new_key(keys: Keys) -> Keys:
            if len(keys.data) > 1:
                return keys
            number = keys.current + 1
            if number > LAST_NUMBER:
                raise RingFull
            ring = {**keys.data, number: secrets.token_bytes(KEY_BYTES)}
            return replace(keys, current=number, data=ring)

        return _change(self.home, with_new_key).current

    def end_rotation(self) -> tuple[int, ...]:
        """Take all keys but the current one out of the ring; return the numbers of those taken."""
        taken: set[int] = set()

        def with_current_key(keys: Keys) -> Keys:
            taken.update(keys.data.keys() - {keys.current})
            return replace(keys, data={keys.current: keys.data[keys.current]})

        _change(self.home, with_current_key)
        return tuple(sorted(taken))

    def _follow(self) -> None:
        """Read the file when it is not the one that was read before."""
        if self._mark() != self._seen:
            self._read_again()

    def _mark(self) -> tuple[int, ...]:
        """Return what changes with the file; what was seen before, while it cannot be reached."""
        try:
            stat = self._path.stat()
        except OSError:
            return self._seen
        return (stat.st_ino, stat.st_mtime_ns, stat.st_size)

    def _read_again(self) -> None:
        with self._lock:
            mark = self._mark()
            try:
                keys = _read(self._path)
            except OSError:
                return  # what was read before still opens the data
            ring = {number: DataKey(number, AESGCM(data)) for number, data in keys.data.items()}
            self._ring, self._current, self._seen = ring, keys.current, mark


def _new_keys() -> Keys:
    return Keys(
        signing=secrets.token_urlsafe(48),
        chain=secrets.token_bytes(KEY_BYTES),
        index=secrets.token_bytes(KEY_BYTES),
        current=1,
        data={1: secrets.token_bytes(KEY_BYTES)},
    )


def _is_older_format(path: Path) -> bool:
    return isinstance(_stored(path).get("data"), str)


def _upgraded(path: Path) -> Keys:
    """Return new keys beside the signing key and the one data key of an older file."""
    stored = _stored(path)
    data = base64.b64decode(stored["data"])
    return replace(_new_keys(), signing=stored["signing"], data={1: data})


def _stored(path: Path) -> dict[str, Any]:
    try:
        stored = json.loads(path.read_text(encoding="ascii"))
    except ValueError:
        raise KeysAreGone(_damaged(path)) from None
    if not isinstance(stored, dict):
        raise KeysAreGone(_damaged(path))
    return stored


def _read(path: Path) -> Keys:
    stored = _stored(path)
    try:
        ring = stored["data"]
        keys = Keys(
            signing=str(stored["signing"]),
            chain=_secret(stored["chain"]),
            index=_secret(stored["index"]),
            current=int(ring["current"]),
            data={int(number): _secret(key) for number, key in ring["keys"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise KeysAreGone(_damaged(path)) from None
    if keys.current not in keys.data:
        raise KeysAreGone(_damaged(path))
    return keys


def _secret(text: str) -> bytes:
    secret = base64.b64decode(text, validate=True)
    if len(secret) != KEY_BYTES:
        raise binascii.Error
    return secret


def _damaged(path: Path) -> str:
    return f"{path} is damaged. Restore it from the backup."


def _change(home: Path, change: Callable[[Keys], Keys]) -> Keys:
    """Change the key file, one process at a time; return what it holds then."""
    path = key_file(home)
    with _alone(home):
        changed = change(_read(path))
        _write(path, changed)
    return changed


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Keep other processes from changing the key file; they wait."""
    folder = os.open(home, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
        os.fsync(folder)
    finally:
        os.close(folder)


def _write(path: Path, keys: Keys) -> None:
    """Put the keys in their place at once and for good: a cut of power leaves old or new."""
    content = {
        "signing": keys.signing,
        "chain": _text(keys.chain),
        "index": _text(keys.index),
        "data": {
            "current": str(keys.current),
            "keys": {str(number): _text(secret) for number, secret in keys.data.items()},
        },
    }
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _text(secret: bytes) -> str:
    return base64.b64encode(secret).decode("ascii")
