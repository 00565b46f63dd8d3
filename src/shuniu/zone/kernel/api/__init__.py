"""What the API of every app is made of: bodies, pages, versions, problems."""

from __future__ import annotations

from shuniu.zone.kernel.api.bodies import (
    Body,
    NotAcceptable,
    checked,
    fields_of,
    form_body,
    formed,
)
from shuniu.zone.kernel.api.paging import CursorRefused, Page, PageQuery, page_of
from shuniu.zone.kernel.api.parts import (
    LARGEST_KEY,
    Key,
    Part,
    Request,
    Words,
    area,
    found,
    to_be,
)
from shuniu.zone.kernel.api.versions import ChangedMeanwhile, check_version, with_version

__all__ = [
    "LARGEST_KEY",
    "Body",
    "ChangedMeanwhile",
    "CursorRefused",
    "Key",
    "NotAcceptable",
    "Page",
    "PageQuery",
    "Part",
    "Request",
    "Words",
    "area",
    "check_version",
    "checked",
    "fields_of",
    "form_body",
    "formed",
    "found",
    "page_of",
    "to_be",
    "with_version",
]
