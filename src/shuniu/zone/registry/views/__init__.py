"""Pages of the registry."""

from __future__ import annotations

from shuniu.zone.registry.views.pages import contact_reveal, profile_page

__all__ = ["contact_reveal", "profile_page"]
