"""Translations without gettext: ``python -m tools.messages extract | compile | check``.

A catalog belongs to a folder of the package (each app, and ``config``): it holds what the Python
files and templates of this folder mark. Sources are English, the one language is ``zh_Hans``.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "shuniu"
LANGUAGE = "zh_Hans"
CATALOG = Path("locale") / LANGUAGE / "LC_MESSAGES" / "django.po"
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = f"""\
msgid ""
msgstr ""
"Language: {LANGUAGE}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
PLACEHOLDER = re.compile(r"%\(\w+\)[-#0 +]*[\d.]*[a-zA-Z]|(?<!%)%[sdrf]|\{\w*\}")


def folders(package: Path = PACKAGE) -> list[Path]:
    """Return the folders that own a catalog."""
    apps = sorted(path.parent for path in (package / "zone").glob("*/__init__.py"))
    return [*apps, package / "config"]


def marked(folder: Path) -> Catalog:
    """Return every string that the folder marks for translation."""
    catalog = Catalog(locale=LANGUAGE)
    for path in sorted(folder.rglob("*.py")):
        _add(catalog, path.read_text("utf-8"))
    for path in sorted(path for path in folder.rglob("templates/**/*") if path.is_file()):
        _add(catalog, _python_of_template(path))
    return catalog


def _add(catalog: Catalog, python: str) -> None:
    found = extract("python", io.BytesIO(python.encode()), keywords=KEYWORDS)
    for _line, message, _comments, context in found:
        catalog.add(message, context=context)


def _python_of_template(path: Path) -> str:
    """Return the marked strings of a template as calls, one line each, for the same extractor."""
    from django.conf import settings  # noqa: PLC0415  # a wheel is built where Django is not
    from django.utils.translation.template import templatize  # noqa: PLC0415  # the same

    if not settings.configured:
        settings.configure()
    calls = templatize(path.read_text("utf-8"), origin=str(path))
    return "\n".join(line.strip() for line in calls.splitlines())


def stored(folder: Path) -> Catalog:
    """Return the catalog of the folder, empty if there is none."""
    path = folder / CATALOG
    if not path.exists():
        return Catalog(locale=LANGUAGE)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def key(message: Message) -> tuple[str, str | None]:
    """Return what identifies a message: its (singular) text and its context."""
    text = message.id if isinstance(message.id, str) else message.id[0]
    return text, message.context


def extract_folder(folder: Path) -> None:
    """Write the catalog anew: new strings empty, known ones kept, gone ones left out."""
    known = {key(message): message for message in stored(folder)}
    wanted = marked(folder)
    for message in wanted:
        before = known.get(key(message))
        if message.id and before and type(before.id) is type(message.id):
            message.string = before.string
            message.flags |= before.flags & {"fuzzy"}
            message.user_comments = before.user_comments
    path = folder / CATALOG
    if not len(wanted):
        path.unlink(missing_ok=True)
        return
    body = io.BytesIO()
    write_po(body, wanted, width=0, no_location=True, omit_header=True, sort_output=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + body.getvalue().decode().strip("\n") + "\n", "utf-8")


def compile_folder(folder: Path) -> None:
    """Write the compiled catalog if it is older than its source."""
    source, target = folder / CATALOG, (folder / CATALOG).with_suffix(".mo")
    if not source.exists():
        target.unlink(missing_ok=True)
    elif not target.exists() or target.stat().st_mtime <= source.stat().st_mtime:
        with target.open("wb") as file:
            write_mo(file, stored(folder))


def complaints(folder: Path) -> Iterator[str]:
    """Yield what the catalog of the folder lacks, has too much, or has wrong."""
    place = (folder / CATALOG).relative_to(folder.parents[1])
    catalog = stored(folder)
    known = {key(message): message for message in catalog if message.id}
    wanted = {key(message): message for message in marked(folder) if message.id}
    for text, _context in sorted(wanted.keys() - known.keys(), key=str):
        yield f"{place}: no entry for {text!r}; run extract"
    for text, _context in sorted(known.keys() - wanted.keys(), key=str):
        yield f"{place}: nothing uses {text!r} any more; run extract"
    for gone in catalog.obsolete.values():
        yield f"{place}: obsolete entry {key(gone)[0]!r}; run extract"
    for same in sorted(known.keys() & wanted.keys(), key=str):
        yield from (f"{place}: {problem}" for problem in _entry_problems(known[same]))


def disagreements(all_folders: Iterable[Path]) -> Iterator[str]:
    """Yield what two catalogs translate differently: all pages would show the first one's words."""
    seen: dict[tuple[str, str | None], str] = {}
    for folder in all_folders:
        for message in stored(folder):
            if not message.id or not message.string:
                continue
            words = message.string if isinstance(message.string, str) else message.string[0]
            if seen.setdefault(key(message), words) != words:
                other = seen[key(message)]
                yield f"{key(message)[0]!r} is {other!r} and {words!r}; give one a context"


def _entry_problems(message: Message) -> Iterator[str]:
    text, _context = key(message)
    if message.fuzzy:
        yield f"{text!r} is marked fuzzy"
    originals = [message.id] if isinstance(message.id, str) else list(message.id)
    allowed = [set(PLACEHOLDER.findall(original)) for original in originals]
    strings = [message.string] if isinstance(message.string, str) else message.string
    for string in strings or [""]:
        if not string:
            yield f"{text!r} is not translated"
        elif set(PLACEHOLDER.findall(string)) not in allowed:
            yield f"{text!r} has other placeholders than {string!r}"


def main(arguments: list[str]) -> int:
    """Do what the one argument says and return the exit status."""
    match arguments:
        case ["extract"]:
            for folder in folders():
                extract_folder(folder)
        case ["compile"]:
            for folder in folders():
                compile_folder(folder)
        case ["check"]:
            found = [complaint for folder in folders() for complaint in complaints(folder)]
            found += disagreements(folders())
            print(*found, sep="\n", end="\n" if found else "")
            return 1 if found else 0
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
