"""The tag ``lines`` shows what ``for`` would, and refuses what it could not."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

LINE = (
    '<li id="{{ row.pk }}">100 % {{ row.text }}{% if of_staff %} · {{ row.text }}{% else %}'
    " {{ row.mark }}{% endif %}{{ title }}</li>"
)


@dataclass(frozen=True)
class Row:
    pk: int
    text: str
    mark: object = None


ROWS = (
    Row(1_234_567, "<b>冷库 & 'a' %s</b>", format_html("<i>{}</i>", "<")),
    Row(-2, "", gettext_lazy("Light")),
    Row(3, "x"),
)


def said(words: str, **context: object) -> str:
    return Template("{% load lines %}" + words).render(Context(context))


@pytest.mark.parametrize("of_staff", [True, False])
@pytest.mark.parametrize("rows", [ROWS, ROWS[:1], ()])
def test_lines_say_what_a_loop_says(rows: tuple[Row, ...], of_staff: bool) -> None:
    page = {"rows": rows, "of_staff": of_staff, "title": "<hr>"}

    looped = said("{% for row in rows %}" + LINE + "{% endfor %}", **page)

    assert said("{% lines row in rows %}" + LINE + "{% endlines %}", **page) == looped
    assert looped.count("<li") == len(rows)


def test_words_of_a_row_are_escaped() -> None:
    shown = said("{% lines row in rows %}{{ row.text }}{% endlines %}", rows=ROWS[:1])

    assert shown == "&lt;b&gt;冷库 &amp; &#x27;a&#x27; %s&lt;/b&gt;"


def test_lines_without_a_field_are_said_for_each_row() -> None:
    assert said("{% lines row in rows %}<hr>{% endlines %}", rows=ROWS) == "<hr><hr><hr>"


@pytest.mark.parametrize(
    "inside",
    [
        "{{ row.text|upper }}",
        "{{ row.mark.deep }}",
        "{{ row }}",
        "{% if row.text %}x{% endif %}",
        "{% if page %}{{ row.text|upper }}{% endif %}",
        "{% if page %}a{% elif other %}b{% endif %}",
        "{% for one in page %}{{ one }}{% endfor %}",
        "{% with one=row.text %}{{ one }}{% endwith %}",
    ],
)
def test_what_differs_in_another_way_is_refused_when_the_template_is_read(inside: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        Template("{% load lines %}{% lines row in rows %}" + inside + "{% endlines %}")


def test_a_form_that_is_not_known_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError):
        Template("{% load lines %}{% lines rows %}x{% endlines %}")
