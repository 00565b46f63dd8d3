"""Measure personal fields: `python -m benchmarks.personal_fields` from the project's folder.

Prints the CPU microseconds of sealing and opening one phone number, of one blind index, and what a
row with two personal texts and an index costs beside one with plain texts of the same length, when
it is written in bulk and when it is read. Rows are in an SQLite database that is
gone afterwards.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

ROUNDS = 7
TEXTS = 5_000
ROWS = 2_000
PHONE = "15400012345"


def cpu_us(work: Callable[[], object], times: int) -> float:
    """Return the median CPU time of one piece of work in microseconds; ``work`` does ``times``."""
    taken = []
    for _round in range(ROUNDS):
        before = time.process_time()
        work()
        taken.append((time.process_time() - before) / times * 1e6)
    return statistics.median(taken)


def measure() -> dict[str, float]:
    """Return the figures by name: CPU microseconds, and ratios to plain fields."""
    from django.db import connection, models  # noqa: PLC0415  # Django is loaded by now

    from shuniu.zone.kernel.fields import (  # noqa: PLC0415
        BlindIndexField,
        PersonalTextField,
        index_of,
        seal,
        unseal,
    )

    def key() -> models.UUIDField[uuid.UUID, uuid.UUID]:
        return models.UUIDField(primary_key=True, default=uuid.uuid4)

    def model_of(title: str, /, **fields: models.Field[Any, Any]) -> Any:
        meta = type("Meta", (), {"app_label": "kernel"})
        return type(title, (models.Model,), {"__module__": __name__, "Meta": meta, **fields})

    plain = model_of(
        "Plain",
        id=key(),
        name=models.TextField(),
        phone=models.TextField(),
        phone_index=models.CharField(max_length=64, db_index=True),
    )
    personal = model_of(
        "Personal",
        id=key(),
        name=PersonalTextField(),
        phone=PersonalTextField(),
        phone_index=BlindIndexField(of="phone", db_index=True),
    )
    with connection.schema_editor() as editor:
        editor.create_model(plain)
        editor.create_model(personal)

    sealed = [seal(PHONE, f"a.b.{number}") for number in range(TEXTS)]
    figures = {
        "seal, µs": cpu_us(lambda: [seal(PHONE, f"a.b.{n}") for n in range(TEXTS)], TEXTS),
        "open, µs": cpu_us(lambda: [unseal(one) for one in sealed], TEXTS),
        "index, µs": cpu_us(
            lambda: [index_of(personal, "phone", PHONE) for _n in range(TEXTS)], TEXTS
        ),
    }

    def write(model: Any) -> None:
        model.objects.bulk_create(
            model(name="沈样例", phone=PHONE, phone_index="f" * 64) for _n in range(ROWS)
        )

    def read(model: Any) -> list[tuple[str, str]]:
        return [(row.name, row.phone) for row in model.objects.all()[:ROWS]]

    for what, work in (("write", write), ("read", read)):
        costs = [cpu_us(partial(work, model), ROWS) for model in (plain, personal)]
        figures[f"{what} a plain row, µs"], figures[f"{what} a personal row, µs"] = costs
        figures[f"{what}, ratio"] = costs[1] / costs[0]
    return figures


def main() -> None:
    """Measure in a data folder that is gone afterwards, and print."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"SHUNIU_HOME": home, "DJANGO_SETTINGS_MODULE": "shuniu.config.settings"}
        os.environ.pop("SHUNIU_DATABASE_URL", None)
        import django  # noqa: PLC0415

        django.setup()
        for name, value in measure().items():
            print(f"{name:28}{value:8.2f}")


if __name__ == "__main__":
    main()
