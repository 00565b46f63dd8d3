"""What programs can do: the document of the API as a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from shuniu.zone.kernel.web import render_page
from shuniu.zone.portal.views.api_words import AREAS, OPERATIONS
from shuniu.zone.portal.views.request import Request

SPOKEN = "en"  # by the document
REF = "#/components/schemas/"
Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """A parameter, or a field of a body or an answer."""

    name: str
    kind: str
    is_required: bool
    about: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An operation as the page shows it."""

    key: str
    method: str
    path: str
    label: Promise | str
    parameters: tuple[Given, ...]
    body: tuple[Given, ...]
    answers: tuple[str, ...]
    gives: tuple[Given, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Area:
    """The operations under one heading."""

    key: str
    label: Promise | str
    operations: tuple[Shown, ...]


@require_safe
def api(request: Request) -> HttpResponse:
    """Show every operation of the API, by area, with an example."""
    host = request.build_absolute_uri("/").rstrip("/")
    return render_page(
        request, "portal/api.html", {"areas": areas(host, request.LANGUAGE_CODE), "host": host}
    )


@cache
def areas(host: str, language: str) -> tuple[Area, ...]:  # noqa: ARG001  # of the words
    """Return the operations of the document by their areas, in its order."""
    document: Document = import_string(settings.API_DOCUMENT)()
    found: dict[str, list[Shown]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            shown = _shown(document, host, path, method, operation)
            found.setdefault(operation["tags"][0], []).append(shown)
    return tuple(
        Area(name.lower().replace(" ", "-"), AREAS[name], tuple(several))
        for name, several in found.items()
    )


def _shown(
    document: Document, host: str, path: str, method: str, operation: Mapping[str, Any]
) -> Shown:
    kept = [one for one in operation.get("parameters", ()) if one["in"] != "header"]
    content = operation.get("requestBody", {}).get("content", {})
    body = next((_fields(document, one["schema"]) for one in content.values()), ())
    done = {status: one for status, one in operation["responses"].items() if status < "300"}
    gives = next(
        (_fields(document, kind["schema"]) for one in done.values()
         for kind in one.get("content", {}).values() if "schema" in kind), (),
    )  # fmt: skip
    return Shown(
        key=operation["operationId"].replace("_", "-"),
        method=method.upper(),
        path=path,
        label=OPERATIONS[operation["operationId"]],
        parameters=tuple(
            Given(one["name"], _kind(one["schema"]), one.get("required", False),
                  _about(one["name"], one.get("description") or one["schema"]["description"]))
            for one in kept
        ),
        body=body,
        answers=tuple(done),
        gives=gives,
        example=_example(host, path, method, content, body),
    )  # fmt: skip


def _fields(document: Document, schema: Mapping[str, Any]) -> tuple[Given, ...]:
    """Return the fields of a type; of a list, those of what is in it."""
    if "items" in schema:
        return _fields(document, schema["items"])
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].removeprefix(REF)]
    needed = schema.get("required", ())
    return tuple(
        Given(name, _kind(one), name in needed, _about(name, one.get("description", "")))
        for name, one in schema.get("properties", {}).items()
    )


def _about(name: str, said: str) -> str:
    """Return what a field means in the language of the reader.

    The document speaks English; what has no translation of its own is described by its name.
    """
    lines = [line for line in said.split("\n") if line]
    if (get_language() or SPOKEN).startswith(SPOKEN):
        return " ".join(lines)
    found = [gettext(line) for line in lines]
    if found and all(words != line for words, line in zip(found, lines, strict=True)):
        return " ".join(found)
    known: Mapping[str, str] = import_string(settings.API_FIELDS)
    return gettext(known[name]) if name in known else " ".join(found)


def _kind(schema: Mapping[str, Any]) -> str:
    """Return the type of something in few words."""
    if "$ref" in schema:
        return str(schema["$ref"].removeprefix(REF))
    if "anyOf" in schema:
        return " | ".join(_kind(one) for one in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(str(one) for one in schema["enum"])
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    return str(schema.get("format") or schema.get("type", ""))


def _example(
    host: str, path: str, method: str, content: Mapping[str, Any], body: tuple[Given, ...]
) -> str:
    """Return a request as curl sends it."""
    place = path.replace("{", "$").replace("}", "")
    words = ['curl -H "Authorization: Bearer $KEY"']
    if method == "post":
        words.append('-H "Idempotency-Key: $(uuidgen)"')
        if "application/json" in content:
            named = [one.name for one in body if one.is_required] or [b.name for b in body[:1]]
            said = ", ".join(f'"{name}": …' for name in named)
            words.append(f"--json '{{{said}}}'")
        elif content:
            words += [f"-F {one.name}=@file" for one in body]
        else:
            words.append("-X POST")
    return " ".join([*words, f'"{host}{place}"'])
