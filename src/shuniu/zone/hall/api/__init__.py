"""The service hall for programs."""

from __future__ import annotations

from shuniu.zone.hall.api.items import catalogue
from shuniu.zone.hall.api.queue import queue_read

routers = (catalogue,)

__all__ = ["queue_read", "routers"]
