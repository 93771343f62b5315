"""One term for one thing: the catalogue, the coded values, the headers and the handbook keep to docs/terms.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests import catalogue, codes

from esm.domain.exchange.sheet_catalogue import SHEETS

ROOT = Path(__file__).parents[2]
HAN = "[\u4e00-\u9fff]"
# As typed on a command line or in the office's own sheets, which call things as they like.
QUOTED = re.compile(r"`[^`]*`|\{[^}]*\}|--\S+( \S+)?")
HALF_WIDTH = re.compile(rf"{HAN}\s?[,:;()?!]|[,:;()?!]\s?{HAN}")


def rows() -> Iterator[list[str]]:
    for line in (ROOT / "docs" / "terms.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("| ") and not line.startswith("| Chinese"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


TERMS = [word for row in rows() for word in re.split("、", row[0])]
FORBIDDEN = {word: row[0] for row in rows() for word in filter(None, row[3].split("、"))}
FORBIDDEN_IN_ENGLISH = {word: row[1] for row in rows() for word in filter(None, row[4].split(", "))}


def chinese() -> Iterator[str]:
    """Yield every Chinese text of the program and of the handbook, without what is quoted in it."""
    for message in catalogue.sentences(catalogue.translated()):
        yield QUOTED.sub("x", str(message.string))
    for kind in codes.kinds():
        yield from (member.chinese for member in kind)
    for sheet in SHEETS.values():
        yield from (sheet.chinese, *(column.chinese for column in sheet.columns))


def handbook() -> Iterator[str]:
    """Yield the prose of the Chinese handbook and what its commands print."""
    for page in sorted((ROOT / "docs" / "handbook" / "zh").glob("*.md")):
        text = re.sub(r"^```(csv|sh).*?^```$|^\$ .*$|“[^”]*”", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
        yield from QUOTED.sub("x", text).splitlines()


def is_used(word: str, text: str) -> bool:
    """Return whether a text has the word outside the terms that contain it."""
    for term in TERMS:
        if word in term:
            text = text.replace(term, "")
    return word in text


@pytest.mark.parametrize("word", FORBIDDEN)
def test_nothing_is_called_what_it_must_not_be_called(word: str) -> None:
    assert [text for text in (*chinese(), *handbook()) if is_used(word, text)] == [], f"say {FORBIDDEN[word]}"


@pytest.mark.parametrize("word", FORBIDDEN_IN_ENGLISH)
def test_nothing_is_called_what_it_must_not_be_called_in_english(word: str) -> None:
    sentences = (QUOTED.sub("x", str(message.id)) for message in catalogue.sentences(catalogue.translated()))
    found = [sentence for sentence in sentences if re.search(rf"\b{word}s?\b", sentence, re.IGNORECASE)]
    assert found == [], f"say {FORBIDDEN_IN_ENGLISH[word]}"


EVERYDAY = re.compile(
    r"\bnobody\b(?! (was |has been )?met)|\b(bears?|climbs?|gathers?|mends?|lets)\b|(nothing|column) tells",
    re.IGNORECASE,
)


def test_english_is_that_of_an_office() -> None:
    sentences = [str(message.id) for message in catalogue.sentences(catalogue.translated())]
    assert [each for each in sentences if EVERYDAY.search(each.replace("met nobody", ""))] == []


def test_signs_beside_chinese_characters_are_full_width() -> None:
    assert [text for text in chinese() if HALF_WIDTH.search(text)] == []


def test_a_rate_is_called_a_rate_and_a_count_is_not() -> None:
    known = {str(message.id): str(message.string) for message in catalogue.sentences(catalogue.translated())}
    shares = {sentence: words for sentence, words in known.items() if re.match(r"Share \w+$|.* rate$", sentence)}
    assert shares
    assert [words for words in shares.values() if not words.endswith("率")] == []
    assert [
        known[count] for count in ("Closed", "Solved", "Requests received") if not known[count].endswith("数")
    ] == []


def test_each_term_stands_once() -> None:
    assert len(set(TERMS)) == len(TERMS)
    assert not set(TERMS) & FORBIDDEN.keys()
