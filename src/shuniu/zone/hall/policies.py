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


def may_run_counter(who: Standing) -> bool:
    """Who sits at a counter: the center, and handlers of the units that have a window."""
    return bool(who.roles & {Role.CENTER_CLERK, Role.SERVICE_OFFICER, Role.UNIT_HANDLER})


def may_see_queue(who: Standing) -> bool:
    """Who sits at a counter, and those who look after it."""
    return may_run_counter(who) or bool(who.roles & {Role.SUPERVISOR, Role.LEADER})


def may_give_ticket(who: Standing | None) -> bool:
    """The center hands tickets out; a terminal does it by itself (no person)."""
    return who is None or bool(who.roles & {Role.CENTER_CLERK, Role.SERVICE_OFFICER})


def may_keep_keys(who: Standing) -> bool:
    """The center's clerks set up screens and terminals."""
    return who.has(Role.CENTER_CLERK)
