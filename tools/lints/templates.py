"""Templates hold no script, style or event handler: the content policy refuses them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from tools.lints import project_files

COMMENT = re.compile(r"\{% comment .*?%\}.*?\{% endcomment %\}", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
EVENT = re.compile(r"on[a-z]+|hx-on.*|@.*|x-on:.*")


class InlineFinder(HTMLParser):
    """Collects what stands in a page and belongs into a file."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag == "style":
            self._report("a style element")
        if tag == "script" and "src" not in names:
            self._report("a script without src")
        for name, value in attrs:
            if name == "style":
                self._report("a style attribute")
            if EVENT.fullmatch(name):
                self._report(f"the handler {name}")
            if value and value.strip().lower().startswith("javascript:"):
                self._report(f"a script in {name}")

    def _report(self, what: str) -> None:
        self.found.append((self.getpos()[0], what))


def complaints(root: Path) -> Iterator[str]:
    """Yield every inline script, style and handler of the HTML templates."""
    for path in project_files(root, ".html"):
        finder = InlineFinder()
        finder.feed(without_template_tags(path.read_text("utf-8")))
        for line, what in finder.found:
            yield f"{path.relative_to(root)}:{line}: {what}"


def without_template_tags(text: str) -> str:
    """Return the text with a letter for each template tag; lines keep their numbers."""
    text = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    return TAG.sub(lambda found: "x" + "\n" * found[0].count("\n"), text)
