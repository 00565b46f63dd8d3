"""No text of anybody reaches a page without being escaped."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE, ROOT, Source

# What lets markup through a template. ``json_script`` writes a script element that is never run.
UNESCAPED = re.compile(
    r"\|\s*(?:safe|safeseq|unordered_list)\b|{%-?\s*(?:autoescape\s+off|filter\s+safe)\b"
)
# What does so in Python. ``format_html`` escapes what it fills in.
MARKERS = {"mark_safe", "SafeString", "SafeText", "SafeData", "html_safe", "__html__", "safe"}
# What does so in an island: text may become markup only by way of a template of the server.
WRITERS = re.compile(
    r"\.(?:innerHTML|outerHTML)\s*\+?=(?!=)|insertAdjacentHTML|document\.write|createContextualFragment"
    r"|DOMParser|setHTMLUnsafe|\beval\(|new Function\b|\bsrcdoc\b"
)
# By file and what stands there: why it may.
PLACES = {
    ("src/shuniu/zone/desk/views/rows.py", "SafeString"): "names the type of what parts drew",
    ("src/shuniu/zone/kernel/templatetags/markup.py", "SafeString"): (
        "fills constant patterns with what it escapes, as format_html does"
    ),
    ("src/shuniu/zone/kernel/templatetags/parts.py", "SafeString"): "names the type it returns",
}


def texts(folder: Path, *endings: str) -> Iterator[tuple[str, str]]:
    """Yield the files of a folder with these endings: name and text."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in endings and "node_modules" not in path.parts:
            yield str(path.relative_to(ROOT)), path.read_text("utf-8")


def unescaped_in(text: str) -> list[str]:
    """Return what lets markup through a template."""
    return UNESCAPED.findall(text)


def markers_in(tree: ast.Module) -> set[str]:
    """Return the names in a module by which text is taken for markup."""
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.alias)}
    words = {
        keyword.arg
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "is_safe"
    }
    return (names & MARKERS) | {word for word in words if word}


def formats_in(tree: ast.Module) -> list[str]:
    """Return the calls that fill a pattern whose first argument is not a constant."""
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"format_html", "format_html_join", "filled", "filled_each"}
        and not isinstance(node.args[0], ast.Constant)
    ]


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    return [Source(path) for path in sorted(PACKAGE.rglob("*.py"))]


def test_no_template_lets_markup_through() -> None:
    templates = dict(texts(PACKAGE, ".html", ".txt"))

    assert [name for name, text in templates.items() if unescaped_in(text)] == []
    assert len([name for name in templates if name.endswith(".html")]) > 80


def test_no_module_takes_text_for_markup(sources: list[Source]) -> None:
    found = {
        (str(source.path.relative_to(ROOT)), name)
        for source in sources
        for name in markers_in(source.tree)
    }

    assert found == set(PLACES)


def test_what_is_filled_in_is_filled_into_a_constant(sources: list[Source]) -> None:
    assert [call for source in sources for call in formats_in(source.tree)] == []


def test_no_island_makes_markup_of_text() -> None:
    islands = {
        name: text for name, text in texts(ROOT / "assets", ".ts") if not name.endswith(".test.ts")
    }

    assert [name for name, text in islands.items() if WRITERS.search(text)] == []
    assert len(islands) > 5


@pytest.mark.parametrize(
    "text",
    [
        "{{ case.text|safe }}",
        "{{ case.text | safe|linebreaks }}",
        "{% autoescape off %}{{ case.text }}{% endautoescape %}",
        "{{ words|safeseq|join:' ' }}",
        "{% filter safe %}{{ case.text }}{% endfilter %}",
    ],
)
def test_a_template_that_lets_markup_through_is_found(text: str) -> None:
    assert len(unescaped_in(text)) == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("from django.utils.safestring import mark_safe\nx = mark_safe(text)", "mark_safe"),
        ("import django.utils.safestring as s\nx = s.SafeString(text)", "SafeString"),
        ("class Words:\n    def __html__(self): return self.text", "__html__"),
        ("@register.filter(is_safe=True)\ndef loud(text): return text", "is_safe"),
    ],
)
def test_a_module_that_takes_text_for_markup_is_found(text: str, name: str) -> None:
    assert markers_in(ast.parse(text)) == {name}


def test_a_pattern_that_is_filled_in_itself_is_found() -> None:
    planted = "x = format_html(f'<b>{name}</b>{{}}', 1)\ny = format_html('<b>{}</b>', name)"
    shorter = "x = filled(pattern, name)\ny = filled_each('<b>{}</b>', names)"

    assert formats_in(ast.parse(planted)) == ["format_html(f'<b>{name}</b>{{}}', 1)"]
    assert formats_in(ast.parse(shorter)) == ["filled(pattern, name)"]


@pytest.mark.parametrize(
    "text",
    ["place.innerHTML = words;", "place.outerHTML += words", "eval(words)", "new Function(w)"],
)
def test_an_island_that_makes_markup_of_text_is_found(text: str) -> None:
    assert len(WRITERS.findall(text)) == 1
