"""Who may look after the system."""

from __future__ import annotations

from shuniu.zone.accounts.choices import Role
from shuniu.zone.registry.queries import Standing


def may_run_system(who: Standing) -> bool:
    return who.has(Role.SYSTEM_ADMIN)


def may_see_styles(who: Standing) -> bool:
    return who.is_staff or who.has(Role.SYSTEM_ADMIN)
