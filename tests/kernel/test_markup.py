"""The short way to HTML says what Django's says."""

from __future__ import annotations

import pytest
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from shuniu.zone.kernel.templatetags.markup import escaped, filled, filled_each

SAFE = mark_safe("<b>停电</b>")


@given(text=st.text())
def test_any_text_is_escaped_as_django_does_it(text: str) -> None:
    assert escaped(text) == conditional_escape(text)


@pytest.mark.parametrize("value", [SAFE, gettext_lazy("answered <now>"), 7, None, "<&\"'>"])
def test_safe_words_translations_and_numbers_are_escaped_as_django_does_it(value: object) -> None:
    assert escaped(value) == conditional_escape(value)  # type: ignore[arg-type]  # of any kind


def test_a_filled_pattern_is_safe_and_its_values_are_escaped() -> None:
    shown = filled('<a title="{}">{}{}</a>', '"><script>', SAFE, 3)

    assert shown == format_html('<a title="{}">{}{}</a>', '"><script>', SAFE, 3)
    assert shown == '<a title="&quot;&gt;&lt;script&gt;"><b>停电</b>3</a>'
    assert type(shown) is SafeString


def test_a_pattern_is_filled_once_for_each_row() -> None:
    shown = filled_each("<b>{}</b>{}", [("<", 1), (SAFE, 2)])

    assert shown == "<b>&lt;</b>1<b><b>停电</b></b>2"
    assert type(shown) is SafeString
