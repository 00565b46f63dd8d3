"""Questions about the people of the zone, for those who look after accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from shuniu.zone.accounts.choices import ENTERPRISE_ROLES, STAFF_ROLES, Role
from shuniu.zone.accounts.models import Grant, SecondFactor, User
from shuniu.zone.registry.models import Membership, Post
from shuniu.zone.registry.policies import Standing, may_see_people

IN_USE, INVITED, ROLELESS, CLOSED = "in_use", "invited", "roleless", "closed"
STATES = (IN_USE, INVITED, ROLELESS, CLOSED)


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Which people a list shows; an empty text stands for all.

    Attributes
    ----------
    words
        Part of the name or of the sign-in name.
    office
        Code of an office.
    role
        One role. A role of enterprises lists their people, who are left out otherwise.
    state
        ``in_use``, ``invited`` (has not chosen a password), ``roleless`` or ``closed``.
    """

    words: str = ""
    office: str = ""
    role: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as a list shows them."""

    user: User
    posts: tuple[Post, ...]
    roles: tuple[Role, ...]
    state: str
    has_second_factor: bool
    last_sign_in_at: datetime | None


def people_visible_to(who: Standing) -> QuerySet[User]:
    """Return the accounts that a person looks after: all for administrators, else none."""
    people: QuerySet[User] = User.objects.all()
    return people if may_see_people(who) else people.none()


def filtered_people(who: Standing, wanted: PeopleFilter) -> QuerySet[User]:
    """Return the people that a list shows, by name."""
    people = people_visible_to(who)
    if wanted.role in ENTERPRISE_ROLES:
        people = people.filter(_has_role(wanted.role))
    else:
        people = people.filter(_works_for_zone())
        if wanted.role:
            people = people.filter(_has_role(wanted.role))
    if wanted.office:
        posts = Post.objects.filter(user_id=OuterRef("pk"), office__code=wanted.office)
        people = people.filter(Exists(posts))
    if wanted.words:
        words = wanted.words
        people = people.filter(Q(name__icontains=words) | Q(sign_in_name__icontains=words.lower()))
    if wanted.state:
        people = people.filter(_in_state(wanted.state))
    return people.order_by("name", "pk")


def people_counts(who: Standing, wanted: PeopleFilter) -> dict[str, int]:
    """Return how many people are in each state under the other filters, and all together."""
    anybody = PeopleFilter(words=wanted.words, office=wanted.office, role=wanted.role)
    counted = filtered_people(who, anybody).aggregate(
        all=Count("pk"), **{state: Count("pk", filter=_in_state(state)) for state in STATES}
    )
    return {name: int(count) for name, count in counted.items()}


def person_rows(people: Iterable[User]) -> list[PersonRow]:
    """Return people with their posts, roles and second factor, in three queries."""
    users = list(people)
    ids = [user.pk for user in users]
    posts = posts_by_person(ids)
    roles: dict[int, set[str]] = {}
    for user_id, role in Grant.objects.filter(user_id__in=ids).values_list("user_id", "role"):
        roles.setdefault(user_id, set()).add(role)
    factors = set(
        SecondFactor.objects.filter(pk__in=ids, confirmed_at__isnull=False).values_list(
            "pk", flat=True
        )
    )
    return [
        PersonRow(
            user=user,
            posts=posts.get(user.pk, ()),
            roles=tuple(role for role in Role if role in roles.get(user.pk, ())),
            state=_state_of(user, bool(roles.get(user.pk))),
            has_second_factor=user.pk in factors,
            last_sign_in_at=user.last_login,
        )
        for user in users
    ]


def posts_by_person(user_ids: Iterable[int]) -> Mapping[int, tuple[Post, ...]]:
    """Return the posts of people with their offices, in the order of the offices."""
    found: dict[int, tuple[Post, ...]] = {}
    posts = Post.objects.filter(user_id__in=[*user_ids]).select_related("office")
    for post in posts.order_by("office__position", "pk"):
        found[post.user_id] = (*found.get(post.user_id, ()), post)
    return found


def _state_of(user: User, has_role: bool) -> str:  # noqa: FBT001  # the two things it follows from
    if not user.is_active:
        return CLOSED
    if not user.has_usable_password():
        return INVITED
    return IN_USE if has_role else ROLELESS


def _in_state(state: str) -> Q:
    """Return the people in a state. Somebody without a role may also be invited only."""
    is_invited = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    if state == CLOSED:
        return Q(is_active=False)
    if state == INVITED:
        return Q(is_active=True) & is_invited
    has_role = Exists(Grant.objects.filter(user_id=OuterRef("pk")))
    if state == ROLELESS:
        return Q(is_active=True) & ~Q(has_role)
    return Q(is_active=True) & ~is_invited & Q(has_role)


def _works_for_zone() -> Q:
    """Return those who are no people of enterprises alone, also without any role yet."""
    inside = Grant.objects.filter(user_id=OuterRef("pk"), role__in=sorted(STAFF_ROLES))
    outside = Grant.objects.filter(user_id=OuterRef("pk"), role__in=sorted(ENTERPRISE_ROLES))
    posts = Post.objects.filter(user_id=OuterRef("pk"))
    members = Membership.objects.filter(user_id=OuterRef("pk"))
    return Q(Exists(inside)) | Q(Exists(posts)) | Q(~Exists(outside) & ~Exists(members))


def _has_role(role: str) -> Exists:
    return Exists(Grant.objects.filter(user_id=OuterRef("pk"), role=role))
