"""Small questions about enterprises, places, corrections and lists that no cell asks."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from django.urls import reverse

from shuniu.zone.accounts.models import Grant
from shuniu.zone.kernel.importing.kinds import Errand
from shuniu.zone.kernel.services.importing import drop_import
from shuniu.zone.registry import services as registry
from shuniu.zone.registry.choices import CorrectionState
from shuniu.zone.registry.models import Correction, Enterprise
from shuniu.zone.registry.queries import (
    EnterpriseFilter,
    PlaceFilter,
    RegistrationFilter,
    correction_counts,
    corrections_in,
    counts_of_registrations,
    enterprise_choice,
    enterprise_counts,
    enterprises_found,
    filtered_enterprises,
    filtered_places,
    merges_visible_to,
    own_enterprises,
    place_counts,
    sites_visible_to,
    standing_of,
    waiting_corrections,
    waiting_registrations,
)
from shuniu.zone.registry.services.lists.enterprise_undoing import undo_enterprises
from shuniu.zone.registry.services.lists.enterprise_writing import apply_enterprises
from shuniu.zone.registry.services.lists.staff_writing import apply_staff, undo_staff
from shuniu.zone.registry.services.words import rebuild_words as rebuild_enterprise_words
from tests.rights.commands import NEW_FIRM, NOW
from tests.rights.expectations import GROUPS
from tests.rights.matrix import Matrix
from tests.rights.probing import is_refused, page_of


def registrations_are_counted_for_clerks_alone(matrix: Matrix) -> bool:
    for role, person in matrix.world.people.items():
        who, wanted = standing_of(person), int(role == "clerk")
        if counts_of_registrations(who, RegistrationFilter())[""] != wanted:
            return False
        if waiting_registrations(who) != wanted:
            return False
    return True


def an_enterprise_is_administered_by_role_and_membership(matrix: Matrix) -> bool:
    chief = matrix.world.people["chief"]
    is_theirs = own_enterprises(standing_of(chief)).exists()
    Grant.objects.filter(user=chief).delete()
    return is_theirs and not own_enterprises(standing_of(chief)).exists()


def enterprises_are_found_and_counted_for_staff_alone(matrix: Matrix) -> bool:
    wanted, everything = EnterpriseFilter(), Enterprise.objects.filter(merged_into=None).count()
    for role, person in matrix.world.people.items():
        who = standing_of(person)
        seen = everything if role in GROUPS["@staff"] else 0
        if filtered_enterprises(who, wanted, NOW).count() != seen:
            return False
        if enterprise_counts(who, wanted, NOW)[""] != seen:
            return False
    return True


def an_enterprise_finds_and_chooses_itself_alone(matrix: Matrix) -> bool:
    rebuild_enterprise_words()
    who, rows = standing_of(matrix.world.people["chief"]), matrix.world.rows
    own, foreign = rows["own"].enterprise, rows["foreign"].enterprise
    return (
        enterprises_found(who, "海门", limit=9) == [own]
        and enterprise_choice(who, str(own.pk)) == [(str(own.pk), own.name)]
        and enterprise_choice(who, str(foreign.pk)) == []
    )


def the_lists_of_enterprises_hold_what_was_asked_for(matrix: Matrix) -> bool:
    rebuild_enterprise_words()
    own, foreign, other = (row.enterprise for row in matrix.world.rows.values())
    asked = (reverse("registry:enterprises"), reverse("registry:merge-new", args=[other.pk]))
    pages = [page_of(matrix, "clerk", f"{url}?words={own.short_name}") for url in asked]
    rows = registry.export_enterprises(
        wanted=EnterpriseFilter(words=own.name), actor=matrix.world.people["clerk"], now=NOW
    )
    shown = [own.name in page and foreign.name not in page for page in pages]
    return shown == [True, True] and rows == [own]


def corrections_are_counted_for_clerks_and_those_who_asked_alone(matrix: Matrix) -> bool:
    for role, person in matrix.world.people.items():
        who, wanted = standing_of(person), {"clerk": 3, "chief": 1}.get(role, 0)
        counted = (
            corrections_in(who, CorrectionState.WAITING).count(),
            correction_counts(who)[""],
            waiting_corrections(who),
        )
        if counted != (wanted, wanted, wanted):
            return False
    return True


def the_list_of_corrections_holds_what_was_asked_for(matrix: Matrix) -> bool:
    foreign = matrix.world.rows["foreign"]
    Correction.objects.filter(pk=foreign.correction.pk).update(state=CorrectionState.REJECTED)
    page = page_of(matrix, "clerk", reverse("registry:corrections"))
    return foreign.enterprise.name not in page


def places_sites_and_merges_are_shown_to_those_who_may_see_them_alone(matrix: Matrix) -> bool:
    for role, person in matrix.world.people.items():
        who, is_staff = standing_of(person), role in GROUPS["@staff"]
        firms = {row.enterprise_id for row in sites_visible_to(who)}
        own = {matrix.world.rows["own"].enterprise.pk} if role in GROUPS["@firm"] else set()
        if firms != (
            {row.enterprise.pk for row in matrix.world.rows.values()} if is_staff else own
        ):
            return False
        if (place_counts(who, PlaceFilter())[""], filtered_places(who, PlaceFilter()).count()) != (
            (1, 1) if is_staff else (0, 0)
        ):
            return False
        if merges_visible_to(who).exists() != (role == "clerk"):
            return False
    return True


def the_list_of_places_holds_what_was_asked_for(matrix: Matrix) -> bool:
    url, name = reverse("registry:places"), matrix.world.place.name
    found, others = (page_of(matrix, "clerk", f"{url}?words={words}") for words in (name, "南门"))
    return f">{name}<" in found and f">{name}<" not in others


def a_list_is_imported_by_those_who_may_alone(matrix: Matrix) -> bool:
    world = matrix.world
    dropped = partial(drop_import, import_id=world.imported.pk, now=NOW)
    stranger = {role: Errand(person, NOW, "", {}) for role, person in world.people.items()}
    return (
        is_refused(lambda: dropped(actor=world.people["admin"]), 403)
        and is_refused(lambda: apply_enterprises([], stranger["admin"]), 403)
        and is_refused(lambda: undo_enterprises([], stranger["admin"]), 403)
        and is_refused(lambda: apply_staff([], stranger["clerk"]), 403)
        and is_refused(lambda: undo_staff([], stranger["clerk"]), 403)
    )


def what_is_registered_already_is_told_to_those_who_register_alone(matrix: Matrix) -> bool:
    known = matrix.world.rows["own"].enterprise
    new = replace(NEW_FIRM, name=known.name, credit_code=known.credit_code)
    admin = matrix.world.people["admin"]
    return is_refused(lambda: registry.add_enterprise(new=new, actor=admin, now=NOW), 403)
