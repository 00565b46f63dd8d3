"""The zone: who is asking, offices, and the words that cases are sorted by."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from shuniu.zone.kernel.api import Key, Part, Request, area, to_be
from shuniu.zone.registry import policies, queries
from shuniu.zone.registry.models import Office

zone = area("Zone")


class OfficePart(Part):
    """A unit that can be given a case."""

    id: Key
    code: str
    zh: str
    en: str
    kind: str


class SecondPart(Part):
    """A second level of a category."""

    code: str
    name: str


class CategoryPart(Part):
    """A category of needs, with the unit that usually handles it."""

    code: str
    name: str
    unit: str
    subcategories: list[SecondPart]


class ZonePart(Part):
    """The zone as its profile in force describes it."""

    code: str
    name: str
    language: str
    profile_version: int
    offices: list[OfficePart]
    categories: list[CategoryPart]


class ProfilePart(Part):
    """The profile in force: everything that this zone has its own way of."""

    version: int
    profile: dict[str, Any] = Field(description="As the file of the profile has it")


class KeyPart(Part):
    """The key that this request came with."""

    id: Key
    name: str
    may_write: bool
    expires_at: datetime


class MePart(Part):
    """Whom this key asks for."""

    id: Key
    name: str
    sign_in_name: str
    roles: list[str]
    offices: list[OfficePart]
    enterprises: list[Key]
    key: KeyPart


@zone.get("/me", url_name="me", operation_id="me", response=MePart)
def me(request: Request) -> MePart:
    """Say whom this key asks for, and what it opens."""
    who, token = request.standing, request.token
    return MePart(
        id=request.user.pk,
        name=request.user.name,
        sign_in_name=request.user.sign_in_name,
        roles=sorted(who.roles),
        offices=[_office(post.office) for post in queries.posts_of(request.user)],
        enterprises=sorted(who.enterprise_ids),
        key=KeyPart(
            id=token.pk,
            name=token.name,
            may_write=token.may_write,
            expires_at=token.expires_at,
        ),
    )


@zone.get("/zone", url_name="zone", operation_id="zone_read", response=ZonePart)
def zone_read(request: Request) -> ZonePart:
    """Describe the zone: its units, and the categories of needs."""
    in_force, language = queries.profile_in_force(), request.LANGUAGE_CODE
    profile = in_force.profile
    return ZonePart(
        code=profile.zone.code,
        name=profile.zone.zh if language.startswith("zh") else profile.zone.en,
        language=profile.zone.language,
        profile_version=in_force.version_id,
        offices=[_office(office) for office in queries.active_offices()],
        categories=[
            CategoryPart(
                code=one.code,
                name=one.label(language),
                unit=one.unit,
                subcategories=[
                    SecondPart(code=second.code, name=second.label(language))
                    for second in one.subcategories
                ],
            )
            for one in profile.categories
        ],
    )


@zone.get("/profile", url_name="profile", operation_id="profile_read", response=ProfilePart)
def profile_read(request: Request) -> ProfilePart:
    """Read the whole profile in force, as the system administrator."""
    to_be(policies.may_put_profile_in_force(request.standing))
    in_force = queries.profile_in_force()
    return ProfilePart(
        version=in_force.version_id, profile=in_force.profile.model_dump(mode="json")
    )


def _office(office: Office) -> OfficePart:
    return OfficePart(
        id=office.pk, code=office.code, zh=office.zh, en=office.en, kind=str(office.kind)
    )
