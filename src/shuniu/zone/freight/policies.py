"""Who reads freight messages, and who decides on their words."""

from __future__ import annotations

from shuniu.zone.accounts.choices import Role
from shuniu.zone.registry.queries import Standing


def may_read_messages(who: Standing) -> bool:
    """The center, and the officers who help enterprises find trucks; they may correct a word."""
    return bool(who.roles & {Role.CENTER_CLERK, Role.SERVICE_OFFICER})


def may_decide_words(who: Standing) -> bool:
    """Whoever keeps the table of words: the center, and the system administrator."""
    return bool(who.roles & {Role.CENTER_CLERK, Role.SYSTEM_ADMIN})
