"""The keys a profile may have, read from the schema: for error messages and for the guide."""

from __future__ import annotations

import types
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from shuniu.profiles.parts import Part
from shuniu.profiles.schema import Profile


def key_paths(part: type[Part] = Profile, before: str = "") -> Iterator[str]:
    """Yield every key in the order of the schema: ``zone.code``, ``offices[].kind``."""
    for key, field in part.model_fields.items():
        inner, is_list = _inner_part(field.annotation)
        if inner is None:
            yield f"{before}{key}"
        else:
            yield from key_paths(inner, f"{before}{key}{'[]' if is_list else ''}.")


def keys_at(place: Sequence[str | int]) -> tuple[str, ...]:
    """Return the keys of the table at ``place``, e.g. ``("categories", 3)``; none if none is."""
    part: type[Part] | None = Profile
    for step in place:
        if part is None:
            return ()
        if isinstance(step, str):
            field = part.model_fields.get(step)
            part = None if field is None else _inner_part(field.annotation)[0]
    return () if part is None else tuple(part.model_fields)


def _inner_part(annotation: Any) -> tuple[type[Part] | None, bool]:
    """Return the table inside an annotation, and whether there is a list of them."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _inner_part(get_args(annotation)[0])
    if origin is tuple:
        return _inner_part(get_args(annotation)[0])[0], True
    if origin in (Union, types.UnionType):
        found = [_inner_part(choice) for choice in get_args(annotation)]
        return next((inner for inner in found if inner[0] is not None), (None, False))
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation, False
    return None, False
