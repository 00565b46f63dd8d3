"""Uploaded files: judged by their content, stored under a random name outside the web root."""

from __future__ import annotations

import hashlib
import io
import os
import secrets
import stat
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import filetype
import structlog
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from shuniu.zone.kernel.refusals import Refusal

log = structlog.get_logger("shuniu.files")

MAX_PIXELS = 40_000_000
MAX_UNPACKED_BYTES = 50_000_000
MAX_UNPACKED_RATIO = 100
MAX_ENTRIES = 2_000
SMALLEST_PACKED_BYTES = 1_000  # below it a ratio says nothing
IMAGE_TYPES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
OFFICE_TYPES = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/zip",
}
OFFICE_MARK = "[Content_Types].xml"
# The endings by which a zone profile names what it takes.
ENDINGS = {
    "image/jpeg": {"jpg", "jpeg"},
    "image/png": {"png"},
    "image/webp": {"webp"},
    "application/pdf": {"pdf"},
} | {kind: {"docx", "xlsx", "pptx"} for kind in OFFICE_TYPES}
ALL_ENDINGS = frozenset().union(*ENDINGS.values())


class FileTooLarge(Refusal):
    code = "kernel.file_too_large"
    status = 413
    sentence = _("“%(name)s” is larger than %(limit_mb)s MB. Please send a smaller file.")


class FileNotAccepted(Refusal):
    code = "kernel.file_not_accepted"
    sentence = _(
        "“%(name)s” cannot be taken. Pictures (JPG, PNG, WebP), PDF, Word, Excel and PowerPoint"
        " files are accepted."
    )


class PictureTooLarge(Refusal):
    code = "kernel.picture_too_large"
    sentence = _("“%(name)s” has too many pixels. Please send a picture of at most 40 megapixels.")


class FileBroken(Refusal):
    code = "kernel.file_broken"
    sentence = _("“%(name)s” cannot be opened; it may be damaged. Please send it again.")


class BrokenArchive(Exception):
    """An archive whose directory cannot be read."""


class HostileArchive(Exception):
    """An archive that nobody should unpack."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that is safely on the disk.

    ``path`` is relative to the upload folder; ``size_bytes`` and ``sha256`` are those of the bytes
    stored (a picture is stored re-encoded, without its position and device data).
    """

    name: str
    content_type: str
    size_bytes: int
    sha256: str
    path: str


def store(
    upload: UploadedFile[bytes], *, max_bytes: int, types: Collection[str] = ALL_ENDINGS
) -> StoredFile:
    """Judge an upload and write it durably; raise a Refusal that names the file.

    ``types`` are endings of ``ENDINGS``; it is the content that must be of one of them.
    """
    name = shown_name(upload.name or "")
    if (upload.size or 0) > max_bytes:
        raise FileTooLarge(name=name, limit_mb=max_bytes // 1_000_000)
    content = upload.read()
    kind = filetype.guess_mime(content)
    if ENDINGS.get(kind, set()).isdisjoint(types):
        raise FileNotAccepted(name=name)
    if kind in IMAGE_TYPES:
        content = _without_metadata(content, kind, name)
    elif kind in OFFICE_TYPES:
        _refuse_no_office_file(content, name)
    path = keep(content)
    return StoredFile(name, kind, len(content), hashlib.sha256(content).hexdigest(), path)


def open_stored(path: str) -> io.BufferedReader:
    """Open a stored file for reading."""
    return (Path(settings.UPLOADS) / path).open("rb")


def sent_file(path: str, *, name: str, content_type: str, as_attachment: bool) -> FileResponse:
    """Return a stored file as an answer that no browser takes for a page of ours."""
    return FileResponse(
        open_stored(path),
        as_attachment=as_attachment,
        filename=name,
        content_type=content_type,
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


def remove(paths: Iterable[str]) -> tuple[str, ...]:
    """Delete stored files and return the paths that are gone; one that cannot be is logged."""
    gone = []
    for path in paths:
        try:
            (Path(settings.UPLOADS) / path).unlink(missing_ok=True)
        except OSError:
            log.exception("file_not_removed")
        else:
            gone.append(path)
    return tuple(gone)


def stored_before(moment: datetime) -> Iterator[tuple[str, datetime]]:
    """Yield the path of each stored file that was written before ``moment``, and when."""
    folder = Path(settings.UPLOADS)
    for file in sorted(folder.glob("??/*")):
        try:
            seconds = file.stat().st_mtime
        except FileNotFoundError:  # somebody was faster
            continue
        written_at = datetime.fromtimestamp(seconds, UTC)
        if written_at < moment:
            yield file.relative_to(folder).as_posix(), written_at


def shown_name(name: str) -> str:
    """Return the file name as it may be shown: no folders, no control or direction characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in last if c.isprintable() and c not in "\u202a\u202b\u202d\u202e\u2066")
    bare = kept.strip(". ")
    stem, dot, ending = bare.rpartition(".")
    short = f"{stem[:80]}{dot}{ending[:10]}" if dot else bare[:80]
    return short or "file"


def _without_metadata(content: bytes, kind: str, name: str) -> bytes:
    """Return the picture encoded anew: upright, without EXIF, and without what hid behind it."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            is_too_large = picture.width * picture.height > MAX_PIXELS
            fresh = b"" if is_too_large else _encoded_anew(picture, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureTooLarge(name=name) from None
    except Exception:  # noqa: BLE001  # damaged pictures make the library raise nearly anything
        raise FileBroken(name=name) from None
    if is_too_large:
        raise PictureTooLarge(name=name)
    return fresh


def _encoded_anew(picture: Image.Image, kind: str) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    if kind == "image/jpeg":
        upright = upright.convert("RGB")
    upright.info.clear()
    fresh = io.BytesIO()
    upright.save(fresh, IMAGE_TYPES[kind], quality=88)
    return fresh.getvalue()


def names_in_archive(content: bytes) -> frozenset[str]:
    """Return the names in an archive, judged by its directory alone: nothing is unpacked.

    Raises
    ------
    BrokenArchive
        If the directory cannot be read.
    HostileArchive
        If it would be too large unpacked, holds too many entries, or reaches outside of itself.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise BrokenArchive from None
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(len(content), SMALLEST_PACKED_BYTES)
    too_much = unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_UNPACKED_RATIO * packed
    if too_much or len(entries) > MAX_ENTRIES or any(_reaches_outside(one) for one in entries):
        raise HostileArchive
    return frozenset(entry.filename for entry in entries)


def _reaches_outside(entry: zipfile.ZipInfo) -> bool:
    path = entry.filename.replace("\\", "/")
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    return is_link or path.startswith("/") or ".." in path.split("/") or ":" in path


def _refuse_no_office_file(content: bytes, name: str) -> None:
    try:
        names = names_in_archive(content)
    except BrokenArchive:
        raise FileBroken(name=name) from None
    except HostileArchive:
        raise FileNotAccepted(name=name) from None
    if OFFICE_MARK not in names:
        raise FileNotAccepted(name=name)


def keep(content: bytes) -> str:
    """Write a content that was judged; the name is random, and durable when this returns."""
    token = secrets.token_hex(20)
    path = f"{token[:2]}/{token}"
    target = Path(settings.UPLOADS) / path
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = target.with_suffix(".part")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return path
