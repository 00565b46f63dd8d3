"""What a person is in the zone, and who may do what in the registry. No query, no change."""

from __future__ import annotations

from dataclasses import dataclass

from shuniu.zone.accounts.choices import Role

STAFF = frozenset({Role.CENTER_CLERK, Role.UNIT_HANDLER, Role.SUPERVISOR, Role.LEADER})


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's roles, and the offices and enterprises that they belong to.

    ``is_discipline`` says that one of the offices is the discipline office, whose people alone
    read restricted cases.
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


def may_register(who: Standing | None) -> bool:
    """The center's clerks, or the system itself when it loads a zone."""
    return who is None or who.has(Role.CENTER_CLERK)


def may_reveal_contact(who: Standing) -> bool:
    """Staff who have to reach enterprises; not leaders, who read figures."""
    return bool(who.roles & {Role.CENTER_CLERK, Role.UNIT_HANDLER, Role.SUPERVISOR})
