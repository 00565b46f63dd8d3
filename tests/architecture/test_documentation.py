"""What the documents list is what the product has: nothing missing, nothing invented."""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from shuniu.cli import COMMANDS
from shuniu.profiles.load import load_profile
from tests.architecture.sources import PACKAGE, ROOT, SOURCES
from tests.architecture.test_facts import APPS, facts_of

DOCS = ROOT / "docs"
OPERATING = [DOCS / "guide" / "operating.md", DOCS / "guide" / "operating.zh.md"]
FACTS = DOCS / "facts.md"
COMMAND_LINE = DOCS / "guide" / "command-line.md"
ROLE_GUIDES = [
    DOCS / "guide" / f"{role}.md"
    for role in (
        "enterprise",
        "clerk",
        "handler",
        "supervisor",
        "leader",
        "administrator",
        "audit.zh",
    )
]
NOT_AN_ENGINE = {"base"}  # what the engines stand on
STATUS_OF_A_REFUSAL = 422  # if it names none


def name_of(path: Path) -> str:
    return path.stem


def rows(path: Path, heading: str) -> list[list[str]]:
    """Return the rows of the first table under a heading, without its head; cells as written."""
    _before, found, after = path.read_text("utf-8").partition(f"## {heading}\n")
    assert found, f"{path.name} has no heading {heading!r}"
    section = re.split(r"^## ", after, maxsplit=1, flags=re.MULTILINE)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def code(cell: str) -> str:
    """Return what stands in backticks in a cell."""
    return cell.strip("`")


@pytest.mark.parametrize("path", OPERATING, ids=name_of)
def test_every_variable_of_the_environment_is_explained(path: Path) -> None:
    source = (PACKAGE / "config" / "env.py").read_text("utf-8")
    read = set(re.findall(r"SHUNIU_[A-Z_]+", source))

    text = path.read_text("utf-8")
    entries = set(re.findall(r"^\| `(SHUNIU_[A-Z_]+)` \|", text, re.MULTILINE))
    assert entries == read
    assert set(re.findall(r"SHUNIU_[A-Z_]+", text)) == read


def test_every_kind_of_fact_is_listed_with_its_label_and_its_fields() -> None:
    told = {code(kind): (label, code(names)) for kind, label, _when, names in rows(FACTS, "Facts")}

    with translation.override("en"):
        known = {
            fact.kind: (str(fact.label), ", ".join(field.name for field in fields(fact)))
            for app in APPS
            for fact in facts_of(app)
        }
    assert told == known


def refusals() -> Iterator[tuple[str, str]]:
    """Yield the code and the status of every refusal in the sources."""
    for source in SOURCES:
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.ClassDef):
                continue
            if not any(ast.unparse(base).endswith("Refusal") for base in node.bases):
                continue
            given = {
                ast.unparse(line.targets[0]): ast.literal_eval(line.value)
                for line in node.body
                if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant)
            }
            yield given["code"], str(given.get("status", STATUS_OF_A_REFUSAL))


def test_every_refusal_is_listed_with_its_status() -> None:
    told = [(code(name), status) for name, status, _when in rows(FACTS, "Refusals")]

    assert sorted(told) == sorted(refusals())


def test_every_command_has_its_heading_in_the_order_of_the_help() -> None:
    headings = re.findall(r"^## `shuniu (\w+)`$", COMMAND_LINE.read_text("utf-8"), re.MULTILINE)

    assert headings == list(COMMANDS)


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yield a parser and those of its subcommands."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for sub in action.choices.values():
                yield from parsers(sub)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_explained_with_all_its_options_and_no_others(name: str) -> None:
    parser = argparse.ArgumentParser(add_help=False)
    import_module(f"shuniu.cli.{name}").configure(parser)
    options = {
        word
        for each in parsers(parser)
        for action in each._actions
        for word in action.option_strings
        if word.startswith("--") and word != "--help"
    }

    text = COMMAND_LINE.read_text("utf-8").partition(f"## `shuniu {name}`\n")[2]
    section = re.split(r"^## ", text, maxsplit=1, flags=re.MULTILINE)[0]
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", section)) == options
    assert re.findall(r"^\*\*(\w[\w ]*)\.\*\*", section, re.MULTILINE) == [
        "Takes",
        "Gives",
        "Exit status",
        "Example",
    ]


def test_every_engine_has_its_page() -> None:
    folders = {path.parent.name for path in (PACKAGE / "engines").glob("*/__init__.py")}
    pages = {path.stem for path in (DOCS / "engines").glob("*.md")}

    assert folders - NOT_AN_ENGINE - pages == set()


def shown_words() -> set[str]:
    """Return every Chinese text that a page may show: translations and names of the profile."""
    words: set[str] = set()
    for path in PACKAGE.rglob("django.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                strings = message.string or ()
                words |= {strings} if isinstance(strings, str) else set(strings)
    profile = load_profile("haimen")
    named = (*profile.offices, *profile.roles, *profile.categories)
    return words | {part.zh for part in named}


@pytest.mark.parametrize("path", ROLE_GUIDES, ids=name_of)
def test_a_guide_names_buttons_and_fields_as_the_pages_do(path: Path) -> None:
    quoted = set(re.findall(r"「([^」]+)」", path.read_text("utf-8")))

    assert quoted != set()
    assert sorted(quoted - shown_words()) == []


@pytest.mark.parametrize("path", [*ROLE_GUIDES, *OPERATING, COMMAND_LINE], ids=name_of)
def test_a_guide_begins_with_its_title(path: Path) -> None:
    assert path.read_text("utf-8").startswith("# ")
