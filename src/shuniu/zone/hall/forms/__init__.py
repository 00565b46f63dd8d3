"""Shape of what people send to the service hall."""

from __future__ import annotations

from shuniu.zone.hall.forms.items import ItemForm

__all__ = ["ItemForm"]
