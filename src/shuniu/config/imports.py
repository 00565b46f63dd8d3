"""Which lists may be imported, on one screen."""

from __future__ import annotations

from shuniu.zone.hall.services import ITEM_LIST
from shuniu.zone.kernel.importing.kinds import ListKind
from shuniu.zone.registry.services import ENTERPRISE_LIST, STAFF_LIST

IMPORTS: tuple[ListKind, ...] = (ENTERPRISE_LIST, STAFF_LIST, ITEM_LIST)
