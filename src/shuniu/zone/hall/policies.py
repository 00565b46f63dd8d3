"""Who may do what in the service hall. Predicates only: no query, no change."""

from __future__ import annotations

from shuniu.zone.accounts.choices import Role
from shuniu.zone.registry.queries import Standing


def may_read_items(who: Standing) -> bool:
    """Staff who work with enterprises, and the people of enterprises."""
    return who.is_staff or bool(who.enterprise_ids)


def may_keep_items(who: Standing | None) -> bool:
    """The center's clerks, or the system itself when it loads a zone (no person)."""
    return who is None or who.has(Role.CENTER_CLERK)


def may_write_for_others(who: Standing) -> bool:
    """Who writes down needs for enterprises that called or came."""
    return bool(who.roles & {Role.CENTER_CLERK, Role.SERVICE_OFFICER})
