"""Rights that end, end with the next request: nothing of them is kept in a session."""

from __future__ import annotations

import pytest
from django.conf import settings

from shuniu.zone.accounts.models import Grant, User
from shuniu.zone.registry.models import Membership, Post
from tests.factories import person
from tests.rights.expectations import ROLES, Cell, cells_of
from tests.rights.matrix import Matrix, said, session_of

IN_OFFICE = ("handler", "discip")
OF_FIRM = ("firm", "chief")
OPEN_TO_ALL = {cell.address for cell in cells_of("out") if cell.expected not in {"in", "405"}}
# What one does with rows of one's own person, whatever the role.
OF_THE_PERSON = {
    "accounts:deletion-back",
    "accounts:recovery-codes",
    "accounts:session-end",
    "accounts:token-end",
    "notices:open",
}


def allowed_to(role: str) -> list[Cell]:
    """Return what a role may do, a page also by part."""
    return [cell for cell in cells_of(role) if cell.is_allowed and cell.method in {"GET", "POST"}]


def answers(matrix: Matrix, cells: list[Cell]) -> list[str]:
    return [said(matrix.ask(cell)) for cell in cells]


def as_somebody_without(matrix: Matrix, cells: list[Cell]) -> list[str]:
    """Return the answers to somebody who never had a right."""
    role = cells[0].role
    kept = matrix.sessions[role]
    matrix.sessions[role] = session_of(person())
    try:
        return answers(matrix, cells)
    finally:
        matrix.sessions[role] = kept


def take_role(user: User) -> None:
    Grant.objects.filter(user=user).delete()


def take_post(user: User) -> None:
    Post.objects.filter(user=user).delete()


def take_membership(user: User) -> None:
    Membership.objects.filter(user=user).delete()


@pytest.mark.parametrize("role", ROLES[1:])
def test_without_the_role_everything_is_as_if_it_had_never_been_given(
    matrix: Matrix, role: str
) -> None:
    cells = [cell for cell in allowed_to(role) if cell.address not in OF_THE_PERSON]
    assert answers(matrix, cells) == [cell.expected for cell in cells]

    take_role(matrix.world.people[role])

    assert answers(matrix, cells) == as_somebody_without(matrix, cells)


@pytest.mark.parametrize("role", IN_OFFICE)
def test_without_the_post_the_cases_of_the_office_are_gone(matrix: Matrix, role: str) -> None:
    cells = [
        cell for cell in allowed_to(role) if cell.address.startswith(("desk:case-", "desk:att"))
    ]
    about_rows = [cell for cell in cells if cell.row != "-"]

    take_post(matrix.world.people[role])

    assert set(answers(matrix, about_rows)) == {"404"}


@pytest.mark.parametrize("role", OF_FIRM)
def test_without_the_membership_the_enterprise_is_gone(matrix: Matrix, role: str) -> None:
    cells = [cell for cell in allowed_to(role) if cell.address.startswith("desk:")]

    take_membership(matrix.world.people[role])

    assert set(answers(matrix, cells)) == {"403", "404"}


@pytest.mark.parametrize("role", OF_FIRM)
def test_with_another_enterprise_rows_change_sides(matrix: Matrix, role: str) -> None:
    pages = {c.row: c for c in cells_of(role) if (c.address, c.method) == ("desk:case-page", "GET")}

    Membership.objects.filter(user=matrix.world.people[role]).update(
        enterprise=matrix.world.rows["foreign"].enterprise
    )

    assert answers(matrix, [pages["own"], pages["foreign"]]) == ["404", "200"]


@pytest.mark.parametrize("role", ROLES[1:])
def test_with_a_closed_account_nobody_is_signed_in(matrix: Matrix, role: str) -> None:
    cells = [c for c in allowed_to(role) if c.address not in OPEN_TO_ALL and not c.by_part]
    about_people = [c for c in cells if c.address.partition(":")[0] not in {"kernel", "accounts"}]

    User.objects.filter(pk=matrix.world.people[role].pk).update(is_active=False)

    assert set(answers(matrix, about_people)) == {"in"}


@pytest.mark.parametrize("role", ROLES[1:])
def test_a_session_that_was_ended_opens_nothing(matrix: Matrix, role: str) -> None:
    cells = [c for c in allowed_to(role) if c.address.startswith(("portal:", "desk:"))]
    client = matrix.client_of(role)
    client.logout()

    assert set(answers(matrix, cells)) == {"in"}


def test_the_session_cookie_alone_is_what_is_kept(matrix: Matrix) -> None:
    client = matrix.client_of("clerk")

    client.get("/cases/")

    assert set(client.cookies) <= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
