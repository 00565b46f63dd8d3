"""Who may look after what goes out."""

from __future__ import annotations

from shuniu.zone.accounts.choices import Role
from shuniu.zone.registry.queries import Standing


def may_run_outbox(who: Standing) -> bool:
    """The system administrator: ways out, undelivered messages, tests."""
    return who.has(Role.SYSTEM_ADMIN)
