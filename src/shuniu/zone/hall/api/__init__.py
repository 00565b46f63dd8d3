"""The service hall for programs."""

from __future__ import annotations

from shuniu.zone.hall.api.items import catalogue

routers = (catalogue,)

__all__ = ["routers"]
