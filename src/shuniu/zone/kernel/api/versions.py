"""Versions of what is read, so that nobody changes what somebody else changed meanwhile."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel.refusals import Refusal


class ChangedMeanwhile(Refusal):
    code = "kernel.changed_meanwhile"
    status = 412
    sentence = _("This was changed since you read it. Nothing was done; please read it again.")


def version_of(*parts: object) -> str:
    """Return an entity tag that is another one as soon as one of the parts is."""
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:24]}"'


def with_version(response: HttpResponse, *parts: object) -> None:
    """Say which version an answer shows."""
    response.headers["ETag"] = version_of(*parts)


def check_version(request: HttpRequest, *parts: object) -> None:
    """Raise ChangedMeanwhile if the program says which version it read and it is another now."""
    wanted = request.headers.get("If-Match", "")
    if not wanted or wanted.strip() == "*":
        return
    if version_of(*parts) not in {tag.strip() for tag in wanted.split(",")}:
        raise ChangedMeanwhile
