"""Small real files and hostile ones, made on the spot."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib

from docx import Document
from PIL import Image

POSITION = "GPS 121.205 31.862"


def picture(kind: str, *, size: tuple[int, int] = (40, 30)) -> bytes:
    """Return a picture that lies on its side and says where and with what it was taken."""
    image = Image.new("RGB", size, "navy")
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x010E] = 6, "PhoneMaker", POSITION
    stream = io.BytesIO()
    image.save(stream, kind, exif=exif)
    return stream.getvalue()


def word() -> bytes:
    stream = io.BytesIO()
    document = Document()
    document.add_paragraph("路灯坏了三盏")
    document.save(stream)
    return stream.getvalue()


def sheet() -> bytes:
    return archive(
        {
            "[Content_Types].xml": b"<Types/>",
            "_rels/.rels": b"<Relationships/>",
            "docProps/app.xml": b"<Properties/>",
            "xl/workbook.xml": b"<workbook/>",
        }
    )


def pdf() -> bytes:
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def archive(entries: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return stream.getvalue()


def link() -> bytes:
    """Return an office file in which one entry is a link to a file of the machine."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("[Content_Types].xml", b"<Types/>")
        entry = zipfile.ZipInfo("word/document.xml")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(entry, "/etc/passwd")
    return stream.getvalue()


def bomb() -> bytes:
    """Return a small office file that unpacks to 60 MB."""
    return archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": bytes(60_000_000)})


def crowd() -> bytes:
    """Return an office file with more parts than any office writes."""
    parts = {f"word/{n}.xml": b"" for n in range(2_001)}
    return archive({"[Content_Types].xml": b"<Types/>", **parts})


def flat_png(width: int, height: int) -> bytes:
    """Return a PNG of one color without ever holding its pixels."""
    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
