"""Lists of the register as tables that leave the product."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from shuniu.zone.kernel.channels import Table
from shuniu.zone.kernel.clock import local
from shuniu.zone.registry import queries
from shuniu.zone.registry.models import Enterprise


def table_of_enterprises(rows: Iterable[Enterprise]) -> Table:
    """Return enterprises as a table, with every field of their records."""
    labels = {name: str(label) for name, label in queries.FIELD_LABELS.items()}
    heads = [*labels.values(), _("Right as of"), _("Registered")]
    return Table(
        title=_("Enterprises"),
        heads=tuple(heads),
        rows=(
            (
                *(_cell(row, field) for field in labels),
                f"{local(row.verified_at):%Y-%m-%d}" if row.verified_at else "",
                f"{local(row.registered_at):%Y-%m-%d}",
            )
            for row in rows
        ),
    )


def _cell(row: Enterprise, field: str) -> str | int:
    value = queries.value_of(row, field)
    if value is None:
        return ""
    if field == "industry_code":
        return row.industry_code
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    words = queries.words_of_value(field, value)
    return "" if words == queries.NOTHING else words
