from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tools.lints import links, locks, paths, sizes, templates


@pytest.fixture
def root(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    return tmp_path


def test_a_link_to_nowhere_is_told(root: Path) -> None:
    (root / "docs").mkdir()
    (root / "docs" / "here.md").write_text("# Here")
    (root / "README.md").write_text(
        "[a](docs/here.md#here) [b](docs/gone.md) [c](https://example.org/x) [d](#top)\n"
        "```\n[e](nowhere.md)\n```\n[f]: docs\n"
    )

    assert list(links.complaints(root)) == ["README.md: docs/gone.md does not exist"]


def test_a_folder_of_a_machine_is_told_with_its_line(root: Path) -> None:
    folder = "/" + "home/someone"
    (root / "notes.txt").write_text(f"fine\nsee {folder}/notes\nhttps://example.org{folder}\n")
    (root / "picture.png").write_bytes(b"\x89PNG\xff" + folder.encode())

    assert list(paths.complaints(root)) == ["notes.txt:2: names " + "/" + "home/ of a machine"]


def test_long_modules_and_functions_are_told_and_migrations_are_not(root: Path) -> None:
    long = "def f() -> None:\n" + "    a = 1\n" * 70 + "b = 1\n" * 400
    (root / "long.py").write_text(long)
    (root / "migrations").mkdir()
    (root / "migrations" / "long.py").write_text(long)

    assert list(sizes.complaints(root)) == [
        "long.py: 471 lines; at most 450",
        "long.py:1: f has 71 lines; at most 70",
    ]


def test_everything_inline_in_a_template_is_told(root: Path) -> None:
    (root / "page.html").write_text(
        '{# <b style="x"> #}<p class="{% if a > b %}big{% endif %}">\n'
        "{% comment %}\n<style></style>\n{% endcomment %}\n"
        '<script src="{% static "a.js" %}"></script>\n'
        '<script>go()</script><b style="color:red">\n'
        '<a href="javascript:go()" onclick="go()" hx-on:click="go()">\n'
        "<style></style>\n"
    )

    assert list(templates.complaints(root)) == [
        "page.html:6: a script without src",
        "page.html:6: a style attribute",
        "page.html:7: a script in href",
        "page.html:7: the handler onclick",
        "page.html:7: the handler hx-on:click",
        "page.html:8: a style element",
    ]


def test_a_lock_that_is_out_of_step_or_names_an_address_is_told(root: Path) -> None:
    (root / "requirements.in").write_text("django<6  # why\nNum_Py\nbabel\n")
    (root / "requirements.txt").write_text(
        "# https://mirror.example/simple\ndjango==6.1 \\\n    --hash=sha256:00\nnum-py==2.0\n"
    )
    (root / "package.json").write_text(json.dumps({"dependencies": {"vite": "8.3.8"}}))
    (root / "package-lock.json").write_text(
        json.dumps(
            {
                "packages": {
                    "": {"dependencies": {"vite": "8.3.7"}},
                    "node_modules/vite": {"resolved": "https://mirror.example/vite.tgz"},
                }
            }
        )
    )

    assert list(locks.complaints(root)) == [
        "requirements.txt: names the address https://mirror.example/simple",
        "requirements.txt: django<6 is locked at 6.1",
        "requirements.txt: babel is not locked",
        "package-lock.json: dependencies differ from package.json",
        "package-lock.json: node_modules/vite names the address https://mirror.example/vite.tgz",
    ]
