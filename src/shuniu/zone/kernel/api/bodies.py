"""Bodies that are judged by the forms of the pages: no rule of shape is written twice."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from ninja import Schema
from pydantic import ConfigDict, Field, create_model

from shuniu.zone.kernel.api.parts import LARGEST_KEY
from shuniu.zone.kernel.rfc9457 import Fault

LONGEST_TEXT = 20_000
Operation = TypeVar("Operation", bound=Callable[..., Any])


KINDS: tuple[tuple[type, type[forms.Field], dict[str, Any]], ...] = (
    (bool, forms.BooleanField, {}),
    (int, forms.ModelChoiceField, {"ge": 1, "le": LARGEST_KEY}),
    (datetime, forms.DateTimeField, {}),
    (date, forms.DateField, {}),
    (int, forms.IntegerField, {"ge": -LARGEST_KEY, "le": LARGEST_KEY}),
)


class Body(Schema):
    """What is sent. A field that nobody knows is refused instead of left out."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NotAcceptable(Exception):
    """A body that the form of the page would not take."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults)
        self.faults = faults


def form_body(name: str, form: type[forms.Form], *, leave_out: Collection[str] = ()) -> type[Body]:
    """Return what a program sends where a person fills in ``form``; files are sent elsewhere."""
    given: dict[str, Any] = {}
    with translation.override("en"):
        for key, field in form.base_fields.items():
            if key not in leave_out and not isinstance(field, forms.FileField):
                given[key] = _field(field)
    made: type[Body] = create_model(name, __base__=Body, **given)
    return made


def _field(field: forms.Field) -> tuple[Any, Any]:
    kind, extra = _kind(field)
    about = "\n".join(filter(None, (str(field.label or ""), str(field.help_text or ""))))
    if field.required and not isinstance(field, forms.BooleanField):
        return kind, Field(description=about, **extra)
    return kind | None, Field(default=None, description=about, **extra)


def _kind(field: forms.Field) -> tuple[Any, dict[str, Any]]:
    """Return the type of a field, and its bounds as far as they are the same for everybody."""
    for kind, form_kind, bounds in KINDS:
        if isinstance(field, form_kind):
            return kind, bounds
    length = getattr(field, "max_length", None) or LONGEST_TEXT
    return str, {"max_length": length}


def formed(body: type[Body]) -> Callable[[Operation], Operation]:
    """Let the parameter ``body`` of an operation be of a type that was made of a form."""

    def put(operation: Operation) -> Operation:
        signature = inspect.signature(operation, eval_str=True)
        kinds = [
            one.replace(annotation=body) if one.name == "body" else one
            for one in signature.parameters.values()
        ]
        operation.__signature__ = signature.replace(parameters=kinds)  # type: ignore[attr-defined]  # read by ninja
        return operation

    return put


def fields_of(body: Mapping[str, Any] | Schema) -> MultiValueDict[str, Any]:
    """Return a body as a form reads it."""
    given = body.model_dump(exclude_unset=True) if isinstance(body, Schema) else body
    fields: MultiValueDict[str, Any] = MultiValueDict()
    for key, value in given.items():
        if isinstance(value, list | tuple):
            fields.setlist(key, [str(one) for one in value])
        elif value is True:
            fields[key] = "on"
        elif isinstance(value, date | datetime | UUID):
            fields[key] = value.isoformat() if not isinstance(value, UUID) else str(value)
        elif value is not None and value is not False:
            fields[key] = str(value)
    return fields


def checked(form: Any) -> Any:
    """Return what a form understood; raise NotAcceptable with everything that is wrong."""
    if form.is_valid():
        return form.cleaned_data
    raise NotAcceptable(
        [
            Fault("" if key == "__all__" else f"/{key}", str(sentence))
            for key, sentences in form.errors.items()
            for sentence in sentences
        ]
    )
