"""What the matrix does not ask: small questions, each about one rule, with a known answer.

Each says whether the product answers as it must; its name is the sentence that must be true.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from unittest.mock import patch

from django.urls import reverse

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import Grant, SignInSession
from shuniu.zone.desk.queries import cases_visible_to, counts_of, search
from shuniu.zone.desk.queries.rows import CaseFilter
from shuniu.zone.desk.queries.summary import daily_counts, day_summary
from shuniu.zone.desk.services.words import rebuild_words as rebuild_case_words
from shuniu.zone.kernel.models import ImportRun
from shuniu.zone.portal.services.incidents import settle_incident
from shuniu.zone.registry import policies
from shuniu.zone.registry import services as registry
from shuniu.zone.registry.choices import RevealReason
from shuniu.zone.registry.models import Membership
from shuniu.zone.registry.queries import (
    PeopleFilter,
    filtered_people,
    found_members,
    people_counts,
    standing_of,
)
from shuniu.zone.registry.views import merging
from tests.factories import THURSDAY_10, CaseFactory, office
from tests.rights.commands import NOW
from tests.rights.expectations import Cell
from tests.rights.matrix import Matrix, session_of
from tests.rights.probes_registry import (
    a_list_is_imported_by_those_who_may_alone,
    an_enterprise_finds_and_chooses_itself_alone,
    an_enterprise_is_administered_by_role_and_membership,
    corrections_are_counted_for_clerks_and_those_who_asked_alone,
    enterprises_are_found_and_counted_for_staff_alone,
    places_sites_and_merges_are_shown_to_those_who_may_see_them_alone,
    registrations_are_counted_for_clerks_alone,
    the_list_of_corrections_holds_what_was_asked_for,
    the_list_of_places_holds_what_was_asked_for,
    the_lists_of_enterprises_hold_what_was_asked_for,
    what_is_registered_already_is_told_to_those_who_register_alone,
)
from tests.rights.probing import is_refused, page_of, posted
from tests.rights.world import DAY, MISSING

Rule = Callable[[Matrix], bool]
SET_UP = "/account/second-factor/"
# Predicates that pages ask first, and the queries behind them again.
ASKED_BY_PAGES = (
    "may_see_enterprises",
    "may_correct_enterprises",
    "may_see_places",
    "may_keep_places",
    "may_see_people",
    "may_decide_registrations",
)


def the_list_of_sessions_shows_those_of_the_person_alone(matrix: Matrix) -> bool:
    page = page_of(matrix, "clerk", reverse("accounts:sessions"))
    own = SignInSession.objects.filter(user=matrix.world.people["clerk"])
    return page.count('id="place-') == own.count()


def the_page_of_a_person_shows_their_sessions_alone(matrix: Matrix) -> bool:
    worker = matrix.world.rows["own"].worker
    page = page_of(matrix, "security", reverse("registry:person", args=[worker.pk]))
    return page.count('class="session"') == SignInSession.objects.filter(user=worker).count()


def sessions_of_others_are_shown_to_the_security_administrator_alone(matrix: Matrix) -> bool:
    worker = matrix.world.rows["own"].worker
    page = page_of(matrix, "admin", reverse("registry:person", args=[worker.pk]))
    ends = reverse("registry:person-step", args=[worker.pk, "end-sessions"])
    return 'class="session"' not in page and ends not in page


def the_password_alone_leads_to_the_second_factor(matrix: Matrix) -> bool:
    kept = matrix.sessions["clerk"]
    matrix.sessions["clerk"] = session_of(matrix.world.people["clerk"], second_factor=False)
    try:
        answer = matrix.ask(Cell("desk:case-list", "-", "GET", "clerk", "302"))
    finally:
        matrix.sessions["clerk"] = kept
    return (answer.status, answer.location) == (302, SET_UP)


def a_session_that_was_ended_opens_nothing(matrix: Matrix) -> bool:
    SignInSession.objects.filter(user=matrix.world.people["clerk"]).update(end="ENDED")
    answer = matrix.ask(Cell("desk:case-list", "-", "GET", "clerk", "302"))
    return answer.status == 302


def the_office_shows_its_cases_to_its_handlers_alone(matrix: Matrix) -> bool:
    in_office = matrix.world.people["handler"]
    Grant.objects.filter(user=in_office).update(role=Role.AUDIT_ADMIN)
    who = standing_of(in_office)
    return bool(who.office_ids) and not cases_visible_to(who).exists()


def a_number_counts_what_the_person_may_read(matrix: Matrix) -> bool:
    wanted = {"all": CaseFilter()}
    counted = {
        role: counts_of(standing_of(matrix.world.people[role]), wanted)["all"]
        for role in ("firm", "clerk", "handler", "leader", "reader", "discip", "carrier")
    }
    return counted == {
        "firm": 1, "clerk": 2, "handler": 1, "leader": 2, "reader": 1, "discip": 1, "carrier": 0,
    }  # fmt: skip


def the_figures_of_a_day_leave_out_restricted_cases(matrix: Matrix) -> bool:
    before = day_summary(DAY), daily_counts(DAY, DAY)
    restricted = matrix.world.rows["restricted"].case
    CaseFactory.create(
        enterprise=restricted.enterprise,
        sensitivity=restricted.sensitivity,
        lead_unit=restricted.lead_unit,
        state="DISPATCHED",
        category="municipal",
        urgency="critical",
        submitted_at=THURSDAY_10,
        done_due_at=THURSDAY_10,
    )
    return (day_summary(DAY), daily_counts(DAY, DAY)) == before


def who_gives_a_case_back_sees_it_no_more(matrix: Matrix) -> bool:
    answer = matrix.ask(Cell("desk:case-step/return", "own", "POST", "handler", "302"))
    return answer.location == reverse("desk:case-list")


def an_incident_without_its_steps_is_not_settled(matrix: Matrix) -> bool:
    security = matrix.world.people["security"]
    incident = matrix.world.incident.pk
    return is_refused(lambda: settle_incident(incident_id=incident, actor=security, now=NOW), 409)


def an_incident_that_does_not_exist_is_not_found(matrix: Matrix) -> bool:
    security = matrix.world.people["security"]
    return is_refused(lambda: settle_incident(incident_id=MISSING, actor=security, now=NOW), 404)


def a_reason_that_holds_a_telephone_number_is_refused(matrix: Matrix) -> bool:
    row, clerk = matrix.world.rows["own"], matrix.world.people["clerk"]
    return is_refused(
        lambda: registry.reveal_contact(
            contact_id=row.contact.pk,
            reason=RevealReason.OTHER,
            note="打 15400009999 试试",
            actor=clerk,
            now=NOW,
        ),
        422,
    )


def colleagues_of_others_are_not_found_by_search(matrix: Matrix) -> bool:
    firm = matrix.world.rows["foreign"].enterprise
    who = standing_of(matrix.world.people["chief"])
    clerk = standing_of(matrix.world.people["clerk"])
    return not found_members(who, firm.name) and len(found_members(clerk, firm.name)) == 1


def the_choice_of_enterprises_offers_those_of_the_person_alone(matrix: Matrix) -> bool:
    foreign = matrix.world.rows["foreign"].enterprise
    pages = [
        page_of(matrix, "chief", reverse(name))
        for name in ("registry:contacts", "registry:members", "registry:own-enterprise")
    ]
    return not any(foreign.short_name in page for page in pages)


def an_enterprise_that_cannot_be_meant_is_not_found(matrix: Matrix) -> bool:
    client = matrix.client_of("chief")
    return client.get(reverse("registry:members"), {"enterprise": "A"}).status_code == 404


def without_a_membership_no_enterprise_is_administered(matrix: Matrix) -> bool:
    Membership.objects.filter(user=matrix.world.people["chief"]).delete()
    return matrix.client_of("chief").get(reverse("registry:members")).status_code == 403


def the_head_of_a_page_names_the_offices_of_the_reader_alone(matrix: Matrix) -> bool:
    page = page_of(matrix, "audit", reverse("accounts:account"))
    return office("planning_bureau").zh not in page


def people_are_found_and_counted_for_those_who_look_after_them_alone(matrix: Matrix) -> bool:
    for role, person in matrix.world.people.items():
        who = standing_of(person)
        is_theirs = role in {"security", "admin"}
        if filtered_people(who, PeopleFilter()).exists() != is_theirs:
            return False
        if bool(people_counts(who, PeopleFilter())["all"]) != is_theirs:
            return False
    return True


def the_file_of_people_holds_what_was_asked_for(matrix: Matrix) -> bool:
    wanted = PeopleFilter(role=Role.LEADER)
    admin = matrix.world.people["admin"]
    rows = registry.export_people(wanted=wanted, actor=admin, now=NOW)
    return [row.user for row in rows] == [matrix.world.people["leader"]]


def a_search_finds_the_cases_that_the_person_may_read_alone(matrix: Matrix) -> bool:
    rebuild_case_words()
    found = {
        role: len(search(standing_of(matrix.world.people[role]), "诉求", limit=9).cases)
        for role in ("firm", "clerk", "handler", "leader", "reader", "discip", "carrier")
    }
    return found == {
        "firm": 1, "clerk": 2, "handler": 1, "leader": 2, "reader": 1, "discip": 1, "carrier": 0,
    }  # fmt: skip


def rows_stay_hidden_from_a_page_that_forgets_to_ask(matrix: Matrix) -> bool:
    world, own = matrix.world, matrix.world.rows["own"]
    pages = (
        ("registry:enterprise", own.enterprise.pk),
        ("registry:site-new", own.enterprise.pk),
        ("registry:site", own.site.pk),
        ("registry:place", world.place.pk),
        ("registry:merge", world.merge.pk),
        ("registry:person", own.worker.pk),
        ("registry:registration", world.registration.pk),
    )
    client, firm = matrix.client_of("audit"), own.enterprise
    other = reverse("registry:merge-new", args=[firm.pk]) + f"?other={firm.pk}"
    verify = reverse("registry:enterprise-verify", args=[firm.pk])
    with ExitStack() as forgetful:
        for name in ASKED_BY_PAGES:
            forgetful.enter_context(patch.object(policies, name, lambda _who: True))
        answers = {client.get(reverse(name, args=[pk])).status_code for name, pk in pages}
        answers.add(posted(matrix, "audit", verify, {}))
        with patch.object(merging, "enterprise_of", lambda _request, _pk: firm):
            answers.add(client.get(other).status_code)
    return answers == {404}


def a_page_asks_before_a_command_gives_a_file(matrix: Matrix) -> bool:
    client = matrix.client_of("audit")
    commands = {
        "export_enterprises": "registry:enterprises-csv", "export_people": "registry:people-file",
    }  # fmt: skip
    for command, name in commands.items():
        with patch.object(registry, command, lambda **_given: []):
            if client.get(reverse(name)).status_code != 403:
                return False
    return True


def an_import_without_a_file_with_marks_gives_none(matrix: Matrix) -> bool:
    run = matrix.world.imported
    ImportRun.objects.filter(pk=run.pk).update(marking="")
    answer = matrix.client_of("clerk").get(reverse("kernel:import-file", args=[run.pk]))
    return answer.status_code == 404


def a_step_that_does_not_exist_is_not_found(matrix: Matrix) -> bool:
    world, own = matrix.world, matrix.world.rows["own"]
    steps = (
        ("security", "registry:person-step", own.worker.pk),
        ("chief", "registry:member-step", own.membership.pk),
        ("chief", "registry:contact-step", own.contact.pk),
        ("clerk", "registry:registration-decide", world.registration.pk),
        ("security", "portal:incident-step", world.incident.pk),
        ("clerk", "registry:correction-decide", own.correction.pk),
        ("clerk", "registry:site-step", own.site.pk),
        ("clerk", "registry:place-step", world.place.pk),
        ("clerk", "kernel:import-step", world.imported.pk),
    )
    return all(
        posted(matrix, role, reverse(name, args=[pk, "no-such-step"]), {}) == 404
        for role, name, pk in steps
    )


def a_role_that_does_not_exist_cannot_be_taken(matrix: Matrix) -> bool:
    worker = matrix.world.rows["own"].worker
    url = reverse("registry:person-step", args=[worker.pk, "take"])
    return posted(matrix, "security", url, {"role": "king"}) == 404


def what_no_form_of_the_product_sends_is_not_found(matrix: Matrix) -> bool:
    columns = reverse("kernel:import-columns", args=[matrix.world.imported.pk])
    merge = reverse("registry:merge-new", args=[matrix.world.rows["own"].enterprise.pk])
    return (
        posted(matrix, "clerk", columns, {"sheet": "first"}) == 404
        and posted(matrix, "clerk", merge, {"other": "A"}) == 404
    )


RULES: tuple[Rule, ...] = (
    the_list_of_sessions_shows_those_of_the_person_alone,
    the_page_of_a_person_shows_their_sessions_alone,
    sessions_of_others_are_shown_to_the_security_administrator_alone,
    the_password_alone_leads_to_the_second_factor,
    a_session_that_was_ended_opens_nothing,
    the_office_shows_its_cases_to_its_handlers_alone,
    a_number_counts_what_the_person_may_read,
    the_figures_of_a_day_leave_out_restricted_cases,
    who_gives_a_case_back_sees_it_no_more,
    an_incident_without_its_steps_is_not_settled,
    an_incident_that_does_not_exist_is_not_found,
    a_reason_that_holds_a_telephone_number_is_refused,
    colleagues_of_others_are_not_found_by_search,
    the_choice_of_enterprises_offers_those_of_the_person_alone,
    an_enterprise_that_cannot_be_meant_is_not_found,
    without_a_membership_no_enterprise_is_administered,
    the_head_of_a_page_names_the_offices_of_the_reader_alone,
    people_are_found_and_counted_for_those_who_look_after_them_alone,
    the_file_of_people_holds_what_was_asked_for,
    registrations_are_counted_for_clerks_alone,
    an_enterprise_is_administered_by_role_and_membership,
    enterprises_are_found_and_counted_for_staff_alone,
    an_enterprise_finds_and_chooses_itself_alone,
    the_lists_of_enterprises_hold_what_was_asked_for,
    corrections_are_counted_for_clerks_and_those_who_asked_alone,
    the_list_of_corrections_holds_what_was_asked_for,
    places_sites_and_merges_are_shown_to_those_who_may_see_them_alone,
    the_list_of_places_holds_what_was_asked_for,
    a_search_finds_the_cases_that_the_person_may_read_alone,
    a_list_is_imported_by_those_who_may_alone,
    what_is_registered_already_is_told_to_those_who_register_alone,
    rows_stay_hidden_from_a_page_that_forgets_to_ask,
    a_page_asks_before_a_command_gives_a_file,
    an_import_without_a_file_with_marks_gives_none,
    a_step_that_does_not_exist_is_not_found,
    a_role_that_does_not_exist_cannot_be_taken,
    what_no_form_of_the_product_sends_is_not_found,
)
