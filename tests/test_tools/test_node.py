from __future__ import annotations

import pytest

from tools.node import is_good_version


@pytest.mark.parametrize("version", ["v20.19.0", "v20.20.2", "v22.12.0", "v24.19.0\n"])
def test_a_node_that_vite_runs_on_is_good(version: str) -> None:
    assert is_good_version(version)


@pytest.mark.parametrize("version", ["v18.20.4", "v20.18.3", "v21.7.3", "v22.11.0", "", "bun 1.2"])
def test_an_older_or_unknown_node_is_not(version: str) -> None:
    assert not is_good_version(version)
