"""Every field of the API says what it means: in the document in English, on its page in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from shuniu.config.api import described
from shuniu.config.api_words import TEXTS
from shuniu.zone.portal.views.programs import Given, areas

CHINESE = re.compile(r"[\u4e00-\u9fff]")
NEEDS_NO_WORDS = re.compile(r"^[A-Z0-9 ]+$")


def said() -> Iterator[tuple[str, str]]:
    """Yield every field and parameter of the document with what it says."""
    document: dict[str, Any] = described()
    for kind, part in document["components"]["schemas"].items():
        for name, field in part.get("properties", {}).items():
            yield f"{kind}.{name}", field.get("description", "")
    for path, operations in document["paths"].items():
        for operation in operations.values():
            yield path, operation["description"]
            for content in operation.get("requestBody", {}).get("content", {}).values():
                for name, field in content["schema"].get("properties", {}).items():
                    yield f"{path} {name}", field.get("description", "")
            for one in operation.get("parameters", ()):
                about = one.get("description") or one["schema"].get("description", "")
                yield f"{path} {one['name']}", about


def given(language: str) -> Iterator[Given]:
    """Yield what the page of the API shows of fields and parameters."""
    with translation.override(language):
        for area in areas("http://testserver", language):
            for operation in area.operations:
                yield from (*operation.parameters, *operation.body, *operation.gives)


def test_every_field_and_parameter_and_operation_is_described() -> None:
    assert [name for name, about in said() if not about.strip()] == []


def test_the_document_speaks_english() -> None:
    assert [(name, about) for name, about in said() if CHINESE.search(about)] == []


@pytest.mark.parametrize(("language", "speaks"), [("zh-hans", True), ("en", False)])
def test_the_page_speaks_the_language_of_its_reader(language: str, *, speaks: bool) -> None:
    wrong = {
        one.name: one.about
        for one in given(language)
        if bool(CHINESE.search(one.about)) != speaks and not NEEDS_NO_WORDS.match(one.about)
    }

    assert wrong == {}


def test_no_text_is_kept_that_no_field_says() -> None:
    lines = {line for _name, about in said() for line in about.split("\n")}

    assert [text for text in TEXTS if text not in lines] == []
