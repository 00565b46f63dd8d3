"""Every module can be imported, whether or not something else imports it."""

from __future__ import annotations

from importlib import import_module

import pytest

from tests.architecture.sources import SOURCES, Source


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_a_module_can_be_imported(source: Source) -> None:
    name = source.name.removesuffix(".__init__")

    assert import_module(name).__name__ == name
