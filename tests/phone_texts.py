"""Visits told in texts, as the page of a week writes them, and what a chat or a mail makes of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.conftest import Esm
from tests.rosters import told

from esm.domain.visits.check_code import check_code
from esm.sheets.visits.form import LINES
from esm.sheets.visits.text_labels import CHINESE_END, CHINESE_HEAD, as_typed
from esm.storage.database import connection
from esm.storage.database.place import Place
from esm.storage.database.seal_lookup import district_mark

LABELS = {line.key: line.chinese for line in LINES}


def mark_of(place: Place) -> str:
    """Return the mark of a district."""
    with connection.reading(place) as reading:
        return district_mark(reading)


def phone_text(mark: str, entries: Mapping[str, str]) -> str:
    """Return a text in Chinese, in the order of its entries; `enterprise` and `cadre` are keys."""
    lines = []
    for key, words in entries.items():
        label = CHINESE_HEAD if key == "enterprise" else LABELS[key]
        keyed = f"{words} (某某)" if key in {"enterprise", "cadre"} else as_typed(words)
        lines.append(f"【{label}】{keyed}\n")
    body = "".join(lines)
    code = check_code(mark, body)
    return f"{body}【{CHINESE_END}】{mark}-{code[:8]}-{code[8:]}\n"


def wrapped(text: str, width: int) -> str:
    """Return a text with its long lines broken as a mail program breaks them."""
    return "\n".join(line[at : at + width] for line in text.splitlines() for at in range(0, len(line) or 1, width))


def quoted(text: str) -> str:
    """Return a text as the answer to a mail quotes it."""
    return "".join(f"> {line}\n" for line in text.splitlines())


def as_an_input_method_writes(text: str) -> str:
    """Return a text with the signs of its other width."""
    return text.translate(str.maketrans("【】():,.-", "[]（）：，。－"))


def in_a_chat(texts: Sequence[str]) -> str:
    """Return texts as they are copied from a messenger, with names, times and other words between them."""
    return "".join(f"王小明 2026/11/2{at % 9} 10:2{at % 9}\n{text}\n收到[强]\n" for at, text in enumerate(texts))


def plain(text: str) -> str:
    """Return a text without what separates words."""
    return re.sub(r"\s", "", text)


def texts_taken(esm: Esm, file: Path, *words: str, db: Place | Path) -> list[dict[str, object]]:
    """Import a file and return what became of its texts."""
    return list(told(esm, "import", str(file), *words, db=db)["texts"])
