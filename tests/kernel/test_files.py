"""Uploads are judged by their content and stored under a name of our own."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.ImageFile import ImageFile

from shuniu.zone.kernel import files
from shuniu.zone.kernel.files import StoredFile, shown_name
from shuniu.zone.kernel.refusals import Refusal
from tests.kernel import uploads

MB = 1_000_000
SCRIPT = b"<script>alert(document.cookie)</script>"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def store(content: bytes, name: str = "照片.jpg", *, max_bytes: int = 10 * MB) -> StoredFile:
    return files.store(SimpleUploadedFile(name, content), max_bytes=max_bytes)


def on_disk(stored: StoredFile) -> Path:
    return settings.UPLOADS / stored.path


def all_stored() -> set[Path]:
    return {path for path in settings.UPLOADS.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")],
)
def test_a_picture_is_stored_upright_and_without_where_it_was_taken(
    kind: str, content_type: str
) -> None:
    given_bytes = uploads.picture(kind)
    assert uploads.POSITION.encode() in given_bytes

    stored = store(given_bytes)

    kept = on_disk(stored).read_bytes()
    picture = Image.open(io.BytesIO(kept))
    assert (stored.content_type, picture.format, picture.size) == (content_type, kind, (30, 40))
    assert dict(picture.getexif()) == {}
    assert uploads.POSITION.encode() not in kept
    assert b"PhoneMaker" not in kept


@pytest.mark.parametrize(
    ("content", "content_type"),
    [(uploads.pdf(), "application/pdf"), (uploads.word(), DOCX), (uploads.sheet(), XLSX)],
)
def test_a_document_is_stored_as_it_came(content: bytes, content_type: str) -> None:
    stored = store(content, "说明.docx")

    assert on_disk(stored).read_bytes() == content
    assert stored == StoredFile(
        name="说明.docx",
        content_type=content_type,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        path=stored.path,
    )


def test_the_name_on_the_disk_is_random_and_only_we_can_read_the_file() -> None:
    one, other = store(uploads.pdf()), store(uploads.pdf())

    assert re.fullmatch(r"([0-9a-f]{2})/\1[0-9a-f]{38}", one.path)
    assert one.path != other.path
    assert on_disk(one).stat().st_mode & 0o777 == 0o600
    assert on_disk(one).parent.stat().st_mode & 0o077 == 0


def test_it_can_be_opened_again() -> None:
    stored = store(uploads.pdf())

    with files.open_stored(stored.path) as file:
        assert file.read() == uploads.pdf()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_hides_behind_a_picture_is_gone(kind: str) -> None:
    stored = store(uploads.picture(kind) + SCRIPT, "a.html")

    assert SCRIPT not in on_disk(stored).read_bytes()


def test_what_hides_in_the_comment_of_a_picture_is_gone() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "JPEG", comment=SCRIPT)
    assert SCRIPT in stream.getvalue()

    stored = store(stream.getvalue())

    assert SCRIPT not in on_disk(stored).read_bytes()


def test_a_kind_that_the_zone_does_not_take_is_refused_whatever_its_name() -> None:
    upload = SimpleUploadedFile("照片.jpg", uploads.pdf(), "image/jpeg")

    with pytest.raises(files.FileNotAccepted):
        files.store(upload, max_bytes=10 * MB, types=("jpg", "png"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"<html>" + SCRIPT,
        b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>",
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        b"MZ\x90\x00" + bytes(200),
        b"\x7fELF" + bytes(200),
        b"#!/bin/sh\nrm -rf /\n",
        b"<?php system($_GET['c']);",
        b"GIF89a" + bytes(200),
        uploads.archive({"run.exe": b"MZ"}),
        uploads.archive({"AndroidManifest.xml": b"x", "classes.dex": b"dex\n035\x00"}),
        uploads.bomb(),
        uploads.crowd(),
        uploads.archive({"[Content_Types].xml": b"<Types/>", "../../etc/cron.d/x": b"*"}),
        uploads.archive({"[Content_Types].xml": b"<Types/>", "/etc/cron.d/x": b"*"}),
        uploads.archive({"[Content_Types].xml": b"<Types/>", "C:\\x.exe": b"MZ"}),
        uploads.link(),
    ],
    ids=[
        "empty", "text", "html", "svg", "svg with head", "exe", "elf", "shell", "php", "gif",
        "zip", "apk", "bomb", "crowd", "upward", "absolute", "drive", "link",
    ],
)  # fmt: skip
def test_everything_else_is_refused_and_leaves_nothing(content: bytes) -> None:
    before = all_stored()

    with pytest.raises(files.FileNotAccepted):
        store(content, "photo.jpg")

    assert all_stored() == before


@pytest.mark.parametrize(
    "content",
    [
        uploads.picture("JPEG", size=(200, 200))[:-300],
        uploads.picture("PNG")[:-90],
        b"\xff\xd8\xff\xe0" + SCRIPT,
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00" + b"[Content_Types].xml" + bytes(99),
    ],
    ids=["half a JPEG", "half a PNG", "html in a JPEG", "half a document"],
)
def test_a_broken_file_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        store(content)

    assert refused.value.code in {"kernel.file_broken", "kernel.file_not_accepted"}
    assert "照片.jpg" in str(refused.value)


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_picture_is_taken_or_refused_but_never_a_fault(seed: int) -> None:
    luck = Random(seed)  # noqa: S311  # the same damage every time
    content = bytearray(uploads.picture(("JPEG", "PNG", "WEBP")[seed % 3]))
    for _ in range(8):
        content[luck.randrange(len(content) // 2)] = luck.randrange(256)

    try:
        store(bytes(content))
    except Refusal as refused:
        assert refused.status == 422  # noqa: PT017  # either way is right


def test_50_megapixels_are_refused_before_they_are_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = uploads.flat_png(10_000, 5_000)

    def unpack(_picture: ImageFile) -> None:
        raise AssertionError("It was unpacked.")

    monkeypatch.setattr(ImageFile, "load", unpack)

    with pytest.raises(files.PictureTooLarge):
        store(content)


@pytest.mark.parametrize("side_px", [10_000, 20_000])
def test_a_picture_that_would_fill_the_memory_is_called_too_large(side_px: int) -> None:
    with pytest.raises(files.PictureTooLarge):
        store(uploads.flat_png(side_px, side_px))


def test_a_file_larger_than_the_limit_is_refused_with_the_limit() -> None:
    with pytest.raises(files.FileTooLarge) as refused:
        store(b"x" * (2 * MB + 1), "影片.mp4", max_bytes=2 * MB)

    assert (refused.value.status, refused.value.places) == (
        413,
        {"name": "影片.mp4", "limit_mb": 2},
    )


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("照片.jpg", "照片.jpg"),
        ("SHELL.PHP", "SHELL.PHP"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system32\\a.dll", "a.dll"),
        ("/etc/passwd", "passwd"),
        ("C:\\fakepath\\a.pdf", "a.pdf"),
        ("报表\u202etxt.exe", "报表txt.exe"),
        ("a\u2066b\u200fc.pdf", "abc.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie: x=1.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("a.pdf...", "a.pdf"),
        ("..", "file"),
        ("", "file"),
        ("folder/", "file"),
        ("长" * 81 + ".pdf", "长" * 80 + ".pdf"),
        ("长" * 100, "长" * 80),
        ("a." + "长" * 40, "a." + "长" * 10),
    ],
)
def test_a_name_is_shown_without_folders_and_tricks(given_name: str, shown: str) -> None:
    assert shown_name(given_name) == shown


@given(st.text(max_size=300))
def test_any_name_becomes_one_that_can_be_shown(name: str) -> None:
    shown = shown_name(name)

    assert 1 <= len(shown) <= 91
    assert shown.isprintable()
    assert not {"/", "\\", "\u202e"} & set(shown)


@pytest.mark.parametrize("name", ["../../../x.pdf", "/tmp/x.pdf", "长" * 85 + ".pdf", ".PHP"])  # noqa: S108  # a hostile name
def test_the_name_given_never_reaches_the_disk(name: str) -> None:
    before = all_stored()

    stored = store(uploads.pdf(), name)

    assert all_stored() - before == {on_disk(stored)}
    assert re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{40}", stored.path)
