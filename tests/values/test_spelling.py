"""What is suggested for a word that means nothing: the spellings most like it, never a far one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from esm.domain.values.nearest_spellings import MOST, nearest, nearest_by_part

texts = st.text("甲乙丙ab1", max_size=6)


def in_common(one: str, other: str) -> int:
    """Return how many letters both have in the same order, after the textbook."""
    row = [0] * (len(other) + 1)
    for letter in one:
        before = row[:]
        for place, its in enumerate(other, start=1):
            row[place] = before[place - 1] + 1 if letter == its else max(before[place], row[place - 1])
    return row[-1]


def likeness(one: str, other: str) -> float:
    return 2 * in_common(one, other) / (len(one) + len(other)) if one or other else 1.0


@given(word=texts, known=st.lists(texts, unique=True), share=st.sampled_from([0.5, 0.6, 0.85]))
def test_the_most_alike_come_first_and_the_far_ones_never(word: str, known: list[str], share: float) -> None:
    close = [each for each in known if likeness(word, each) >= share]
    expected = sorted(close, key=lambda each: -likeness(word, each))[:MOST]  # the sort keeps the order among equals
    assert nearest(word, known, share=share) == expected


def test_one_wrong_letter_is_no_hindrance() -> None:
    assert nearest("金铃电器", ["远山食品", "金羚电器"], share=0.6) == ["金羚电器"]


def test_the_share_is_a_border_that_is_met_or_not() -> None:
    assert nearest("甲" * 50 + "乙" * 50, ["甲" * 50 + "丙" * 50], share=0.5) == ["甲" * 50 + "丙" * 50]
    assert nearest("甲" * 50 + "乙" * 51, ["甲" * 50 + "丙" * 51], share=0.5) == []


def test_three_letters_are_a_part_to_look_for() -> None:
    assert nearest_by_part("恒达机", ["江畔恒达机械贸易有限公司", "江畔远山食品"]) == ["江畔恒达机械贸易有限公司"]


def test_a_mistyped_part_of_a_long_name_finds_it() -> None:
    names = ["江畔远山食品有限公司", "江畔恒达机械贸易有限公司"]
    assert nearest_by_part("恒达机诫", names) == ["江畔恒达机械贸易有限公司"]


def test_two_letters_are_a_part_of_too_many_names() -> None:
    assert nearest_by_part("公司", ["江畔远山食品有限公司"]) == []
