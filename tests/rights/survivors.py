"""Guards whose removal nobody can notice, each with the reason why that is so."""

from __future__ import annotations

from collections.abc import Mapping

ALL_STAFF_SEE_ALL = "asked for staff alone, who see the contacts and names of all enterprises"
SECOND_WALL = "the line before asks the same predicate; who gets here sees all rows"

UNNOTICED: Mapping[str, str] = {
    "desk.views.cases._page: registry.contacts_visible_to(who)": ALL_STAFF_SEE_ALL,
    "desk.views.needs.need_for_enterprise: registry.enterprises_visible_to(who)": ALL_STAFF_SEE_ALL,
    "registry.views.people._user: queries.people_visible_to(request.standing)": SECOND_WALL,
    "registry.views.registrations._row: queries.registrations_visible_to(request.standing)": (
        SECOND_WALL
    ),
    "registry.views.people.people_file: if not policies.may_see_people(request.standing)": (
        "the command behind it asks the same predicate before it reads anything"
    ),
    "registry.services.people.open_staff_account: "
    "if not policies.may_appoint(standing_or_system(actor))": (
        "the account is opened by a command that asks for the same role first"
    ),
}
