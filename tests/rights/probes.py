"""What the matrix does not ask: small questions, each about one rule, with a known answer.

Each says whether the product answers as it must; its name is the sentence that must be true.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import Grant, SignInSession
from shuniu.zone.desk.queries import cases_visible_to, counts_of
from shuniu.zone.desk.queries.rows import CaseFilter
from shuniu.zone.desk.queries.summary import daily_counts, day_summary
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.portal.services.incidents import settle_incident
from shuniu.zone.registry import services as registry
from shuniu.zone.registry.choices import RevealReason
from shuniu.zone.registry.models import Membership
from shuniu.zone.registry.queries import (
    PeopleFilter,
    RegistrationFilter,
    counts_of_registrations,
    filtered_people,
    found_members,
    own_enterprises,
    people_counts,
    standing_of,
    waiting_registrations,
)
from tests.factories import THURSDAY_10, CaseFactory, office
from tests.rights.commands import NOW
from tests.rights.expectations import Cell
from tests.rights.matrix import CSRF, Matrix, session_of
from tests.rights.world import DAY, MISSING

Rule = Callable[[Matrix], bool]
SET_UP = "/account/second-factor/"


def the_list_of_sessions_shows_those_of_the_person_alone(matrix: Matrix) -> bool:
    page = _page(matrix, "clerk", reverse("accounts:sessions"))
    own = SignInSession.objects.filter(user=matrix.world.people["clerk"])
    return page.count('id="place-') == own.count()


def the_page_of_a_person_shows_their_sessions_alone(matrix: Matrix) -> bool:
    worker = matrix.world.rows["own"].worker
    page = _page(matrix, "security", reverse("registry:person", args=[worker.pk]))
    return page.count('class="session"') == SignInSession.objects.filter(user=worker).count()


def sessions_of_others_are_shown_to_the_security_administrator_alone(matrix: Matrix) -> bool:
    worker = matrix.world.rows["own"].worker
    page = _page(matrix, "admin", reverse("registry:person", args=[worker.pk]))
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
    return _is_refused(lambda: settle_incident(incident_id=incident, actor=security, now=NOW), 409)


def an_incident_that_does_not_exist_is_not_found(matrix: Matrix) -> bool:
    security = matrix.world.people["security"]
    return _is_refused(lambda: settle_incident(incident_id=MISSING, actor=security, now=NOW), 404)


def a_reason_that_holds_a_telephone_number_is_refused(matrix: Matrix) -> bool:
    row, clerk = matrix.world.rows["own"], matrix.world.people["clerk"]
    return _is_refused(
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
        _page(matrix, "chief", reverse(name)) for name in ("registry:contacts", "registry:members")
    ]
    return not any(foreign.short_name in page for page in pages)


def an_enterprise_that_cannot_be_meant_is_not_found(matrix: Matrix) -> bool:
    client = matrix.client_of("chief")
    return client.get(reverse("registry:members"), {"enterprise": "A"}).status_code == 404


def without_a_membership_no_enterprise_is_administered(matrix: Matrix) -> bool:
    Membership.objects.filter(user=matrix.world.people["chief"]).delete()
    return matrix.client_of("chief").get(reverse("registry:members")).status_code == 403


def the_head_of_a_page_names_the_offices_of_the_reader_alone(matrix: Matrix) -> bool:
    page = _page(matrix, "audit", reverse("accounts:account"))
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


def a_step_that_does_not_exist_is_not_found(matrix: Matrix) -> bool:
    world, own = matrix.world, matrix.world.rows["own"]
    steps = (
        ("security", "registry:person-step", own.worker.pk),
        ("chief", "registry:member-step", own.membership.pk),
        ("chief", "registry:contact-step", own.contact.pk),
        ("clerk", "registry:registration-decide", world.registration.pk),
        ("security", "portal:incident-step", world.incident.pk),
    )
    return all(
        _posted(matrix, role, reverse(name, args=[pk, "no-such-step"]), {}) == 404
        for role, name, pk in steps
    )


def a_role_that_does_not_exist_cannot_be_taken(matrix: Matrix) -> bool:
    worker = matrix.world.rows["own"].worker
    url = reverse("registry:person-step", args=[worker.pk, "take"])
    return _posted(matrix, "security", url, {"role": "king"}) == 404


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
    a_step_that_does_not_exist_is_not_found,
    a_role_that_does_not_exist_cannot_be_taken,
)


def _page(matrix: Matrix, role: str, url: str) -> str:
    return matrix.client_of(role).get(url).content.decode()


def _posted(matrix: Matrix, role: str, url: str, fields: dict[str, str]) -> int:
    client = matrix.client_of(role)
    client.cookies[settings.CSRF_COOKIE_NAME] = CSRF
    headers = {"X-CSRFToken": CSRF, "Idempotency-Key": "a-key-of-a-small-probe"}
    return client.post(url, fields, headers=headers).status_code


def _is_refused(command: Callable[[], object], status: int) -> bool:
    try:
        command()
    except Refusal as refusal:
        return refusal.status == status
    return False
