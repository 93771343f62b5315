"""A number that is read where it stands alone is masked inside a text; what only looks like one is kept."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esm.domain.values import phones

GAPS = ["", " ", "-", "–", "—", "　", "－", "  ", " - "]
GROUPS = {
    "mobile": [(3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (2, 9), (1, 3, 3, 4), (11,)],
    "shared": [(3, 3, 4), (3, 4, 3), (10,)],
    "landline": [(4, 8), (4, 4, 4), (12,)],
}
WORDS = ["", "电话", "请致电 ", "（", "）", "，", "tel: ", "\n", "**", "转", "共 3 户，", "/"]
WRONG_AFTER = ("转", "共 3 户，", "tel: ")  # after a number these go on as a part of it


@st.composite
def written_numbers(draw: st.DrawFn) -> tuple[str, str]:
    kind = draw(st.sampled_from([*GROUPS]))
    start, count = {"mobile": ("138", 8), "shared": ("400", 7), "landline": ("0571" + "8", 7)}[kind]
    digits = start + draw(st.text("0123456789", min_size=count, max_size=count))
    gaps, groups = [], draw(st.sampled_from(GROUPS[kind]))
    gaps = [draw(st.sampled_from(GAPS)) for _ in groups[1:]]
    written, at = "", 0
    for length, gap in zip(groups, [*gaps, ""], strict=True):
        written += digits[at : at + length] + gap
        at += length
    if kind == "mobile":
        written = draw(st.sampled_from(["", "+86", "+86 ", "86-", "0086 "])) + written
    if kind == "landline" and groups[0] == 4:
        written = draw(st.sampled_from([written, f"({written[:4]}){written[4:]}"]))
    is_wide = draw(st.booleans())
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in written)
    return digits, wide if is_wide else written


def digits_of(text: str) -> str:
    return "".join(re.findall("[0-9]", unicodedata.normalize("NFKC", text)))


@given(written_numbers(), st.sampled_from(WORDS), st.sampled_from(WORDS))
def test_a_number_that_is_read_alone_is_masked_between_words(number: tuple[str, str], before: str, after: str) -> None:
    digits, written = number
    assert phones.from_text(written).replace("-", "") == digits  # type: ignore[union-attr]
    after = "" if after in WRONG_AFTER else after
    masked = phones.mask_within(before + written + after)
    assert digits[-7:] not in digits_of(masked)
    assert (masked.startswith(before), masked.endswith(after), len(masked)) == (
        True, True, len(before + written + after)
    )  # fmt: skip
    assert phones.mask_within(masked) == masked
    assert phones.with_numbers(masked, before + written + after) == before + written + after


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("138.1234.5678。", "138******5678。"),
        ("1.13812345678", "1.138****5678"),
        ("走访 2026-11-23 138 1234 5678", "走访 2026-11-23 138******5678"),
        ("13812345678 0571-88234567 400-1234-567", "138****5678 057******4567 400*****-567"),
        ("13812345678 1 381 234 5678", "138****5678 1 3*******5678"),
        ("010-20261130", "010*****1130"),  # a day may be meant: the safe side
        ("88234567转808", "882*****转808"),
        ("13812345678转3", "138****5678转3"),
    ],
)
def test_a_number_beside_other_figures_is_masked_alone(text: str, expected: str) -> None:
    assert phones.mask_within(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "13812345678.00", "0.13812345678",
        "１３８１２３４５６７８．００", "〔2026〕13812345678号", "（2026）第13812345678号",
        "330100199001011234", "33010019900101123X", "91339907MA00000017", "913399071990000123",
        "2026-11-23", "20261130", "2026-11-23 09:30", "52000000", "5200.0000", "1,381,234,567", "138****5678",
        "三季度 12 15 18",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_number_is_kept(text: str) -> None:
    assert phones.mask_within(text) == text


def test_a_cell_of_dots_between_three_groups_is_read_and_an_amount_is_not() -> None:
    assert phones.from_text("138.1234.5678") == "13812345678"
    assert not isinstance(phones.from_text("1381234567.8"), str)
