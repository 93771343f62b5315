"""What Markdown shows in its tables and JSON in its values, by place; paragraphs are prose."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape

_BETWEEN_CELLS = re.compile(r"(?<!\\)\|")
_ESCAPED = re.compile(r"\\(.)")
_RULE = re.compile(r":?-+:?")


def markdown_texts(text: str) -> dict[str, str]:
    """Return the texts of the tables by heading, row and column."""
    found: dict[str, str] = {}
    heading, row = "", 0
    labels: list[str] = []
    for line in text.splitlines():
        if line.startswith("#"):
            heading = _plain(line.lstrip("#"))
        if not line.startswith("|"):
            row = 0
            continue
        cells = [_plain(cell) for cell in _BETWEEN_CELLS.split(line)[1:-1]]
        if row == 0:
            labels = cells
        if not all(map(_RULE.fullmatch, cells)):
            for number, cell in enumerate(cells):
                label = labels[number] if number < len(labels) else ""
                _add(found, f"{heading} / {row} / {label or number + 1}", cell)
            row += 1
    return found


def json_texts(text: str) -> dict[str, str]:
    """Return the values by their path. Raises ValueError for what is no JSON; ndjson is one value a line."""
    try:
        return dict(_values("", json.loads(text, parse_int=str, parse_float=str)))
    except ValueError:
        lines = [json.loads(line, parse_int=str, parse_float=str) for line in text.splitlines()]
    except RecursionError as error:
        raise ValueError from error
    return dict(_values("", lines))


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
