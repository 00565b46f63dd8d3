"""Unified social credit codes, judged as they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuniu.zone.registry.credit_code import (
    LENGTH,
    SYMBOLS,
    WEIGHTS,
    Fault,
    WrongCheck,
    WrongLength,
    WrongSymbol,
    check_symbol,
    fault_of,
    has_usual_body,
    normal_code,
)
from shuniu.zone.registry.forms import credit_code_problem, problem_while_typing

bodies = st.text(alphabet=SYMBOLS, min_size=17, max_size=17)


def test_the_weights_are_the_powers_of_three_modulo_31() -> None:
    assert WEIGHTS == (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    assert (len(SYMBOLS), set("IOSVZ") & set(SYMBOLS)) == (31, set())


@pytest.mark.parametrize(
    "code",
    [
        "91350100M000100Y43",
        "91512081MA62K0260E",
        "91320614MAXX00015A",
        "91320614MAXX000235",
        "91320684MAXX00015N",
        "92320614MAXX000157",
        "91320614MA00001970",  # the sum divides by 31: the check symbol is 0, not the 32nd
    ],
)
def test_a_right_code_has_no_fault(code: str) -> None:
    assert fault_of(code) is None


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("", WrongLength(0)),
        ("91320614MAXX00015", WrongLength(17)),
        ("91320614MAXX00015AA", WrongLength(19)),
        ("9132O614MAXX00015A", WrongSymbol(5, "O", "0")),
        ("9I320614MAXX00015A", WrongSymbol(2, "I", "1")),
        ("91320614MAZX00015A", WrongSymbol(11, "Z", "2")),
        ("91320614MASX00015A", WrongSymbol(11, "S", "5")),
        ("91320614MAVX00015A", WrongSymbol(11, "V", "")),
        ("91320614MA€X00015A", WrongSymbol(11, "€", "")),
        ("91320614MA\x07X00015A", WrongSymbol(11, "\x07", "")),
        ("91320614MA😀X00015A", WrongSymbol(11, "😀", "")),
        ("9132O614MAXX00015", WrongSymbol(5, "O", "0")),
        ("91320614MAXX00015B", WrongCheck("B", "A")),
        ("91350100M000100Y4Z", WrongSymbol(18, "Z", "2")),
        ("91310115MA1G4L1WXK", WrongCheck("K", "7")),
    ],
)
def test_the_first_fault_is_named_with_its_place(code: str, fault: Fault) -> None:
    assert fault_of(code) == fault


@pytest.mark.parametrize(
    "typed",
    [
        "91320614maxx00015a",
        " 91320614 MAXX 0001 5A ",
        "91320614-MAXX00015-A",
        "９１３２０６１４ＭＡＸＸ０００１５Ａ",  # full-width letters are the point
        "91320614MAXX00015A\n",
    ],
)
def test_blanks_width_and_case_do_not_matter(typed: str) -> None:
    assert normal_code(typed) == "91320614MAXX00015A"


@given(bodies, st.integers(0, 16), st.sampled_from(SYMBOLS))
def test_one_mistyped_character_never_goes_through(body: str, place: int, symbol: str) -> None:
    code = body + check_symbol(body)
    mistyped = code[:place] + symbol + code[place + 1 :]

    assert (fault_of(mistyped) is None) == (symbol == code[place])


@given(bodies, st.integers(0, 15))
def test_two_neighbours_in_the_wrong_order_never_go_through(body: str, place: int) -> None:
    code = body + check_symbol(body)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    assert (fault_of(swapped) is None) == (code[place] == code[place + 1])


@given(st.text(max_size=40))
def test_any_text_is_judged_and_said(text: str) -> None:
    code = normal_code(text)

    assert bool(credit_code_problem(code)) == (fault_of(code) is not None)
    assert len(str(credit_code_problem(code))) < 200


@given(bodies, st.integers(0, LENGTH))
def test_a_right_code_is_not_blamed_while_it_is_typed(body: str, typed: int) -> None:
    code = body + check_symbol(body)

    assert problem_while_typing(code[:typed]) == ""


def test_an_old_organization_code_is_noticed_but_no_fault() -> None:
    assert (fault_of("91320614MAXX00016D"), has_usual_body("91320614MAXX00016D")) == (None, False)
    assert has_usual_body("91350100M000100Y43")
