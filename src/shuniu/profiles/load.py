"""Reading a zone profile: whole and right, or not at all."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from shuniu.profiles.keys import keys_at
from shuniu.profiles.parts import HOW_TO_WRITE
from shuniu.profiles.references import ProfileError, reference_errors
from shuniu.profiles.schema import Profile

FOLDER = Path(__file__).parent
SAID_PLAINLY: dict[str, str] = {
    "model_type": "write a table here",
    "tuple_type": "write a list here, in [ and ]",
    "string_type": "write a text here, in quotes",
    "time_parsing": 'write a time of day like "17:00"',
    "time_type": 'write a time of day like "17:00"',
    "date_from_datetime_parsing": "write a day like 2026-05-01, without quotes",
    "date_type": "write a day like 2026-05-01, without quotes",
    "int_parsing": "write a whole number here",
    "int_type": "write a whole number here",
    "float_parsing": "write a number here",
    "float_type": "write a number here",
}


class InvalidProfile(ValueError):
    """A profile that cannot be used, with everything that is wrong in it."""

    def __init__(self, errors: tuple[ProfileError, ...]) -> None:
        self.errors = errors
        super().__init__("\n".join(str(error) for error in errors))


def shipped_profiles() -> tuple[str, ...]:
    """Return the names of the profiles that come with the product, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def load_profile(name_or_path: str | Path) -> Profile:
    """Return the profile of that name, or in that file.

    Parameters
    ----------
    name_or_path
        A name from ``shipped_profiles``, or the path of a TOML file. A name
        wins over a file of the same name in the current folder.

    Raises
    ------
    InvalidProfile
        If there is no such profile, or with every error that is in it.
    """
    return parse_profile(_read(name_or_path))


def parse_profile(text: str) -> Profile:
    """Return the profile that TOML ``text`` writes; raise InvalidProfile with every error in it."""
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidProfile((_syntax_error(error, text),)) from None
    errors: list[ProfileError] = []
    profile: Profile | None = None
    try:
        profile = Profile.model_validate(written)
    except ValidationError as invalid:
        errors += _shape_errors(invalid)
    errors += reference_errors(written)
    if profile is None or errors:
        raise InvalidProfile(tuple(sorted(errors, key=_in_reading_order)))
    return profile


def _read(name_or_path: str | Path) -> str:
    is_shipped = str(name_or_path) in shipped_profiles()
    path = FOLDER / f"{name_or_path}.toml" if is_shipped else Path(name_or_path)
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError:
        names = ", ".join(shipped_profiles())
        problem = f"no profile and no readable file is called {name_or_path}; profiles: {names}"
    except UnicodeDecodeError:
        problem = f"{name_or_path} is not UTF-8 text; save it as UTF-8"
    raise InvalidProfile((ProfileError("", problem),))


def _syntax_error(error: tomllib.TOMLDecodeError, text: str) -> ProfileError:
    message, _, place = str(error).rpartition(" (at ")
    if place.startswith("line "):
        line = place.removeprefix("line ").partition(",")[0]
    else:
        line = str(text.rstrip().count("\n") + 1)
    return ProfileError(f"line {line}", f"not TOML: {message or error}")


def _shape_errors(invalid: ValidationError) -> Iterator[ProfileError]:
    for error in invalid.errors(include_url=False):
        place = error["loc"]
        yield ProfileError(_path(place), _message(error, place))


def _path(place: Sequence[str | int]) -> str:
    path = ""
    for step in place:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path


def _message(error: ErrorDetails, place: Sequence[str | int]) -> str:
    kind, said = error["type"], error["msg"]
    if kind == "missing":
        return "this key is needed"
    if kind == "extra_forbidden":
        keys = keys_at(place[:-1])
        close = get_close_matches(str(place[-1]), keys, n=1)
        hint = f"did you mean {close[0]}? " if close else ""
        return f"there is no such key; {hint}keys: {', '.join(keys)}"
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if kind == "string_pattern_mismatch":
        said = HOW_TO_WRITE[error["ctx"]["pattern"]]
    found = error["input"]
    shown = f"; found {found!r}" if isinstance(found, str | int | float) else ""
    return SAID_PLAINLY.get(kind, said.replace("Input should", "this should")) + shown


def _in_reading_order(error: ProfileError) -> list[str | int]:
    """Return a key that puts ``categories[10]`` after ``categories[9]``."""
    parts = re.split(r"(\d+)", error.path)
    return [int(part) if at % 2 else part for at, part in enumerate(parts)]
