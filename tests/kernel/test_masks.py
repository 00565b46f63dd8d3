"""Names and numbers on a page: enough to know whom one means, too little to take away."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from shuniu.zone.kernel.templatetags import wording


def shown(mask: str, text: str | None) -> str:
    template = Template("{% load parts %}{{ text|" + mask + " }}")
    return template.render(Context({"text": text}))


def seen(masked: str) -> str:
    return masked.replace("*", "")


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("陈华", "陈*"),
        ("陈建华", "陈*华"),
        ("欧阳建华", "欧**华"),
        ("买买提·艾力", "买****力"),
        (" 陈建华 ", "陈*华"),
        ("Chen", "C***"),
        ("John Smith", "J***"),
        ("陈 John", "陈***"),
        ("陈", "*"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_name_is_shown_by_its_ends(name: str | None, masked: str) -> None:
    assert shown("mask_name", name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("320684199001011234", "3206**********1234"),
        ("32068419900101123X", "3206**********123X"),
        ("320684900101123", "*" * 15),
        ("E12345678", "*" * 9),
        ("", ""),
        (None, ""),
    ],
)
def test_an_identity_number_is_shown_by_its_ends(number: str | None, masked: str) -> None:
    assert shown("mask_id_number", number) == masked


@given(st.text())
def test_a_name_never_shows_more_than_its_two_ends(name: str) -> None:
    bare, masked = name.strip(), wording.masked_name(name)

    assert seen(masked) in {"", seen(bare[:1]), seen(bare[:1] + bare[-1:])}


@given(st.text())
def test_a_phone_number_never_shows_more_than_three_and_four_characters(phone: str) -> None:
    masked = wording.masked_phone(phone)
    most = 7 if len(phone) >= 11 else 2 if len(phone) >= 6 else 0

    assert (len(masked), len(seen(masked)) <= most) == (len(phone), True)


@given(st.text())
def test_an_identity_number_never_shows_more_than_four_and_four_characters(number: str) -> None:
    masked = wording.masked_id_number(number)

    assert len(seen(masked)) <= (8 if len(number.strip()) == 18 else 0)
