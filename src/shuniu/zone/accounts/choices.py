from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    ENTERPRISE_USER = "enterprise_user", _("Enterprise")
    ENTERPRISE_ADMIN = "enterprise_admin", _("Enterprise administrator")
    CENTER_CLERK = "center_clerk", _("Center clerk")
    SERVICE_OFFICER = "service_officer", _("Service officer")
    UNIT_HANDLER = "unit_handler", _("Unit handler")
    SUPERVISOR = "supervisor", _("Supervisor")
    LEADER = "leader", _("Leader")
    DISCIPLINE_READER = "discipline_reader", _("Discipline reader")
    CARRIER = "carrier", _("Carrier or driver")
    ESCORT = "escort", _("Escort")
    SERVICE_PROVIDER = "service_provider", _("Service provider")
    INVESTOR = "investor", _("Investor")
    SECURITY_ADMIN = "security_admin", _("Security administrator")
    AUDIT_ADMIN = "audit_admin", _("Audit administrator")
    SYSTEM_ADMIN = "system_admin", _("System administrator")


ADMIN_ROLES = frozenset({Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.SYSTEM_ADMIN})
ENTERPRISE_ROLES = frozenset({Role.ENTERPRISE_USER, Role.ENTERPRISE_ADMIN})
OUTSIDE_ROLES = frozenset({Role.CARRIER, Role.ESCORT, Role.SERVICE_PROVIDER, Role.INVESTOR})
STAFF_ROLES = frozenset(Role) - ENTERPRISE_ROLES - OUTSIDE_ROLES


class CodeUse(TextChoices):
    """What a check of a second factor was answered with."""

    TOTP = "TOTP", _("code of the app")
    RECOVERY = "RECOVERY", _("recovery code")


class SessionEnd(TextChoices):
    SIGNED_OUT = "SIGNED_OUT", _("signed out")
    IDLE = "IDLE", _("not used for half an hour")
    OLD = "OLD", _("twelve hours are over")
    ENDED = "ENDED", _("ended on the list")
    PASSWORD = "PASSWORD", _("password changed")  # the name of a reason
    CLOSED = "CLOSED", _("account closed")


class TokenEnd(TextChoices):
    """Why a key for programs opens nothing any more."""

    REVOKED = "REVOKED", _("revoked")
    PASSWORD = "PASSWORD", _("password changed")  # the name of a reason
    ROLE = "ROLE", _("a role was taken away")
    CLOSED = "CLOSED", _("account closed")


class RequestState(TextChoices):
    """What became of the wish to be deleted."""

    WAITING = "WAITING", _("waiting for a decision")
    GRANTED = "GRANTED", _("deleted")
    REFUSED = "REFUSED", _("not granted")
    WITHDRAWN = "WITHDRAWN", _("taken back")
