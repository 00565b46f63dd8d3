"""What import-linter cannot say: which modules of an app are its doors."""

from __future__ import annotations

import pytest

from tests.architecture.sources import ZONE, Source

DOORS = {"choices", "facts", "models", "queries", "services"}
MODEL_READERS = {"models", "queries", "services", "problems", "metrics", "policies"}
ACTOR = "shuniu.zone.accounts.models.User"  # who asks: every page and command names the type
KERNEL_ONLY = {"refusals", "web", "clock", "search", "files", "fields", "live", "health"}


def name_of(source: Source) -> str:
    return source.name


@pytest.mark.parametrize("source", ZONE, ids=name_of)
def test_other_apps_are_entered_by_their_doors(source: Source) -> None:
    entered = [
        name.split(".")[2:]
        for name in source.imports()
        if name.startswith("shuniu.zone.") and name.count(".") > 2
    ]
    others = [parts for parts in entered if parts[0] not in {source.app, "kernel"}]

    assert [".".join(parts) for parts in others if parts[1] not in DOORS] == []


@pytest.mark.parametrize("source", ZONE, ids=name_of)
def test_models_of_other_apps_are_read_only_where_rows_belong(source: Source) -> None:
    models = [
        name
        for name in source.imports()
        if name.startswith("shuniu.zone.")
        and name.count(".") > 2
        and name != ACTOR
        and name.split(".")[3] == "models"
        and name.split(".")[2] not in {source.app, "kernel"}
    ]

    assert source.module in MODEL_READERS or models == []


@pytest.mark.parametrize("source", ZONE, ids=name_of)
def test_modules_of_the_kernel_alone_stay_in_the_kernel(source: Source) -> None:
    assert source.app == "kernel" or source.module not in KERNEL_ONLY
