"""Commands of the registry. Each is one transaction and records what it did as facts."""

from __future__ import annotations

from shuniu.zone.registry.problems import office_calendar, working_days_before
from shuniu.zone.registry.services.asking import NotForYou, standing_or_system
from shuniu.zone.registry.services.contacts import reveal_contact
from shuniu.zone.registry.services.enterprises import (
    EnterpriseKnown,
    NewContact,
    NewEnterprise,
    admit_member,
    register_enterprises,
)
from shuniu.zone.registry.services.people import Appointment, appoint_staff
from shuniu.zone.registry.services.profile import (
    ProfileUnchanged,
    load_chinese_holidays,
    put_profile_in_force,
)

__all__ = [
    "Appointment",
    "EnterpriseKnown",
    "NewContact",
    "NewEnterprise",
    "NotForYou",
    "ProfileUnchanged",
    "admit_member",
    "appoint_staff",
    "load_chinese_holidays",
    "office_calendar",
    "put_profile_in_force",
    "register_enterprises",
    "reveal_contact",
    "standing_or_system",
    "working_days_before",
]
