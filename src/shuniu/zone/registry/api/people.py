"""The people of the zone, for those who open accounts and those who give roles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from ninja import Query, Status
from pydantic import ConfigDict, Field

from shuniu.zone.accounts import queries as accounts_queries
from shuniu.zone.accounts import services as accounts
from shuniu.zone.accounts.choices import ENTERPRISE_ROLES, Role
from shuniu.zone.accounts.models import User
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.api import (
    Body,
    Key,
    NotAcceptable,
    Page,
    PageQuery,
    Part,
    Request,
    Words,
    area,
    checked,
    fields_of,
    form_body,
    formed,
    found,
    page_of,
    to_be,
)
from shuniu.zone.kernel.rfc9457 import Fault
from shuniu.zone.registry import forms, policies, queries, services
from shuniu.zone.registry.queries import PeopleFilter
from shuniu.zone.registry.services import NewPost

MOST_POSTS = 10
people = area("People")


class PostPart(Part):
    """A place in an office."""

    office: str
    title: str
    is_head: bool


class PersonPart(Part):
    """Somebody with an account."""

    id: Key
    name: str
    sign_in_name: str
    posts: list[PostPart]
    roles: list[Role]
    state: Literal["in_use", "invited", "roleless", "closed"]
    has_second_factor: bool
    last_sign_in_at: datetime | None


class PeopleQuery(Part):
    """Which people; the filters of the list page."""

    model_config = ConfigDict(frozen=True)

    words: Words = ""
    office: Words = Field("", description="Code of an office")
    role: Role | None = None
    state: Literal["", "in_use", "invited", "roleless", "closed"] = ""


class PostBody(Body):
    """A place in an office, by the code of the office."""

    office: Words
    title: str = Field("", max_length=40)
    is_head: bool = False


class NewPerson(Body):
    """A member of staff, still without a role."""

    sign_in_name: str = Field(max_length=60)
    name: str = Field(max_length=60)
    phone: str = Field("", max_length=40)
    posts: list[PostBody] = Field(default_factory=list, max_length=MOST_POSTS)


class PostsBody(Body):
    """All posts that a person shall have."""

    posts: list[PostBody] = Field(max_length=MOST_POSTS)


class RoleBody(Body):
    """A role."""

    role: Role


class CodePart(Part):
    """A one-time code: it is shown once."""

    code: str


def person_parts(users: Sequence[User]) -> list[PersonPart]:
    """Return people as programs read them."""
    return [
        PersonPart(
            id=row.user.pk,
            name=row.user.name,
            sign_in_name=row.user.sign_in_name,
            posts=[
                PostPart(office=p.office.code, title=p.title, is_head=p.is_head) for p in row.posts
            ],
            roles=list(row.roles),
            state=row.state,  # type: ignore[arg-type]  # one of the four
            has_second_factor=row.has_second_factor,
            last_sign_in_at=row.last_sign_in_at,
        )
        for row in queries.person_rows(users)
    ]


@people.get("/people", url_name="people", operation_id="people_list", response=Page[PersonPart])
def people_list(
    request: Request, wanted: Query[PeopleQuery], page: Query[PageQuery]
) -> Page[PersonPart]:
    """List the people of the zone by name."""
    to_be(policies.may_see_people(request.standing))
    filters = PeopleFilter(
        words=wanted.words.replace("\x00", "").strip()[:60],
        office=wanted.office.replace("\x00", ""),
        role=wanted.role or "",
        state=wanted.state,
    )
    return page_of(request, queries.filtered_people(request.standing, filters), person_parts, page)


@people.post("/people", url_name="people", operation_id="person_add", response={201: PersonPart})
def person_add(request: Request, body: NewPerson) -> Status[PersonPart]:
    """Open an account for a member of staff; the security administrator gives the roles."""
    to_be(policies.may_appoint(request.standing))
    given = checked(forms.AccountForm(fields_of(body.model_dump(exclude={"posts"}))))
    user = services.open_staff_account(
        **given, posts=_posts(body.posts), actor=request.user, now=clock.now()
    )
    return Status(201, person_parts([user])[0])


@people.get(
    "/people/{int:person_id}", url_name="person", operation_id="person_read", response=PersonPart
)
def person_read(request: Request, person_id: Key) -> PersonPart:
    """Read one person: posts, roles, state."""
    return person_parts([_person(request, person_id)])[0]


@people.post(
    "/people/{int:person_id}/correct",
    url_name="person-correct",
    operation_id="person_correct",
    response=PersonPart,
)
@formed(form_body("CorrectedPerson", forms.RenameForm))
def person_correct(request: Request, person_id: Key, body: Body) -> PersonPart:
    """Correct name and number."""
    row, now = _person(request, person_id), clock.now()
    to_be(policies.may_appoint(request.standing))
    given = checked(forms.RenameForm(fields_of(body)))
    if given["name"] != row.name:
        accounts.rename(user_id=row.pk, name=given["name"], actor=request.user, now=now)
    if given["phone"] != accounts_queries.phone_of(row):
        accounts.set_phone(user_id=row.pk, number=given["phone"], actor=request.user, now=now)
    return person_parts([_person(request, person_id)])[0]


@people.post(
    "/people/{int:person_id}/posts",
    url_name="person-posts",
    operation_id="person_posts",
    response=PersonPart,
)
def person_posts(request: Request, person_id: Key, body: PostsBody) -> PersonPart:
    """Let a person serve in these offices and no others."""
    row = _person(request, person_id)
    to_be(policies.may_appoint(request.standing))
    services.change_posts(
        user_id=row.pk, posts=_posts(body.posts), actor=request.user, now=clock.now()
    )
    return person_parts([row])[0]


@people.post(
    "/people/{int:person_id}/give",
    url_name="person-give",
    operation_id="person_give",
    response=PersonPart,
)
def person_give(request: Request, person_id: Key, body: RoleBody) -> PersonPart:
    """Give a role."""
    row = _guarded(request, person_id)
    held = accounts_queries.roles_of(row)
    is_outside = bool(held) and held <= ENTERPRISE_ROLES
    form = forms.GiveRoleForm(fields_of(body), held=sorted(held), is_outside=is_outside)
    checked(form)
    accounts.give_role(user_id=row.pk, role=body.role, actor=request.user, now=clock.now())
    return person_parts([row])[0]


@people.post(
    "/people/{int:person_id}/take",
    url_name="person-take",
    operation_id="person_take",
    response=PersonPart,
)
def person_take(request: Request, person_id: Key, body: RoleBody) -> PersonPart:
    """Take a role away; the person's keys end with it."""
    row = _guarded(request, person_id)
    accounts.take_role(user_id=row.pk, role=body.role, actor=request.user, now=clock.now())
    return person_parts([row])[0]


@people.post(
    "/people/{int:person_id}/code",
    url_name="person-code",
    operation_id="person_code",
    response=CodePart,
)
@formed(form_body("CodeForPerson", forms.CodeForm))
def person_code(request: Request, person_id: Key, body: Body) -> CodePart:
    """Make a one-time code to choose a password with; it is shown once."""
    row = _guarded(request, person_id)
    given = checked(forms.CodeForm(fields_of(body)))
    code = accounts.issue_code(user_id=row.pk, **given, actor=request.user, now=clock.now())
    return CodePart(code=code)


@people.post(
    "/people/{int:person_id}/{step}",
    url_name="person-step",
    operation_id="person_step",
    response={204: None},
)
def person_step(
    request: Request,
    person_id: Key,
    step: Literal["end-sessions", "end-keys", "close", "reopen"],
) -> Status[None]:
    """Sign a person out everywhere, end their keys, close the account, or open it again."""
    row, actor, now = _guarded(request, person_id), request.user, clock.now()
    if step == "end-sessions":
        accounts.end_sessions(user_id=row.pk, but_key=None, actor=actor, now=now)
    elif step == "end-keys":
        accounts.revoke_tokens(user_id=row.pk, actor=actor, now=now)
    elif step == "close":
        accounts.close_account(user_id=row.pk, actor=actor, now=now)
    else:
        accounts.reopen_account(user_id=row.pk, actor=actor, now=now)
    return Status(204, None)


def _posts(bodies: Sequence[PostBody]) -> list[NewPost]:
    """Return posts by the codes of their offices, as the form of the page would."""
    offices = {office.code: office for office in queries.active_offices()}
    data = {"posts-TOTAL_FORMS": len(bodies), "posts-INITIAL_FORMS": 0}
    fields = fields_of(data)
    for number, one in enumerate(bodies):
        office = offices.get(one.office)
        fields[f"posts-{number}-office"] = str(office.pk) if office else "0"
        fields[f"posts-{number}-title"] = one.title
        if one.is_head:
            fields[f"posts-{number}-is_head"] = "on"
    made = forms.post_forms(fields, (), "en")
    if not made.is_valid():
        for form in made.forms:
            checked(form)
        raise NotAcceptable([Fault("/posts", str(words)) for words in made.non_form_errors()])
    return made.posts()


def _person(request: Request, person_id: int) -> User:
    to_be(policies.may_see_people(request.standing))
    return found(queries.people_visible_to(request.standing), person_id)


def _guarded(request: Request, person_id: int) -> User:
    row = _person(request, person_id)
    to_be(policies.may_guard(request.standing))
    return row
