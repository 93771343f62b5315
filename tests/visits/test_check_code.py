"""The check code of a text: what finds every slip, and what is no slip."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from esm.domain.visits.check_code import check_code, folded

EXAMPLES = json.loads(Path(__file__).with_name("check_codes.json").read_text(encoding="utf-8"))
DISTRICT = "3f9a1c20"
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)


def binary_remainder(signs: str) -> int:
    """Divide as the definition of the code says it, bit by bit, the first bit of a sign its lowest."""
    rest = (1 << 64) - 1
    for bit in [ord(sign) >> place & 1 for sign in signs for place in range(32)]:
        is_odd = (rest ^ bit) & 1
        rest >>= 1
        if is_odd:
            rest ^= 0xC96C5795D7870F42
    return rest ^ ((1 << 64) - 1)


@pytest.mark.parametrize("example", EXAMPLES, ids=[str(number) for number in range(len(EXAMPLES))])
def test_examples_that_the_page_shares(example: dict[str, str]) -> None:
    code = check_code(example["district"], example["text"])
    assert code == example["code"] == f"{binary_remainder(example['district'] + folded(example['text'])):016x}"


@given(TEXTS, st.data())
def test_every_other_sign_and_every_sign_left_out_is_found(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.one_of(st.just(""), st.characters(codec="utf-8")))
    changed = text[:place] + other + text[place + 1 :]
    assume(folded(changed) != folded(text))
    assert check_code(DISTRICT, changed) != check_code(DISTRICT, text)


@given(TEXTS, st.data())
def test_two_neighbours_that_change_places_are_found(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    changed = text[:place] + text[place : place + 2][::-1] + text[place + 2 :]
    assume(folded(changed) != folded(text))
    assert check_code(DISTRICT, changed) != check_code(DISTRICT, text)


def test_only_blanks_signs_of_either_width_and_what_unicode_calls_the_same_are_alike() -> None:
    """Of all signs there are, no letter and no digit stands for another; the sign of the kelvin is a K in Unicode."""
    alike: dict[str, list[str]] = {}
    for number in range(0x21, sys.maxunicode + 1):
        sign = chr(number)
        if not 0xD800 <= number < 0xE000 and (plain := folded(sign)) != sign and plain:
            alike.setdefault(plain, []).append(sign)
    widths = {plain: signs for plain, signs in alike.items() if plain.isascii()}
    assert {plain: signs for plain, signs in widths.items() if plain.isalnum()} == {
        sign: [*(["\u212a"] if sign == "K" else []), chr(ord(sign) + 0xFEE0)]
        for sign in map(chr, range(0x30, 0x7B))
        if sign.isalnum()
    }
    assert widths["["] == ["【", "［"]


def test_a_district_of_its_own_has_codes_of_its_own() -> None:
    assert check_code("3f9a1c20", "x") != check_code("3f9a1c21", "x")
