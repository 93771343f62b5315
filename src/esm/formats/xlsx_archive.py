"""Looks into the archive that an .xlsx file is, before it is parsed: is it safe to read, and what gets lost?

The parser holds a sheet as a full rectangle, so one stray cell can ask for more memory than there is. It
also returns nothing for a cell with an Excel error or with a formula that was never calculated.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from posixpath import join, normpath

from esm.errors import InputRefused, Message, say
from esm.sheets.grid import NO_RESULT

MOST_CELLS = 20_000_000
MOST_BYTES = 400 * 2**20
MOST_RATIO = 200
MOST_PARTS = 2000
_HEAD = 2**16
_PIECE = 2**20
_ALWAYS_BYTES = 10 * 2**20

Marks = Mapping[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class Part:
    """What the parser does not tell of one sheet: cells that it drops, and how much of it is hidden."""

    marks: Marks = field(default_factory=dict)
    hidden_rows: int = 0
    hidden_columns: int = 0


@dataclass(frozen=True, slots=True)
class Archive:
    """What the archive holds beside cells: its sheets by name, and what is worth saying of the file."""

    sheets: Mapping[str, Part] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()


_WORKBOOK = re.compile(r"xl/workbook\d*[.]xml", re.IGNORECASE)
_FAR = re.compile(rb' r="(?:[A-Z]{2}|[A-Z]?[0-9]{7})')
_COLUMN = re.compile(rb" r=[\"']([A-Z]+)")
_ROW = re.compile(rb" r=[\"'][A-Z]*([0-9]+)")
# Cells and rows that are formatted and hold nothing: the parser leaves them out.
_BLANK_CELL = re.compile(rb'<c(?:\s+[\w:]+="[^"<>]*")*\s*/>')
_BLANK_ROW = re.compile(rb'<row(?:\s+[\w:]+="[^"<>]*")*\s*(?:/>|>\s*</row>)')
_ABSURD_COUNT = re.compile(rb"ount\s*=\s*[\"'][0-9]{8}")  # the parser makes room for so many
_ERROR = re.compile(rb'<c\b([^>]*\st="e"[^>]*)>(?:<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)?<v>([^<]*)</v>')
_NO_RESULT = re.compile(rb"<c\b([^>]*)>(?:<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)(?:<v></v>|<v ?/>)?</c>")
_REFERENCE = re.compile(rb'\br="([A-Z]+)([0-9]+)"')
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_HIDDEN_ROW = re.compile(rb'<row\b[^>]*\shidden="(?:1|true)"[^>]*(?<!/)>')
_HIDDEN_COLUMN = re.compile(rb'<col\b[^>]*\shidden="(?:1|true)"')
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")

_NO_WORKBOOK = say("Open it in Excel or WPS and save it as .xlsx.")


def inspect(data: bytes, file: str) -> Archive:
    """Return what the parser would not tell of the workbook, row and column of a cell counted from 0.

    Refused are an archive that is no workbook, is damaged, or would take too much room.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
        if "mimetype" in archive.NameToInfo:
            raise InputRefused(say("{file} is an OpenDocument file, not an .xlsx workbook.", file=file), _NO_WORKBOOK)
        if not any(_WORKBOOK.fullmatch(part.filename) for part in parts):
            raise InputRefused(
                say("{file} is an archive such as .zip, not an .xlsx workbook.", file=file), _NO_WORKBOOK
            )
        size = sum(part.file_size for part in parts)
        if size > MOST_BYTES or size > max(_ALWAYS_BYTES, MOST_RATIO * len(data)) or len(parts) > MOST_PARTS:
            raise _too_large(say("{file} unpacks to {size} MB, too much for a roster.", file=file, size=size >> 20))
        found = {}
        for part in parts:
            content = archive.read(part)  # every part: this checks its checksum too
            if _ABSURD_COUNT.search(content, 0, _HEAD):
                raise zipfile.BadZipFile(part.filename)
            if b"sheetData" in content[:_HEAD]:
                _check_extent(content, part.filename, file)
                found[part.filename] = _part(content)
        sheets = {name: found[path] for name, path in _sheet_paths(archive) if path in found}
        return Archive(sheets, tuple(_said(archive.namelist(), file)))


def _part(content: bytes) -> Part:
    if b" hidden=" not in content:
        return Part(dict(_marks(content)))
    return Part(dict(_marks(content)), len(_HIDDEN_ROW.findall(content)), len(_HIDDEN_COLUMN.findall(content)))


def _said(names: list[str], file: str) -> Iterator[Message]:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        yield say("{file}: the macros were not run", file=file)
    if any(name.lower().startswith("xl/externallinks/") for name in names):
        yield say("{file}: values from other workbooks were read as they were last saved", file=file)


def _too_large(message: Message) -> InputRefused:
    return InputRefused(message, say("Copy the table alone into a new workbook and save that."))


def _check_extent(content: bytes, part: str, file: str) -> None:
    if b" r='" not in content and not _FAR.search(content):
        return
    content = b"".join(map(_filled, _pieces(content)))
    columns = max(map(_column_number, set(_COLUMN.findall(content))), default=0) + 1
    rows = max(map(int, _ROW.findall(content)), default=0)
    if columns * rows > MOST_CELLS:
        raise _too_large(say("{file} has a cell far away from its table ({part}).", file=file, part=part))


def _pieces(content: bytes) -> Iterator[bytes]:
    """Yield a sheet in pieces that begin with a row: a million blank cells are dropped without holding them all."""
    start = 0
    while start < len(content):
        end = content.find(b"<row", start + _PIECE)
        yield content[start : end if end > 0 else None]
        start = end if end > 0 else len(content)


def _filled(piece: bytes) -> bytes:
    return _BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", piece))


def _column_number(letters: bytes) -> int:
    """Return the number of a column from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _marks(content: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    if b't="e"' in content:
        for attributes, value in _ERROR.findall(content):
            yield from _at(attributes, value.decode("ascii", "replace"))
    if b"<f" in content:
        for attributes in _NO_RESULT.findall(content):
            if b't="str"' not in attributes:
                yield from _at(attributes, NO_RESULT)


def _at(attributes: bytes, text: str) -> Iterator[tuple[tuple[int, int], str]]:
    reference = _REFERENCE.search(attributes)
    if reference is not None:
        yield (int(reference[2]) - 1, _column_number(reference[1])), text


def _sheet_paths(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet with the part of the archive that holds it."""
    names = {part.filename.lower(): part.filename for part in archive.infolist()}
    workbook = next(name for name in names.values() if _WORKBOOK.fullmatch(name))
    relations = names.get(workbook.lower().replace("xl/", "xl/_rels/", 1) + ".rels")
    if relations is None:
        return
    targets = {of["Id"]: of["Target"] for of in _elements(_RELATION, archive.read(relations)) if "Target" in of}
    for sheet in _elements(_SHEET, archive.read(workbook)):
        target = next((targets[value] for key, value in sheet.items() if key.endswith(":id") and value in targets), "")
        yield sheet.get("name", ""), normpath(join("/xl", target)).lstrip("/")


def _elements(tag: re.Pattern[str], content: bytes) -> Iterator[dict[str, str]]:
    for attributes in tag.findall(content.decode("utf-8", "replace")):
        yield {key: unescape(double or single) for key, double, single in _ATTRIBUTE.findall(attributes)}
