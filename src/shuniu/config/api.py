"""The API of the whole product: every app's operations under one address, and their document."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.utils import translation
from django.views.decorators.http import require_GET
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from shuniu.config.api_words import FIELDS
from shuniu.zone.accounts import api as accounts
from shuniu.zone.briefings import api as briefings
from shuniu.zone.desk import api as desk
from shuniu.zone.freight import api as freight
from shuniu.zone.hall import api as hall
from shuniu.zone.kernel.api import NotAcceptable
from shuniu.zone.kernel.api.imports import imports
from shuniu.zone.kernel.rfc9457 import API, CONTENT_TYPE, Fault, problem
from shuniu.zone.notices import api as notices
from shuniu.zone.portal import api as portal
from shuniu.zone.registry import api as registry

VERSION = "1"
JSON = "application/json"
DEEPEST = "Infinity", "-Infinity", "NaN"
TOLD = (400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 429, 500, 503)


class StrictParser(Parser):
    """Reads bodies of JSON, and only JSON: no number that is none, no other form."""

    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != JSON:
            raise ValueError(request.content_type)  # told as 415 below
        try:
            return json.loads(request.body, parse_constant=_no_number)
        except (ValueError, RecursionError):
            raise HttpError(400, "") from None


def _no_number(name: str) -> None:
    raise ValueError(name)


api = NinjaAPI(
    title="Shuniu",
    version=VERSION,
    description="Everything that the pages can do, for programs.",
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
    parser=StrictParser(),
)
AREAS = (
    accounts.account,
    desk.router,
    desk.steps,
    desk.files,
    desk.views,
    desk.calendar,
    desk.links,
    *registry.routers,
    *hall.routers,
    freight.freight,
    portal.search,
    *briefings.routers,
    notices.notices,
    notices.outbox,
    imports,
    portal.system,
    portal.protection,
    accounts.audit,
)
for area in AREAS:
    api.add_router("", area)


@api.exception_handler(ValidationError)
def not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [Fault(_pointer(one["loc"]), str(one["msg"])) for one in error.errors]
    return problem(request, 422, code="kernel.not_valid", faults=faults)


@api.exception_handler(NotAcceptable)
def not_acceptable(request: HttpRequest, error: NotAcceptable) -> HttpResponse:
    return problem(request, 422, code="kernel.not_valid", faults=error.faults)


@api.exception_handler(HttpError)
def not_readable(request: HttpRequest, error: HttpError) -> HttpResponse:
    is_other_form = error.status_code == 400 and request.content_type != JSON
    return problem(request, 415 if is_other_form else error.status_code)


@api.exception_handler(Http404)
@api.exception_handler(Exception)
def not_ours(_request: HttpRequest, error: Exception) -> HttpResponse:
    """Leave everything else to those who answer for pages too."""
    raise error


def _pointer(place: tuple[object, ...]) -> str:
    """Return where something stands: a JSON pointer into the body, else the name of a parameter."""
    if place[:1] == ("body",):
        return "".join(f"/{step}" for step in place[2:])
    return ".".join(str(step) for step in place)


@login_not_required
@require_GET
def document(_request: HttpRequest) -> HttpResponse:
    """Give the OpenAPI document; it says nothing about anybody, so it is open to all."""
    return HttpResponse(document_text(), content_type=JSON)


@cache
def document_text() -> str:
    """Return the OpenAPI document as it is sent."""
    return json.dumps(described(), ensure_ascii=False)


def described() -> dict[str, Any]:
    """Return the OpenAPI document: what ninja knows, and what holds for every operation."""
    with translation.override("en"):
        schema: dict[str, Any] = json.loads(
            json.dumps(api.get_openapi_schema(path_prefix=API), default=str)
        )
    schema["components"]["schemas"]["Problem"] = PROBLEM
    schema["components"]["responses"] = {"Problem": ANSWER}
    schema["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    schema["security"] = [{"key": []}]
    for part in schema["components"]["schemas"].values():
        for name, field in part.get("properties", {}).items():
            _say(name, field)
    for operations in schema["paths"].values():
        for method, operation in operations.items():
            _complete(method, operation)
    return schema


def _say(name: str, field: dict[str, Any]) -> None:
    """Let a field that says nothing of itself be described by its name."""
    if not field.get("description"):
        field["description"] = FIELDS[name]


def _complete(method: str, operation: dict[str, Any]) -> None:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        for name, field in content["schema"].get("properties", {}).items():
            _say(name, field)
    for parameter in operation.get("parameters", ()):
        if not parameter["schema"].get("description"):
            _say(parameter["name"], parameter)
    answers = operation["responses"]
    for status in TOLD:
        answers.setdefault(str(status), {"$ref": "#/components/responses/Problem"})
    if method == "post":
        operation.setdefault("parameters", []).append(KEY_HEADER)


KEY_HEADER = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "description": "New for each change: the same request sent again changes nothing more.",
    "schema": {"type": "string", "minLength": 8, "maxLength": 64, "pattern": "^[A-Za-z0-9_-]+$"},
}
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "instance"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
ANSWER = {
    "description": "A problem document (RFC 9457)",
    "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def addresses() -> list[URLPattern | URLResolver]:
    """Return every address of the API, each once."""
    several = [one for one in api.urls[0] if getattr(one, "name", "") != "api-root"]
    known: dict[str, URLPattern | URLResolver] = {}
    for one in several:
        known.setdefault(str(one.pattern), one)
    return [path("openapi.json", document, name="openapi"), *known.values()]


urlpatterns = addresses()
app_name = "api"
