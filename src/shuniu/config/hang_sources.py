"""What a hang can wrap: each app that has such rows names them for those who may see them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from shuniu.zone.briefings import queries as briefings
from shuniu.zone.desk import queries as desk
from shuniu.zone.hangs.choices import SourceKind
from shuniu.zone.hangs.queries import Source
from shuniu.zone.registry.queries import Standing

SOURCES: Mapping[str, Callable[[Standing, str], Source | None]] = {
    SourceKind.CASE: desk.hang_source,
    SourceKind.INSTRUCTION: briefings.hang_source,
}
