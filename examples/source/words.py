"""The words of the example district, and how people and enterprises get their names out of them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, NamedTuple


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


WORDS = _read("words.toml")
MATTERS = _read("matters.toml") | _read("requests.toml")

Row = dict[str, Any]
Rows = list[Row]


class Words(NamedTuple):
    """The same words in Chinese and in English."""

    zh: str
    en: str


def pick(chance: Random, key: str, words: Row = WORDS) -> Words:
    """Return one of the words under `key`."""
    return Words(*chance.choice(words[key]))


def person(chance: Random) -> Words:
    """Return the name of a person."""
    surname, first, last = (pick(chance, key) for key in ("surnames", "given_first", "given_last"))
    return Words(surname.zh + first.zh + last.zh, f"{surname.en} {first.en}{last.en}")


def brand(chance: Random, word: str, english: str) -> Words:
    """Return the name of an enterprise that does what the words say."""
    first, last = pick(chance, "brand_first"), pick(chance, "brand_last")
    return Words(f"江畔{first.zh}{last.zh}{word}有限公司", f"Jiangpan {first.en}{last.en} {english} Co., Ltd.")


def new(names: set[Words], make: Callable[[], Words]) -> Words:
    """Return a name that none of `names` has in either language, and add it to them."""
    while True:
        name = make()
        if not any(name.zh == other.zh or name.en == other.en for other in names):
            names.add(name)
            return name
