"""Lists that are imported: enterprises, and staff."""

from __future__ import annotations

from shuniu.zone.registry.services.lists.enterprises import ENTERPRISE_LIST
from shuniu.zone.registry.services.lists.staff import STAFF_LIST

__all__ = ["ENTERPRISE_LIST", "STAFF_LIST"]
