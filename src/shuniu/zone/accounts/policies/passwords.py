"""What a password must be.

Two sets of rules that contradict each other: OWASP ASVS 5.0 (6.2) forbids rules of composition and
forced changes; GB/T 22239-2019 (8.1.4.1 a) demands both. A zone chooses one. Length, common
passwords and words that belong to the person or the zone are refused under either.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Literal

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

PasswordRules = Literal["asvs", "dengbao"]

LEAST_CHARACTERS = 12
LEAST_CHARACTERS_STAFF = 15
MOST_CHARACTERS = 256
LEAST_KINDS = 3
OLD_AFTER = timedelta(days=90)
# Words that everybody in the zone would try first.
PRODUCT_WORDS = ("开发区", "管委会", "枢纽", "kaifaqu", "shuniu", "guanweihui", "password", "密码")
LEAST_LATIN = 4
LEAST_HAN = 2
LOOKALIKES = str.maketrans("013457@$!|", "oieastasil")


@dataclass(frozen=True, slots=True)
class PasswordAbout:
    """Whose password it is: words that it must not contain, and whether the person is staff."""

    words: tuple[str, ...]
    is_staff: bool


def password_problems(
    password: str, about: PasswordAbout, rules: PasswordRules
) -> tuple[str | Promise, ...]:
    """Return what has to change before a password is taken, a sentence each."""
    return tuple(_problems(password, about, rules))


def _problems(password: str, about: PasswordAbout, rules: PasswordRules) -> Iterator[str | Promise]:
    least = LEAST_CHARACTERS_STAFF if about.is_staff else LEAST_CHARACTERS
    if len(password) < least:
        sentence = ngettext_lazy(
            "At least %(least)d character is needed.", "At least %(least)d characters are needed.",
            "least",
        )  # fmt: skip
        yield sentence % {"least": least}
    if len(password) > MOST_CHARACTERS:
        yield _("At most 256 characters can be kept.")
    if password.lower().strip() in _common():
        yield _("This password is on the list of those tried first. Please choose another.")
    if word := _word_within(password, (*about.words, *PRODUCT_WORDS)):
        yield _("Please leave out “%(word)s”: others would guess it.") % {"word": word}
    if rules == "dengbao" and len(_kinds(password)) < LEAST_KINDS:
        yield _("Please mix three of these: capital letters, small letters, digits, other signs.")


@cache
def _common() -> frozenset[str]:
    """Return Django's list of some 20,000 common passwords, in small letters."""
    return frozenset(CommonPasswordValidator().passwords)


def _word_within(password: str, words: tuple[str, ...]) -> str:
    """Return the first word that a password contains, however it is dressed up; else nothing."""
    readings = {_plain(password), _plain(password).translate(LOOKALIKES)}
    for word in words:
        plain = _plain(word)
        least = LEAST_LATIN if plain.isascii() else LEAST_HAN
        if len(plain) >= least and any(plain in reading for reading in readings):
            return word
    return ""


def _plain(text: str) -> str:
    """Return letters, digits and the signs that stand for letters: narrow, small, unseparated."""
    narrow = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in narrow if sign.isalnum() or sign in "@$!|")


def _kinds(password: str) -> frozenset[str]:
    """Return the kinds of characters; letters without case, such as Chinese, are other signs."""
    return frozenset(
        "upper" if c.isupper() else "lower" if c.islower() else "digit" if c.isdecimal() else "sign"
        for c in password
    )
