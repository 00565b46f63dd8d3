from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from shuniu.zone.accounts.models import User
from shuniu.zone.briefings import policies
from shuniu.zone.briefings.choices import PERIODS, Edition, FileForm
from shuniu.zone.registry.queries import Standing

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

CENTURY = range(2000, 2100)
CONTENT_TYPES = {
    FileForm.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileForm.PDF: "application/pdf",
}


class Request(HttpRequest):
    """A request of somebody who has signed in (LoginRequiredMiddleware sees to that)."""

    htmx: HtmxDetails
    user: User
    standing: Standing
    LANGUAGE_CODE: str


class DayConverter:
    """A day of this century in an address, such as 2026-11-20."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        day = date.fromisoformat(value)
        if day.year not in CENTURY:
            raise ValueError(f"{value} is in another century")
        return day

    def to_url(self, value: date) -> str:
        return value.isoformat()


class EditionConverter:
    """A longer edition in an address: ``weekly`` or ``monthly``."""

    regex = "|".join(edition.lower() for edition in PERIODS)

    def to_python(self, value: str) -> Edition:
        return Edition(value.upper())

    def to_url(self, value: str) -> str:
        return value.lower()


class FormConverter:
    """The form of a file in an address: ``word`` or ``pdf``."""

    names = {"word": FileForm.WORD, "pdf": FileForm.PDF}
    regex = "|".join(names)

    def to_python(self, value: str) -> FileForm:
        return self.names[value]

    def to_url(self, value: FileForm) -> str:
        return next(name for name, form in self.names.items() if form == value)


def insist_on_reader(request: Request) -> None:
    """Refuse whoever may not read briefings."""
    if not policies.may_read(request.standing):
        raise PermissionDenied


def site_of(request: Request) -> str:
    """Return the address that numbers in a file lead to."""
    return request.build_absolute_uri("/").rstrip("/")


def file_answer(content: bytes, form: FileForm, name: str) -> HttpResponse:
    """Return a file to be saved under a name."""
    return HttpResponse(
        content,
        content_type=CONTENT_TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'},
    )
