from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tools import registry

CONFIGURED = """\
:env:.find-links='/nowhere/wheels'
global.extra-index-url='file:///nowhere/simple https://extra.example/simple'
global.index-url='https://mirror.example/simple'
"""


@pytest.fixture(autouse=True)
def _machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for names in registry.HANDED_OVER.values():
        for name in names:
            monkeypatch.delenv(name, raising=False)
    listed = subprocess.CompletedProcess[str]([], 0, stdout=CONFIGURED)
    monkeypatch.setattr(subprocess, "run", lambda *_words, **_options: listed)


def test_uv_is_told_what_pip_is_configured_for_except_for_what_does_not_exist() -> None:
    assert registry.uv_environment(Path("python")) == {
        "UV_DEFAULT_INDEX": "https://mirror.example/simple",
        "UV_INDEX": "https://extra.example/simple",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_NO_PROGRESS": "1",
    }


def test_a_variable_of_pip_goes_before_its_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://other.example/simple")

    handed = registry.uv_environment(Path("python"))

    assert handed["UV_DEFAULT_INDEX"] == "https://other.example/simple"


def test_what_uv_was_told_itself_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://own.example/simple")

    assert "UV_DEFAULT_INDEX" not in registry.uv_environment(Path("python"))
