"""Two people, or two workers, at one import at the same moment."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from shuniu.zone.kernel import services
from shuniu.zone.kernel.models import Fact, ImportRun
from shuniu.zone.registry.models import Enterprise
from tests.desk.at_once import at_once
from tests.factories import THURSDAY_10, clerk
from tests.sheets import firm, xlsx

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("shared_database", "zone"),
]


@pytest.fixture
def ready(settings: Any, tmp_path: Path, zone: object) -> ImportRun:  # noqa: ARG001  # the list is checked against the zone
    """A list of 300 enterprises that waits to be confirmed."""
    settings.UPLOADS = tmp_path
    run = services.receive_list(
        kind="enterprises", name="list.xlsx", content=xlsx(map(firm, range(300))), is_pasted=False,
        language="en", actor=clerk(), now=THURSDAY_10,
    )  # fmt: skip
    services.read_import(import_id=run.pk, now=THURSDAY_10)
    run.refresh_from_db()
    columns = {key: place for place, key in enumerate(run.layout["columns"]) if key}
    services.set_columns(
        import_id=run.pk, sheet=0, head=0, depth=1, columns=columns, options={"datum": "WGS84"},
        actor=run.made_by, now=THURSDAY_10,
    )  # fmt: skip
    services.check_import(import_id=run.pk, version=1, now=THURSDAY_10)
    run.refresh_from_db()
    assert (run.state, run.problem, run.counts.get("NEW"), run.counts) == (
        "READY", "", 300, {"NEW": 300, "NOTES": 0, "rows": 300},
    )  # fmt: skip
    return run


def test_of_four_who_confirm_at_once_one_does_and_each_row_is_written_once(
    ready: ImportRun,
) -> None:
    confirm = partial(
        services.confirm_import, import_id=ready.pk, version=1, actor=ready.made_by, now=THURSDAY_10
    )

    got = at_once([confirm] * 4)

    losses = [type(what) for what in got if not isinstance(what, ImportRun)]
    assert losses == [services.ImportMovedOn] * 3
    assert Fact.objects.filter(kind="kernel.import.confirmed").count() == 1

    at_once([partial(services.write_import, import_id=ready.pk, now=THURSDAY_10)] * 2)

    ready.refresh_from_db()
    assert (ready.state, ready.counts["written"], ready.counts["left"]) == ("DONE", 300, 0)
    assert Enterprise.objects.count() == 300
    assert Fact.objects.filter(kind="kernel.import.written").count() == 1
