"""Which role may do what to which account. ``None`` is the system itself, where it is set up.

These are the rules between roles; that a colleague is of the same enterprise is asked where
enterprises are known.
"""

from __future__ import annotations

from typing import Protocol

from shuniu.zone.accounts.choices import ENTERPRISE_ROLES, OUTSIDE_ROLES, STAFF_ROLES, Role

Roles = frozenset[str]


class RuleOfAccount(Protocol):
    """Whether somebody with the roles ``who`` may do a thing to an account with ``whose``."""

    def __call__(self, who: Roles | None, whose: Roles, /, *, is_own: bool) -> bool: ...


OUTSIDERS = ENTERPRISE_ROLES | OUTSIDE_ROLES
WITH_SECOND_FACTOR = STAFF_ROLES | {Role.ENTERPRISE_ADMIN}


def needs_second_factor(roles: Roles) -> bool:
    """Staff, and those who administer an enterprise's people."""
    return not roles.isdisjoint(WITH_SECOND_FACTOR)


def may_open(who: Roles | None, wanted: Roles) -> bool:
    """The system administrator, for staff still without a role; the center, for people outside.

    An enterprise's administrator, for colleagues.
    """
    if who is None:
        return True
    if not wanted:
        return Role.SYSTEM_ADMIN in who
    if wanted <= ENTERPRISE_ROLES and Role.ENTERPRISE_ADMIN in who:
        return True
    return wanted <= OUTSIDERS and Role.CENTER_CLERK in who


def may_turn_role(who: Roles | None, role: str, *, is_own: bool) -> bool:
    """The security administrator, for any role but never their own.

    The center, and an enterprise's administrator among colleagues, for the roles outside.
    """
    if who is None:
        return True
    if is_own:
        return False
    if Role.SECURITY_ADMIN in who:
        return True
    if role in ENTERPRISE_ROLES and Role.ENTERPRISE_ADMIN in who:
        return True
    return role in OUTSIDERS and Role.CENTER_CLERK in who


def may_issue_code(who: Roles | None, whose: Roles, *, is_own: bool) -> bool:
    """The security administrator, for staff; the center and administrators, for people outside."""
    return _looks_after(who, whose) and not is_own


def may_close(who: Roles | None, whose: Roles, *, is_own: bool) -> bool:
    """As with codes: nobody locks themselves out."""
    return _looks_after(who, whose) and not is_own


def may_end_sessions(who: Roles | None, whose: Roles, *, is_own: bool) -> bool:
    """Everybody their own; those who look after the account, those of others."""
    return is_own or _looks_after(who, whose)


def may_rename(who: Roles | None, whose: Roles, *, is_own: bool) -> bool:
    """Everybody themselves; the system administrator staff; others as with codes."""
    if who is not None and Role.SYSTEM_ADMIN in who and whose.isdisjoint(OUTSIDERS):
        return True
    return is_own or _looks_after(who, whose)


def may_read_trail(who: Roles) -> bool:
    """The audit administrator alone."""
    return Role.AUDIT_ADMIN in who


def may_protect_data(who: Roles) -> bool:
    """The security administrator alone."""
    return Role.SECURITY_ADMIN in who


def _looks_after(who: Roles | None, whose: Roles) -> bool:
    if who is None:
        return True
    if Role.SECURITY_ADMIN in who:
        return True
    if not whose or not whose <= OUTSIDERS:
        return False
    if Role.CENTER_CLERK in who:
        return True
    return whose <= ENTERPRISE_ROLES and Role.ENTERPRISE_ADMIN in who
