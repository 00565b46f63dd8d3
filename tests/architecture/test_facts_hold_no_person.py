"""Facts are never deleted, so no field of one may hold words about a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import pytest

from shuniu.zone.kernel.facts import FactRecord
from tests.architecture.test_facts import APPS, facts_of

# Fields that hold text, each with what it says: a word of a fixed list, a code, or a number.
FIXED_WORDS = {
    "category": "code of a category",
    "cause": "word of a list",
    "channel": "word of a list",
    "code": "code of a profile or a refusal",
    "contact_id": "number of a row",
    "credit_code": "public register",
    "data_class": "code of a class",
    "correction_id": "number of a row",
    "digest": "of a profile",
    "dispatched_at": "a moment",
    "submitted_at": "a moment",
    "contacted_at": "a moment",
    "waits": "pairs of moments",
    "refused_codes": "codes of refusals",
    "state": "word of a list",
    "export_id": "number of a row",
    "fields": "names of fields",
    "file_id": "number of a row",
    "form": "word of a list",
    "import_id": "number of a row",
    "language": "code of a language",
    "light": "word of a list",
    "list_kind": "code of a list",
    "method": "of HTTP",
    "notice_kind": "code of a kind of notice",
    "office": "code of an office",
    "outlet_id": "number of a row",
    "offices": "codes of offices",
    "reason": "word of a list",
    "pressed": "word of a list",
    "seed": "digest of a fact",
    "registration_id": "number of a row",
    "role": "word of a list",
    "counter": "word of the zone profile",
    "roles": "words of a list",
    "route": "word of a list",
    "row": "numbers in an address",
    "source_key": "number of a row",
    "source_kind": "word of a list",
    "sha256": "digest of a file",
    "second_factor": "word of a list",
    "solved": "word of a list",
    "suggested_unit": "code of an office",
    "unit": "code of an office",
    "urgency": "word of a list",
    "address": "name of an address of the product",
    "parts": "names of fields",
    "only": "kind of a fact",
    "thing": "name and number of a row",
    "result": "word of a list",
    "request": "word of a list",
}


def text_fields(fact: type[FactRecord]) -> Iterator[str]:
    for field in fields(fact):
        if "str" in str(field.type):
            yield field.name


@pytest.mark.parametrize("app", APPS)
def test_every_text_in_a_fact_is_a_word_of_a_list(app: str) -> None:
    free = [
        f"{fact.__name__}.{name}"
        for fact in facts_of(app)
        for name in text_fields(fact)
        if name not in FIXED_WORDS
    ]

    assert free == []
