"""The credit code: what the standard promises of its check character, and what people do to codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import budget

from esm.domain.values import credit_code

CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)  # GB 32100-2015, table of weights
EXAMPLE = "91350100M000100Y43"  # the worked example of GB 32100-2015; it names no enterprise


def naive_check_character(first17: str) -> str:
    total = 0
    for weight, character in zip(WEIGHTS, first17, strict=True):
        total += weight * CHARACTERS.index(character)
    return CHARACTERS[31 - total % 31] if total % 31 else "0"


def sound_codes() -> st.SearchStrategy[str]:
    first = st.sampled_from("123456789ANY")
    rest = st.text(st.sampled_from(CHARACTERS), min_size=16, max_size=16)
    return st.builds(lambda a, b: a + b + naive_check_character(a + b), first, rest)


def test_the_worked_example_of_the_standard_is_sound() -> None:
    assert credit_code.check_character(EXAMPLE[:17]) == "3"
    assert credit_code.fault(EXAMPLE) is None


@given(sound_codes())
@budget(200)
def test_a_code_with_the_check_character_of_the_standard_is_sound(code: str) -> None:
    assert credit_code.check_character(code[:17]) == code[17]
    assert credit_code.fault(code) is None


@given(sound_codes(), st.integers(0, 17), st.sampled_from(CHARACTERS))
@budget(300)
def test_every_slip_of_one_character_is_noticed(code: str, place: int, character: str) -> None:
    slipped = code[:place] + character + code[place + 1 :]
    assert (credit_code.fault(slipped) is None) == (slipped == code)


@given(sound_codes(), st.integers(0, 16))
@budget(300)
def test_every_swap_of_two_neighbours_is_noticed(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (credit_code.fault(swapped) is None) == (swapped == code)


@pytest.mark.parametrize("code", ["", EXAMPLE[:17], EXAMPLE + "0"])
def test_a_code_of_another_length_is_faulty(code: str) -> None:
    fault = credit_code.fault(code)
    assert fault is not None
    assert fault.parameters["count"] == len(code)


@pytest.mark.parametrize("character", "IOSVZ")
def test_the_letters_that_look_like_digits_are_not_in_the_alphabet(character: str) -> None:
    fault = credit_code.fault(EXAMPLE[:9] + character + EXAMPLE[10:])
    assert fault is not None
    assert fault.parameters["characters"] == character


@pytest.mark.parametrize("first", sorted(set(CHARACTERS) - set("123456789ANY")))
def test_a_code_begins_with_a_digit_from_one_on_or_with_a_n_y(first: str) -> None:
    first17 = first + EXAMPLE[1:17]
    fault = credit_code.fault(first17 + naive_check_character(first17))
    assert fault is not None
    assert fault.parameters["character"] == first


@pytest.mark.parametrize(
    "text",
    [
        "91350100m000100y43",
        " 9135 0100\u3000M000\u00a0100Y43\t",
        "９１３５０１００Ｍ０００１００Ｙ４３",
        "91350100-M000100Y4-3",
        "91350100–M000100Y4−3",
        "\ufeff91350100\u200bM000100\u200eY43\u2060",
        "91350100M000100Y43\ufe0f\n",
    ],
)
def test_what_people_and_programs_put_around_a_code_is_taken_off(text: str) -> None:
    assert credit_code.normalise(text) == EXAMPLE


def test_a_letter_outside_the_alphabet_is_kept_for_the_user_to_see() -> None:
    assert credit_code.normalise("91350100mo00100y43") == "91350100MO00100Y43"


@pytest.mark.parametrize("mistyped", ["91350100M0001OOY43", "9I350I00M000I00Y43", "9135O100MOOOIOOY43"])
def test_a_look_alike_letter_is_recognised(mistyped: str) -> None:
    assert credit_code.suggestion(mistyped) == EXAMPLE


@pytest.mark.parametrize(("letter", "digit"), ["O0", "I1", "S5", "Z2"])
def test_each_look_alike_stands_for_its_digit(letter: str, digit: str) -> None:
    first17 = "91" + digit + "350100M000100Y"
    code = first17 + naive_check_character(first17)
    assert credit_code.suggestion("91" + letter + code[3:]) == code


@pytest.mark.parametrize("code", [EXAMPLE, "91350100MO00100Y44", "91350100MV00100Y43", "O1350100M000100Y43", ""])
def test_nothing_is_suggested_unless_the_corrected_code_passes(code: str) -> None:
    assert credit_code.suggestion(code) is None
