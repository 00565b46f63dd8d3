"""What a person is in the zone, and who may do what in the registry. No query, no change."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shuniu.zone.accounts.choices import ADMIN_ROLES, STAFF_ROLES, Role
from shuniu.zone.kernel.fields import plain_form

# Staff who work with enterprises and their needs; administrators look after the system alone.
STAFF = STAFF_ROLES - ADMIN_ROLES


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's roles, and the offices and enterprises that they belong to.

    ``is_discipline`` says that the person reads for the discipline office: by the role of a
    reader, who reads every restricted case, or by a post there, which shows the office's own.
    """

    user_id: int
    roles: frozenset[str]
    office_ids: frozenset[int]
    enterprise_ids: frozenset[int]
    is_discipline: bool = False

    def has(self, role: Role) -> bool:
        return role in self.roles

    @property
    def is_staff(self) -> bool:
        return not self.roles.isdisjoint(STAFF)


def may_put_profile_in_force(who: Standing | None) -> bool:
    """The system administrator, or the system itself when it is set up (no person)."""
    return who is None or who.has(Role.SYSTEM_ADMIN)


def may_see_calendar(who: Standing) -> bool:
    """All staff, whose deadlines rest on it, and the system administrator, who keeps it."""
    return who.is_staff or who.has(Role.SYSTEM_ADMIN)


def may_edit_calendar(who: Standing | None) -> bool:
    """The system administrator, or the system itself (no person)."""
    return who is None or who.has(Role.SYSTEM_ADMIN)


def may_register(who: Standing | None) -> bool:
    """The center's clerks, or the system itself when it loads a zone."""
    return who is None or who.has(Role.CENTER_CLERK)


def may_find_caller(who: Standing) -> bool:
    """Who writes down what enterprises say on the phone."""
    return bool(who.roles & {Role.CENTER_CLERK, Role.SERVICE_OFFICER})


def is_reason_in_words(note: str) -> bool:
    """4 to 60 characters without seven digits in a row: a reason is kept for good, a number not."""
    return 4 <= len(note) <= 60 and not re.search(r"\d{7}", plain_form(note))


def may_reveal_contact(who: Standing) -> bool:
    """Staff who have to reach enterprises; not leaders and readers, who only read."""
    return bool(
        who.roles & {Role.CENTER_CLERK, Role.SERVICE_OFFICER, Role.UNIT_HANDLER, Role.SUPERVISOR}
    )


def may_see_people(who: Standing) -> bool:
    """Those who open accounts, and those who give roles."""
    return bool(who.roles & {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})


def may_appoint(who: Standing | None) -> bool:
    """The system administrator opens accounts of staff and gives them their posts."""
    return who is None or who.has(Role.SYSTEM_ADMIN)


def may_guard(who: Standing) -> bool:
    """The security administrator gives roles and codes, ends sessions, closes accounts."""
    return who.has(Role.SECURITY_ADMIN)


def may_decide_registrations(who: Standing) -> bool:
    """The center's clerks."""
    return who.has(Role.CENTER_CLERK)


def may_help_enterprise_people(who: Standing) -> bool:
    """The center's clerks, for people of enterprises who cannot get in any more."""
    return who.has(Role.CENTER_CLERK)


def may_administer_enterprise(who: Standing) -> bool:
    """Who administers an enterprise; which one is asked of the rows."""
    return who.has(Role.ENTERPRISE_ADMIN)


def may_protect_data(who: Standing) -> bool:
    """The security administrator, who decides requests of persons."""
    return who.has(Role.SECURITY_ADMIN)


def may_see_enterprises(who: Standing) -> bool:
    """All staff who work with enterprises; enterprises see their own record on its own page."""
    return who.is_staff


def may_correct_enterprises(who: Standing) -> bool:
    """The center's clerks: they keep the register of enterprises."""
    return who.has(Role.CENTER_CLERK)


def may_see_places(who: Standing) -> bool:
    """All staff who work with enterprises."""
    return who.is_staff


def may_keep_places(who: Standing | None) -> bool:
    """The center's clerks, or the system itself when it loads a zone; sites of enterprises too."""
    return who is None or who.has(Role.CENTER_CLERK)
