"""What the tables of a profile are made of: names, short texts, places."""

from __future__ import annotations

from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

CODE = r"^[a-z][a-z0-9_]*$"
WORDS = r"^\S(.*\S)?$"
REGION_CODE = r"^[0-9A-Z-]{2,12}$"
CURRENCY = r"^[A-Z]{3}$"
PHONE = r"^[+0-9][0-9 -]{2,23}$"
FILE_TYPE = r"^[a-z0-9]{1,8}$"
HOW_TO_WRITE: dict[str, str] = {
    CODE: "write small Latin letters, digits and _, a letter first",
    WORDS: "write one line of text without blanks around it",
    REGION_CODE: 'write 2 to 12 digits, capitals and -, like "320614"',
    CURRENCY: 'write a currency in three capitals, like "CNY"',
    PHONE: 'write digits, blanks and -, like "0513-08200100"',
    FILE_TYPE: 'write the ending of a file name without the dot, like "pdf"',
}

Code = Annotated[str, StringConstraints(pattern=CODE)]
Words = Annotated[str, StringConstraints(pattern=WORDS)]
Count = Annotated[int, Field(ge=0)]


class Part(BaseModel):
    """A table of the file: no key but those declared, and never changed after loading."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Named(Part):
    """Something with a code for the machine and a name in both languages."""

    code: Code
    zh: Words
    en: Words

    def label(self, language: str) -> str:
        """Return the Chinese name for any Chinese language tag, else the English one."""
        return self.zh if language.lower().startswith("zh") else self.en


NamedPart = TypeVar("NamedPart", bound=Named)


def with_code(parts: tuple[NamedPart, ...], code: str) -> NamedPart:
    """Return the part with this code; raise KeyError if there is none."""
    for part in parts:
        if part.code == code:
            return part
    raise KeyError(code)


class Place(Part):
    """A point on the earth in degrees, WGS-84."""

    lon: Annotated[float, Field(ge=-180, le=180)]
    lat: Annotated[float, Field(ge=-90, le=90)]


def contains(bounds: tuple[Place, ...], place: Place) -> bool:
    """Return whether ``place`` lies in the polygon.

    It does if a ray from it to the east crosses the bounds an odd number of times.
    """
    inside = False
    for one, other in zip(bounds, bounds[1:] + bounds[:1], strict=True):
        if (one.lat > place.lat) != (other.lat > place.lat):
            share = (place.lat - one.lat) / (other.lat - one.lat)
            inside ^= place.lon < one.lon + share * (other.lon - one.lon)
    return inside
