"""Open311 GeoReport v2, for reading, where the zone has turned it on (SHUNIU_GEOREPORT).

Given out are kind, unit, state and times of cases that are neither confidential nor restricted. No
description and no place: both are free text in which people write names and numbers, and masking
what looks like one is never certain.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import re_path
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET

from shuniu.profiles.schema import Profile
from shuniu.zone.desk import queries
from shuniu.zone.desk.choices import CaseState
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.queries import PublicFilter
from shuniu.zone.kernel import clock
from shuniu.zone.registry import queries as registry

LONGEST = timedelta(days=90)
MOST = 1_000
MOST_NAMED = 100
Rows = list[dict[str, str]]


class NotUnderstood(ValueError):
    """A request that the specification does not allow; what is wrong, as a sentence."""


View = Callable[..., HttpResponse]


def given_out(view: Callable[..., tuple[str, str, Rows]]) -> View:
    """Answer as JSON or XML, as the address says; with 404 where the zone gives nothing out."""

    @login_not_required
    @require_GET
    def answered(request: HttpRequest, ending: str, **places: str) -> HttpResponse:
        if not settings.ENVIRONMENT.is_open311:
            return _answer(ending, "errors", "error", _fault("404", "Not found."), 404)
        try:
            several, one, rows = view(request, **places)
        except NotUnderstood as fault:
            return _answer(ending, "errors", "error", _fault("400", str(fault)), 400)
        if not rows and places:
            return _answer(ending, "errors", "error", _fault("404", "No such request."), 404)
        return _answer(ending, several, one, rows, 200)

    return answered


@given_out
def services(request: HttpRequest) -> tuple[str, str, Rows]:
    """Give the categories of needs."""
    profile, language = registry.profile_in_force().profile, _language(request)
    rows = [
        {
            "service_code": one.code,
            "service_name": one.label(language),
            "description": one.label(language),
            "metadata": "false",
            "type": "realtime",
            "keywords": "",
            "group": "",
        }
        for one in profile.categories
    ]
    return "services", "service", rows


@given_out
def requests(request: HttpRequest) -> tuple[str, str, Rows]:
    """Give the cases received in at most 90 days, at most 1,000."""
    found = queries.public_cases(_wanted(request))[:MOST]
    return "service_requests", "request", _rows(found, _language(request))


@given_out
def one_request(request: HttpRequest, number: str) -> tuple[str, str, Rows]:
    """Give one case by its number."""
    found = queries.public_cases(PublicFilter(numbers=(number,)))[:1]
    return "service_requests", "request", _rows(found, _language(request))


def _wanted(request: HttpRequest) -> PublicFilter:
    given = {name: str(text).replace("\x00", "") for name, text in request.GET.items()}
    if numbers := _listed(given.get("service_request_id", "")):
        return PublicFilter(numbers=numbers)
    status = given.get("status", "")
    if status not in {"", "open", "closed"}:
        raise NotUnderstood("status is open or closed.")
    start, end = _moment(given, "start_date"), _moment(given, "end_date")
    end = end or (start + LONGEST if start else clock.now())
    start = start or end - LONGEST
    if end - start > LONGEST:
        raise NotUnderstood("At most 90 days can be asked for at once.")
    return PublicFilter(
        categories=_listed(given.get("service_code", "")),
        start=start,
        end=end,
        is_over={"open": False, "closed": True}.get(status),
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip()[:60] for part in text.split(","))))[:MOST_NAMED]


def _moment(given: dict[str, str], name: str) -> datetime | None:
    text = given.get(name, "")
    if not text:
        return None
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not 1900 < moment.year < 2999:
        raise NotUnderstood(f"{name} is a moment with its zone, such as 2026-11-20T00:00:00Z.")
    return moment


def _rows(cases: Sequence[Case] | Any, language: str) -> Rows:
    return [_row(case, registry.profile_of(case.profile_id), language) for case in cases]


def _row(case: Case, profile: Profile, language: str) -> dict[str, str]:
    unit = case.lead_unit
    named = "" if unit is None else unit.zh if language.startswith("zh") else unit.en
    due_at = None if case.is_over else case.done_due_at
    return {
        "service_request_id": case.number,
        "status": "closed" if case.is_over else "open",
        "status_notes": str(CaseState(case.state).label),
        "service_name": profile.category(case.category).label(language),
        "service_code": case.category,
        "agency_responsible": named,
        "service_notice": "",
        "requested_datetime": _written(case.submitted_at),
        "updated_datetime": _written(case.updated_at),
        "expected_datetime": _written(due_at) if due_at else "",
    }


def _written(moment: datetime) -> str:
    return clock.local(moment).isoformat(timespec="seconds")


def _language(request: HttpRequest) -> str:
    return str(getattr(request, "LANGUAGE_CODE", ""))


def _fault(code: str, words: str) -> Rows:
    return [{"code": code, "description": words}]


def _answer(ending: str, several: str, one: str, rows: Rows, status: int) -> HttpResponse:
    if ending == "json":
        text = json.dumps(rows, ensure_ascii=False)
        return HttpResponse(text, status=status, content_type="application/json; charset=utf-8")
    root = ET.Element(several)
    for row in rows:
        inner = ET.SubElement(root, one)
        for name, value in row.items():
            ET.SubElement(inner, name).text = value
    content = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(content, status=status, content_type="text/xml; charset=utf-8")


app_name = "open311"
urlpatterns = [
    re_path(r"^services\.(?P<ending>json|xml)$", services, name="services"),
    re_path(r"^requests\.(?P<ending>json|xml)$", requests, name="requests"),
    re_path(
        r"^requests/(?P<number>[A-Z]{2}-\d{8}-\d{4,6})\.(?P<ending>json|xml)$",
        one_request,
        name="request",
    ),
]
