"""Who may read briefings."""

from __future__ import annotations

from shuniu.zone.accounts.choices import Role
from shuniu.zone.registry.queries import Standing


def may_read(who: Standing) -> bool:
    """Those who see all that a briefing counts: the center, supervisors and leaders."""
    return bool(who.roles & {Role.CENTER_CLERK, Role.SUPERVISOR, Role.LEADER})
