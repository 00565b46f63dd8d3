"""Guards whose removal nobody can notice, each with the reason why that is so."""

from __future__ import annotations

from collections.abc import Mapping

ALL_STAFF_SEE_ALL = "asked for staff alone, who see the contacts and names of all enterprises"
COMMAND_ASKS = "what it calls first is a command that asks for the same role"

UNNOTICED: Mapping[str, str] = {
    "desk.views.cases._page: registry.contacts_visible_to(who)": ALL_STAFF_SEE_ALL,
    "desk.queries.searching._shown: cases_visible_to(who)": (
        "it is asked for the cases that the finder found among those of the same person"
    ),
    "registry.queries.enterprises.corrections_visible_to: if may_administer_enterprise(who)": (
        "the enterprises that it narrows to are none for whoever administers none"
    ),
    "registry.queries.enterprises.records_visible_to: enterprises_visible_to(who)": (
        ALL_STAFF_SEE_ALL
    ),
    "registry.views.enterprises.enterprise_page: queries.contacts_visible_to(who)": (
        ALL_STAFF_SEE_ALL
    ),
    "registry.services.lists.enterprise_writing.apply_enterprises: "
    "if not policies.may_register(standing_or_system(actor))": COMMAND_ASKS,
    "registry.services.lists.staff_writing.apply_staff: "
    "if not policies.may_appoint(standing_or_system(actor))": COMMAND_ASKS,
    "registry.services.people.open_staff_account: "
    "if not policies.may_appoint(standing_or_system(actor))": COMMAND_ASKS,
}
