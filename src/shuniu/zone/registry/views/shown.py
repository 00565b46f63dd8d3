"""What the pages about people show, in the words of the person who looks at them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.templatetags.part_data import Tab, Tone
from shuniu.zone.registry import queries
from shuniu.zone.registry.models import Post
from shuniu.zone.registry.queries import PeopleFilter, PersonRow

CODE_LASTS = timedelta(hours=24)
TONES: dict[str, Tone] = {
    "in_use": "done",
    "invited": "waiting",
    "roleless": "waiting",
    "closed": "refused",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A post in the words of the reader."""

    office: str
    title: str
    is_head: bool


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person as a list shows them."""

    user: User
    places: tuple[Place, ...]
    roles: tuple[str, ...]
    state: str
    tone: Tone
    has_second_factor: bool
    last_sign_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class ShownCode:
    """A one-time code as it is read out: to whom it belongs, and until when it works.

    ``name`` is what the person signs in with: a sign-in name, or nothing where that is the phone.
    """

    code: str
    person: str
    name: str
    until: datetime


def people_of(rows: Iterable[PersonRow], language: str) -> list[PersonLine]:
    """Return people in the words of ``language``."""
    return [
        PersonLine(
            user=row.user,
            places=tuple(_place(post, language) for post in row.posts),
            roles=tuple(str(role.label) for role in row.roles),
            state=row.state,
            tone=TONES[row.state],
            has_second_factor=row.has_second_factor,
            last_sign_in_at=row.last_sign_in_at,
        )
        for row in rows
    ]


def _place(post: Post, language: str) -> Place:
    office = post.office.zh if language.startswith("zh") else post.office.en
    return Place(office, post.title, post.is_head)


def office_choices(language: str) -> list[tuple[str, str]]:
    """Return code and name of the offices, for a filter."""
    is_zh = language.startswith("zh")
    return [(o.code, o.zh if is_zh else o.en) for o in queries.active_offices()]


def people_url(name: str, wanted: PeopleFilter) -> str:
    """Return the address of a list or its file with these filters."""
    query = urlencode({key: value for key, value in asdict(wanted).items() if value})
    return f"{reverse(name)}?{query}" if query else reverse(name)


def people_tabs(
    wanted: PeopleFilter, counts: Mapping[str, int], states: Mapping[str, str | Promise]
) -> list[Tab]:
    """Return the choices above the list, each with its number."""
    labels: dict[str, str | Promise] = {"": _("All"), **states}
    return [
        Tab(
            label=str(label),
            url=people_url("registry:people", replace(wanted, state=state)),
            is_current=state == wanted.state,
            count=counts[state or "all"],
        )
        for state, label in labels.items()
    ]


def code_of(user: User, kept: tuple[str, ...]) -> ShownCode | None:
    """Return the code that was just made for a person; None if none waits to be shown."""
    if not kept:
        return None
    code, until = kept
    name = "" if is_made_up(user.sign_in_name) else user.sign_in_name
    return ShownCode(code, user.name, name, datetime.fromisoformat(until))


def is_made_up(sign_in_name: str) -> bool:
    """Return whether a sign-in name was made by the zone, for somebody who uses the phone."""
    return sign_in_name.startswith("e-")
