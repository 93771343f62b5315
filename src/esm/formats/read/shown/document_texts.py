"""What a Word document shows in its tables, by the heads of the table, row and column, and in its paragraphs."""

from __future__ import annotations

import zipfile
from collections import Counter
from io import BytesIO
from xml.etree import ElementTree

from esm.sheets.desk.texts_read_back import ShownTexts

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_BYTES = 2**26


def document_texts(data: bytes) -> ShownTexts:
    """Return the texts of the tables by place, and the paragraphs. ValueError for no Word document, or too large."""
    found: dict[str, str] = {}
    seen: Counter[str] = Counter()
    body = _body(data)
    for table in body.iter(f"{_WORD}tbl"):
        rows = [[_text(cell) for cell in row.findall(f"{_WORD}tc")] for row in table.findall(f"{_WORD}tr")]
        labels = rows[0] if rows else []
        name = " | ".join(labels)
        seen[name] += 1
        name = name if seen[name] == 1 else f"{name} ({seen[name]})"
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                label = labels[column] if column < len(labels) else ""
                found[f"{name} / {number} / {label or column + 1}"] = text
    return ShownTexts(found, tuple(map(_text, body.findall(f"{_WORD}body/{_WORD}p"))))


def _body(data: bytes) -> ElementTree.Element:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            part = archive.getinfo("word/document.xml")
            content = archive.read(part) if part.file_size <= _MOST_BYTES else b"<!"
        if b"<!" in content:  # a declaration could expand without end
            raise ValueError
        return ElementTree.fromstring(content)  # noqa: S314 - without declarations nothing expands
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, NotImplementedError, ElementTree.ParseError) as error:
        raise ValueError from error


def _text(cell: ElementTree.Element) -> str:
    return "".join(each.text or "" for each in cell.iter(f"{_WORD}t")).strip()
