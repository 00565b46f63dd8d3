"""Give the facts of before the chain their place and their seal, in the order they were written.

The form that is sealed is written out here once more: a later form must not change what this
migration does.
"""

import hmac
import json
from datetime import UTC
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import Max

BATCH = 500


def number(text: str) -> int | float:
    exact = Decimal(text)
    whole = int(exact)
    return whole if whole == exact else float(text)


def seal_of(row: Any, before: str) -> str:
    data = json.loads(json.dumps(row.data), parse_float=number)
    at = row.happened_at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = (row.position, row.kind, row.subject, at, row.actor_id, row.origin, data)
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"))
    return hmac.digest(settings.CHAIN_KEY, (before + text).encode("ascii"), "sha256").hex()


def seal_facts(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rows = apps.get_model("kernel", "Fact").objects.using(schema_editor.connection.alias)
    position = rows.aggregate(last=Max("position"))["last"] or 0
    before = rows.get(position=position).seal if position else "0" * 64
    while batch := list(rows.filter(position=None).order_by("pk")[:BATCH]):
        for row in batch:
            position += 1
            row.position = position
            row.seal = before = seal_of(row, before)
        rows.bulk_update(batch, ["position", "seal"])


def leave_as_it_is(_apps: StateApps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The columns go with the migration before."""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_add_chain")]

    operations = [migrations.RunPython(seal_facts, leave_as_it_is)]
