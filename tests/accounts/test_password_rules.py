"""What a password must be, under both sets of rules."""

from __future__ import annotations

import string
from collections.abc import Callable
from itertools import product

import pytest
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from shuniu.zone.accounts.policies import PasswordAbout, PasswordRules, password_problems

OUTSIDE = PasswordAbout(("qiye", "沈建华", "15400012345", "恒昌包装", "海门"), is_staff=False)
STAFF = PasswordAbout(("zhongxin", "陈小芳", "", "海门", "haimen"), is_staff=True)
BOTH: tuple[PasswordRules, PasswordRules] = ("asvs", "dengbao")
GOOD = "Drei Birnen 27 vorm Zaun"


def told(password: str, about: PasswordAbout = OUTSIDE, rules: PasswordRules = "asvs") -> list[str]:
    with translation.override("en"):
        return [str(problem) for problem in password_problems(password, about, rules)]


@pytest.mark.parametrize("rules", BOTH)
def test_a_long_mixed_password_is_taken_under_both_rules(rules: PasswordRules) -> None:
    assert told(GOOD, rules=rules) == []
    assert told(GOOD, STAFF, rules) == []


@pytest.mark.parametrize("rules", BOTH)
@pytest.mark.parametrize(("about", "least"), [(OUTSIDE, 12), (STAFF, 15)])
def test_too_short_is_refused_with_the_number_needed(
    rules: PasswordRules, about: PasswordAbout, least: int
) -> None:
    long_enough = "Aa1%" * 10

    assert told(long_enough[: least - 1], about, rules) == [
        f"At least {least} characters are needed."
    ]
    assert told(long_enough[:least], about, rules) == []


@pytest.mark.parametrize("rules", BOTH)
def test_every_common_password_is_refused(rules: PasswordRules) -> None:
    common = [password for password in CommonPasswordValidator().passwords if len(password) >= 8]

    assert len(common) >= 8_000
    assert [password for password in common if not told(password, rules=rules)] == []


@pytest.mark.parametrize("rules", BOTH)
def test_a_common_password_that_is_long_is_named_as_common(rules: PasswordRules) -> None:
    long_ones = sorted(p for p in CommonPasswordValidator().passwords if len(p) >= 12)

    sentence = "This password is on the list of those tried first. Please choose another."
    assert long_ones != []
    assert [p for p in long_ones if sentence not in told(p.upper(), rules=rules)] == []


@pytest.mark.parametrize(
    "password",
    [
        "x7 Q" * 16,
        "长" * 40 + "aB3",
        "🌾Rice-Field-27🌾🌾",
        "Ärger und Öl 2 ß",
        " Leading 7 and trailing ",
    ],
)
@pytest.mark.parametrize("rules", BOTH)
def test_long_ones_and_any_sign_are_taken_whole(rules: PasswordRules, password: str) -> None:
    assert told(password, rules=rules) == []


def test_more_than_is_kept_is_refused_rather_than_cut() -> None:
    assert told("Ab1%" * 64) == []
    assert told("Ab1%" * 64 + "x") == ["At most 256 characters can be kept."]


DRESSES: tuple[Callable[[str], str], ...] = (
    str,
    str.upper,
    str.title,
    lambda word: word.replace("a", "@").replace("i", "1").replace("e", "3").replace("o", "0"),
    "-".join,
    " ".join,
    lambda word: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in word),
)
AROUND = ("{}-Birnen-27-Zaun", "Birnen.27.Zaun.{}", "Birn{}en.27.Zaun.Tor", "{}{}Qx7%")


def test_words_of_the_zone_and_the_person_are_refused_however_they_are_dressed_up() -> None:
    words = ("开发区", "kaifaqu", "shuniu", "qiye", "沈建华", "15400012345", "恒昌包装", "海门")
    variants = {
        around.replace("{}", dress(word)) for word, dress, around in product(words, DRESSES, AROUND)
    }

    accepted = [password for password in sorted(variants) if not told(password)]

    assert len(variants) >= 120
    assert accepted == []


@given(st.text(string.ascii_letters + string.digits + "-._ ", min_size=4, max_size=60))
def test_a_password_with_the_sign_in_name_inside_is_always_refused(text: str) -> None:
    assert told(f"{text}QIYE{text[::-1]}") != []


def test_short_words_do_not_count_as_words() -> None:
    about = PasswordAbout(("li", "门"), is_staff=False)

    assert told("Drei Birnen 27 li 门", about) == []


@pytest.mark.parametrize(
    ("password", "is_mixed"),
    [
        ("drei birnen vorm zaun", False),
        ("drei birnen 27 vorm zaun", True),
        ("DREIBIRNENVORMZAUN27", False),
        ("三个梨在篱笆前面挂着的秋天", False),
        ("三个梨在篱笆前面挂着 Ab", True),
    ],
)
def test_mixing_is_demanded_by_dengbao_alone(password: str, is_mixed: bool) -> None:
    sentence = "Please mix three of these: capital letters, small letters, digits, other signs."

    assert sentence not in told(password, rules="asvs")
    assert (sentence not in told(password, rules="dengbao")) is is_mixed
