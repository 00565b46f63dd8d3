"""What is said about roles, passwords, and why somebody has to sign in again."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuniu.zone.accounts.choices import ENTERPRISE_ROLES, OUTSIDE_ROLES, Role, SessionEnd
from shuniu.zone.accounts.policies import passwords

WHY: dict[str, str | Promise] = {
    SessionEnd.IDLE: gettext_lazy(
        "You were signed out because nothing happened for 30 minutes. Please sign in again."
    ),
    SessionEnd.OLD: gettext_lazy(
        "You were signed out because 12 hours are over. Please sign in again."
    ),
    SessionEnd.ENDED: gettext_lazy(
        "You were signed out from another device, or by the administration. If this was not you, "
        "change your password after signing in."
    ),
    SessionEnd.PASSWORD: gettext_lazy(
        "Your password was changed, so all other devices were signed out. Please sign in with the "
        "new password. If this was not you, ask for help at once."
    ),
    SessionEnd.CLOSED: gettext_lazy("This account was closed. If that is a mistake, ask for help."),
}

_MAY: dict[str, str | Promise] = {
    Role.ENTERPRISE_USER: gettext_lazy(
        "Send needs for your enterprise, follow them, and confirm the answers."
    ),
    Role.ENTERPRISE_ADMIN: gettext_lazy(
        "Send and follow needs, and look after the accounts and contacts of your enterprise."
    ),
    Role.CENTER_CLERK: gettext_lazy(
        "Accept and dispatch needs, write them down for enterprises, approve registrations."
    ),
    Role.SERVICE_OFFICER: gettext_lazy(
        "Read needs, write them down for enterprises, and call their contacts."
    ),
    Role.UNIT_HANDLER: gettext_lazy("Handle the needs that are dispatched to your office."),
    Role.SUPERVISOR: gettext_lazy("Watch over deadlines and handle needs that were opened again."),
    Role.LEADER: gettext_lazy("Read the daily briefing and all needs that are not restricted."),
    Role.DISCIPLINE_READER: gettext_lazy("Read the needs that are about the conduct of staff."),
    Role.CARRIER: gettext_lazy("Look after your own account. For transports, call the center."),
    Role.ESCORT: gettext_lazy("Look after your own account. For escorts, call the center."),
    Role.SERVICE_PROVIDER: gettext_lazy(
        "Look after your own account. For your services in the zone, call the center."
    ),
    Role.INVESTOR: gettext_lazy("Look after your own account. For projects, call the center."),
    Role.SECURITY_ADMIN: gettext_lazy(
        "Give and take roles, issue one-time codes, end sessions, close and reopen accounts."
    ),
    Role.AUDIT_ADMIN: gettext_lazy("Read, check and export the audit trail."),
    Role.SYSTEM_ADMIN: gettext_lazy(
        "Open accounts of staff, keep offices and the zone profile, watch the background work."
    ),
}


@dataclass(frozen=True, slots=True)
class RoleWords:
    """A role and what it lets a person do."""

    label: str
    sentence: str


def role_words(roles: frozenset[str]) -> tuple[RoleWords, ...]:
    """Return what each role lets a person do, in the order of the roles."""
    return tuple(
        RoleWords(str(role.label), str(_MAY[role])) for role in Role if role.value in roles
    )


def needs_a_place(roles: frozenset[str]) -> bool:
    """Return whether some role is worth something only in an office or for an enterprise."""
    return bool(roles & (ENTERPRISE_ROLES | {Role.UNIT_HANDLER}))


def rule_words(roles: frozenset[str] | None) -> tuple[str, ...]:
    """Return what a new password must be; ``None`` for somebody not known yet."""
    least = {"least": passwords.LEAST_CHARACTERS, "staff": passwords.LEAST_CHARACTERS_STAFF}
    if roles is None:
        length = _("At least %(least)d characters; for staff at least %(staff)d.") % least
    elif roles - ENTERPRISE_ROLES - OUTSIDE_ROLES:
        length = _("At least %(staff)d characters.") % least
    else:
        length = _("At least %(least)d characters.") % least
    rules = [
        length,
        _("A whole sentence is easy to remember and hard to guess. Chinese and spaces are fine."),
        _("Without your name, sign-in name, phone number, enterprise, or the name of the zone."),
    ]
    if settings.PASSWORD_RULES == "dengbao":
        rules.insert(1, _("Three of these: capital letters, small letters, digits, other signs."))
        rules.append(_("It has to be changed every 90 days."))
    return tuple(rules)
