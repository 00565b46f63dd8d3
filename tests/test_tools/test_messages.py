from __future__ import annotations

from gettext import GNUTranslations
from pathlib import Path

import pytest

from tools import messages

VIEWS = """
from django.utils.translation import gettext_lazy as _, ngettext
TITLE = _("Open cases")
def days(count): return ngettext("%(count)d day", "%(count)d days", count)
"""
PAGE = """
{% load i18n %}
    <h1>{% translate "It is open" %}</h1>
  {% blocktranslate with office=case.office trimmed %}
     Waiting for
     {{ office }}
  {% endblocktranslate %}
 {% translate "May" context "month" %}
"""
SOURCES = {
    ("%(count)d day", None),
    ("It is open", None),
    ("May", "month"),
    ("Open cases", None),
    ("Waiting for %(office)s", None),
}


@pytest.fixture
def app(tmp_path: Path) -> Path:
    folder = tmp_path / "shuniu" / "zone" / "desk"
    (folder / "templates" / "desk").mkdir(parents=True)
    (folder / "views.py").write_text(VIEWS)
    (folder / "templates" / "desk" / "case.html").write_text(PAGE)
    return folder


def catalog(app: Path) -> Path:
    return app / messages.CATALOG


def translate(app: Path, *pairs: tuple[str, str]) -> None:
    text = catalog(app).read_text("utf-8")
    for source, translation in pairs:
        entry = f'msgid "{source}"\nmsgstr "'
        assert entry in text
        text = text.replace(entry, entry + translation)
    catalog(app).write_text(text, "utf-8")


def translate_all(app: Path) -> None:
    translate(
        app,
        ("It is open", "已开放"),
        ("May", "五月"),
        ("Open cases", "未结诉求"),
        ("Waiting for %(office)s", "等待%(office)s处理"),
    )
    text = catalog(app).read_text("utf-8")
    catalog(app).write_text(text.replace('msgstr[0] ""', 'msgstr[0] "%(count)d 天"'), "utf-8")


def test_python_and_templates_are_read_by_one_rule(app: Path) -> None:
    found = {messages.key(message) for message in messages.marked(app) if message.id}

    assert found == SOURCES


def test_new_strings_come_empty_and_known_translations_stay(app: Path) -> None:
    messages.extract_folder(app)
    translate_all(app)
    before = catalog(app).read_text("utf-8")

    messages.extract_folder(app)

    assert catalog(app).read_text("utf-8") == before
    assert list(messages.complaints(app)) == []


def test_strings_that_nothing_uses_go(app: Path) -> None:
    messages.extract_folder(app)
    translate_all(app)
    (app / "views.py").write_text("")

    messages.extract_folder(app)

    known = {messages.key(message) for message in messages.stored(app) if message.id}
    assert known == SOURCES - {("Open cases", None), ("%(count)d day", None)}


def test_what_a_catalog_lacks_is_told_one_by_one(app: Path) -> None:
    messages.extract_folder(app)
    translate_all(app)
    text = catalog(app).read_text("utf-8")
    text = text.replace("未结诉求", "").replace("等待%(office)s处理", "等待%(unit)s处理")
    text = text.replace('msgid "It is open"', '#, fuzzy\nmsgid "It is open"')
    catalog(app).write_text(text + '\n#~ msgid "Old"\n#~ msgstr "旧"\n', "utf-8")
    (app / "models.py").write_text("_('Closed')")

    place = "zone/desk/locale/zh_Hans/LC_MESSAGES/django.po"
    assert [line.removeprefix(f"{place}: ") for line in messages.complaints(app)] == [
        "no entry for 'Closed'; run extract",
        "obsolete entry 'Old'; run extract",
        "'It is open' is marked fuzzy",
        "'Open cases' is not translated",
        "'Waiting for %(office)s' has other placeholders than '等待%(unit)s处理'",
    ]


def test_a_catalog_is_compiled_for_django(app: Path) -> None:
    messages.extract_folder(app)
    translate_all(app)

    messages.compile_folder(app)

    with catalog(app).with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    assert compiled.gettext("Open cases") == "未结诉求"
    assert compiled.pgettext("month", "May") == "五月"
    assert compiled.ngettext("%(count)d day", "%(count)d days", 3) == "%(count)d 天"


def test_two_catalogs_that_translate_one_text_differently_are_told(
    app: Path, tmp_path: Path
) -> None:
    other = tmp_path / "shuniu" / "zone" / "accounts"
    other.mkdir(parents=True)
    (other / "views.py").write_text(VIEWS)
    for folder in (app, other):
        messages.extract_folder(folder)
    translate(app, ("Open cases", "未结诉求"))
    translate(other, ("Open cases", "启用"))

    told = list(messages.disagreements([app, other]))

    assert told == ["'Open cases' is '未结诉求' and '启用'; give one a context"]
