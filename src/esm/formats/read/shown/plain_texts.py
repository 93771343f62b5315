"""What Markdown, JSON and plain text show: in tables, values and lines by place, and in sentences."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape

from esm.sheets.desk.texts_read_back import ShownTexts

_BETWEEN_CELLS = re.compile(r"(?<!\\)\|")
_ESCAPED = re.compile(r"\\(.)")
_RULE = re.compile(r":?-+:?")


_BETWEEN_COLUMNS = re.compile(" {2,}")


def markdown_texts(text: str) -> ShownTexts:
    """Return the texts of the tables by heading, row and column, and the lines between them."""
    found: dict[str, str] = {}
    sentences: list[str] = []
    heading, row = "", 0
    labels: list[str] = []
    for line in text.splitlines():
        if line.startswith("#"):
            heading = _plain(line.lstrip("#"))
        if not line.startswith("|"):
            row = 0
            if not line.startswith("<!--"):  # the proof
                sentences.append(_plain(line.lstrip("#")))
            continue
        cells = [_plain(cell) for cell in _BETWEEN_CELLS.split(line)[1:-1]]
        if row == 0:
            labels = cells
        if not all(map(_RULE.fullmatch, cells)):
            for number, cell in enumerate(cells):
                label = labels[number] if number < len(labels) else ""
                _add(found, f"{heading} / {row} / {label or number + 1}", cell)
            row += 1
    headings = tuple(dict.fromkeys(f"{place.split(' / ')[0]} / " for place in found))
    return ShownTexts(found, tuple(sentences), headings)


def table_texts(text: str) -> ShownTexts:
    """Return the texts of the plain tables that a terminal shows, by line and column."""
    return ShownTexts({
        f"{number} / {column}": cell
        for number, line in enumerate(text.splitlines(), start=1)
        for column, cell in enumerate(_BETWEEN_COLUMNS.split(line.strip()), start=1)
    })  # fmt: skip


def json_texts(text: str) -> ShownTexts:
    """Return the values by their path. Raises ValueError for what is no JSON; ndjson is one value a line."""
    try:
        return ShownTexts(dict(_values("", json.loads(text, parse_int=str, parse_float=str))))
    except ValueError:
        lines = [json.loads(line, parse_int=str, parse_float=str) for line in text.splitlines()]
    except RecursionError as error:
        raise ValueError from error
    return ShownTexts(dict(_values("", lines)))


def _values(path: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _values(f"{path}.{key}" if path else key, each)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _values(f"{path}[{number}]", each)
    elif isinstance(value, str):
        yield path, value


def _plain(text: str) -> str:
    return unescape(_ESCAPED.sub(r"\1", text.strip()))


def _add(found: dict[str, str], place: str, text: str) -> None:
    name, number = place, 1
    while name in found:
        number += 1
        name = f"{place} ({number})"
    found[name] = text
