"""Who may look after the system and its data."""

from __future__ import annotations

from shuniu.zone.accounts.choices import STAFF_ROLES, Role
from shuniu.zone.desk.queries import may_list_cases
from shuniu.zone.portal.models import DataIncident
from shuniu.zone.registry.queries import Standing


def may_run_system(who: Standing) -> bool:
    return who.has(Role.SYSTEM_ADMIN)


def may_see_styles(who: Standing) -> bool:
    """Staff, who make and check pages."""
    return not who.roles.isdisjoint(STAFF_ROLES)


def may_search(who: Standing) -> bool:
    """Staff, and enterprises in what is their own; others have nothing to find."""
    return who.is_staff or bool(who.enterprise_ids)


def may_see_the_day(who: Standing) -> bool:
    """Those who answer for the whole zone's cases: the center, supervisors and leaders."""
    return bool(who.roles & {Role.CENTER_CLERK, Role.SUPERVISOR, Role.LEADER})


def may_export(who: Standing) -> bool:
    """Whoever has a list that can be a long one; each list has its own rule besides."""
    return may_list_cases(who)


def may_protect_data(who: Standing) -> bool:
    """The security administrator: data map, purges, breaches, requests of persons."""
    return who.has(Role.SECURITY_ADMIN)


def may_be_settled(incident: DataIncident) -> bool:
    """Whether the steps of PIPL 57 are done: measures, the authority, the persons."""
    persons = incident.persons_told_at is not None or bool(incident.persons_not_told)
    return bool(incident.measures.strip()) and incident.authority_told_at is not None and persons
