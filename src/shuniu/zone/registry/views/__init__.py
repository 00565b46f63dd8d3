"""Pages of the registry."""

from __future__ import annotations

from shuniu.zone.registry.views.caller import caller
from shuniu.zone.registry.views.contacts import (
    contact_correct,
    contact_list,
    contact_new,
    contact_step,
)
from shuniu.zone.registry.views.corrections import (
    correction_decide,
    correction_list,
    correction_page,
)
from shuniu.zone.registry.views.enterprises import (
    enterprise_edit,
    enterprise_list,
    enterprise_new,
    enterprise_page,
    enterprise_verify,
    enterprises_csv,
    enterprises_xlsx,
)
from shuniu.zone.registry.views.members import (
    member,
    member_list,
    member_new,
    member_step,
)
from shuniu.zone.registry.views.merging import (
    merge_list,
    merge_new,
    merge_page,
    merge_undo,
)
from shuniu.zone.registry.views.own_record import own_correct, own_enterprise
from shuniu.zone.registry.views.pages import profile_page
from shuniu.zone.registry.views.people import (
    people_file,
    people_list,
    person,
    person_new,
    person_step,
)
from shuniu.zone.registry.views.place_files import (
    place_file,
    place_file_step,
    places_import,
)
from shuniu.zone.registry.views.places import (
    place_correct,
    place_list,
    place_new,
    place_page,
    place_step,
    places_file,
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
from shuniu.zone.registry.views.sites import (
    site_correct,
    site_new,
    site_step,
)
from shuniu.zone.registry.views.suggest import suggest

__all__ = [
    "caller",
    "contact_correct",
    "contact_list",
    "contact_new",
    "contact_reveal",
    "contact_step",
    "correction_decide",
    "correction_list",
    "correction_page",
    "enterprise_edit",
    "enterprise_list",
    "enterprise_new",
    "enterprise_page",
    "enterprise_verify",
    "enterprises_csv",
    "enterprises_xlsx",
    "member",
    "member_list",
    "member_new",
    "member_step",
    "merge_list",
    "merge_new",
    "merge_page",
    "merge_undo",
    "own_correct",
    "own_enterprise",
    "people_file",
    "people_list",
    "person",
    "person_new",
    "person_step",
    "place_correct",
    "place_file",
    "place_file_step",
    "place_list",
    "place_new",
    "place_page",
    "place_step",
    "places_file",
    "places_import",
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
    "site_correct",
    "site_new",
    "site_step",
    "suggest",
]
