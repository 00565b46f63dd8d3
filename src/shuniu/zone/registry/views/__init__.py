"""Pages of the registry."""

from __future__ import annotations

from shuniu.zone.registry.views.caller import caller
from shuniu.zone.registry.views.contacts import (
    contact_correct,
    contact_list,
    contact_new,
    contact_step,
)
from shuniu.zone.registry.views.members import (
    member,
    member_list,
    member_new,
    member_step,
)
from shuniu.zone.registry.views.pages import profile_page
from shuniu.zone.registry.views.people import (
    people_file,
    people_list,
    person,
    person_new,
    person_step,
)
from shuniu.zone.registry.views.registrations import (
    privacy,
    register,
    register_check,
    register_state,
    registered,
    registration_decide,
    registration_list,
    registration_page,
    registration_reveal,
)
from shuniu.zone.registry.views.reveal import contact_reveal

__all__ = [
    "caller",
    "contact_correct",
    "contact_list",
    "contact_new",
    "contact_reveal",
    "contact_step",
    "member",
    "member_list",
    "member_new",
    "member_step",
    "people_file",
    "people_list",
    "person",
    "person_new",
    "person_step",
    "privacy",
    "profile_page",
    "register",
    "register_check",
    "register_state",
    "registered",
    "registration_decide",
    "registration_list",
    "registration_page",
    "registration_reveal",
]
