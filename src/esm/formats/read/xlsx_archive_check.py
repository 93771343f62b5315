"""Checks the archive of an .xlsx file before it is parsed: is it safe to read, and what would be lost?

The parser holds a sheet as a full rectangle, so one stray cell can ask for more memory than there is. It
also returns nothing for a cell with an Excel error or with a formula that was never calculated.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from posixpath import join, normpath

from esm.errors import InputRefused, Message, say
from esm.formats.read import xlsx_extent
from esm.formats.read.size_limits import MOST_CELLS, too_large
from esm.formats.read.xlsx_extent import column_number
from esm.sheets.exchange.grid import NO_RESULT, column_letters

MOST_BYTES = 400 * 2**20  # that take room
MOST_UNPACKED = 2**30  # blank rows included
MOST_RATIO = 200
MOST_PARTS = 2000
_HEAD = 2**16
_ALWAYS_BYTES = 10 * 2**20

Marks = Mapping[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class Part:
    """What the parser does not report of one sheet: dropped cells and hidden content."""

    marks: Marks = field(default_factory=dict)
    hidden_rows: Collection[int] = ()
    hidden_columns: int = 0


@dataclass(frozen=True, slots=True)
class Archive:
    """What the archive contains besides cells: its sheets by name, and notes on the file.

    `data` is the workbook for the parser, without long runs of blank rows.
    """

    data: bytes
    sheets: Mapping[str, Part] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()


_WORKBOOK = re.compile(r"xl/workbook\d*[.]xml", re.IGNORECASE)
_ABSURD_COUNT = re.compile(rb"ount\s*+=\s*+[\"'][0-9]{8}")  # the parser makes room for so many
# No repetition below passes the next tag or gives back what it took: the work grows with the part, however it is made.
_FORMULA = rb"<f\b[^<>]*+>(?:(?<=/>)|[^<]*+</f>)"
_ERROR = re.compile(rb'<c\b(?=[^<>]*?\st="e")([^<>]*+)>(?:' + _FORMULA + rb")?+<v>([^<]*+)</v>")
_NO_RESULT = re.compile(rb"<c\b([^<>]*+)>" + _FORMULA + rb"(?:<v></v>|<v ?/>)?+</c>")
_REFERENCE = re.compile(rb'\br="([A-Z]++)([0-9]++)"')
_SHEET = re.compile(r"<(?:\w++:)?sheet\s([^<>]*+)>")
_RELATION = re.compile(r"<(?:\w++:)?Relationship\s([^<>]*+)>")
_ROW = re.compile(rb"<row\b([^<>]*+)>")
_ROW_NUMBER = re.compile(rb'\sr="([0-9]{1,10}+)"')
_HIDDEN_ROW = re.compile(rb'\shidden="(?:1|true)"')
_HIDDEN_COLUMN = re.compile(rb'<col\b(?=[^<>]*?\shidden="(?:1|true)")')
_ATTRIBUTE = re.compile(r"(?<![\w:])([\w:]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')")

_NO_WORKBOOK = say("Open it in Excel or WPS and save it as .xlsx.")


def inspect(data: bytes, file: str) -> Archive:
    """Return what the parser does not report of the workbook; rows and columns are counted from 0.

    Refused are an archive that is no workbook, is damaged, or would take too much room.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        _check_kind(archive, file)
        _check_size(archive, len(data), file)
        names = _sheet_names(archive)
        found: dict[str, Part] = {}
        lightened: dict[str, bytes] = {}
        room = 0
        for part in archive.infolist():
            content = _content(archive, part)
            room += part.file_size if content is None else len(content)
            if room > MOST_BYTES:
                raise _unpacks_to(room, file)
            if content is None:
                continue
            name = names.get(part.filename, part.filename)
            _check_extent(content, name, file)
            found[name] = _part(content)
            if len(content) < part.file_size:
                lightened[part.filename] = content
        if lightened:
            data = _repacked(archive, lightened)
        return Archive(data, found, tuple(_said(archive.namelist(), file)))


def _check_kind(archive: zipfile.ZipFile, file: str) -> None:
    names = archive.namelist()
    if any(map(_WORKBOOK.fullmatch, names)):
        return
    if "mimetype" in names:
        raise InputRefused(say("{file} is an OpenDocument file, not an .xlsx workbook.", file=file), _NO_WORKBOOK)
    if "[Content_Types].xml" in names or any(name.startswith("Index/") for name in names):
        reason = say("{file} is a document of another type, such as .docx, .xlsb or .numbers.", file=file)
        raise InputRefused(reason, _NO_WORKBOOK)
    raise InputRefused(
        say("{file} is an archive, not a workbook.", file=file), say("Extract it, and give the workbook inside.")
    )


def _check_size(archive: zipfile.ZipFile, packed: int, file: str) -> None:
    """Refuse an archive whose declared size is too large; of sheets, only used cells count."""
    parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    fixed = sum(part.file_size for part in parts if not part.filename.lower().startswith("xl/worksheets/"))
    is_bomb = size > max(_ALWAYS_BYTES, MOST_RATIO * packed)
    if is_bomb or size > MOST_UNPACKED or fixed > MOST_BYTES or len(parts) > MOST_PARTS:
        raise _unpacks_to(size, file)


def _unpacks_to(size: int, file: str) -> InputRefused:
    return too_large(say("{file} expands to {size} MB, too large for a roster.", file=file, size=size >> 20))


def _content(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes | None:
    """Return the XML of a sheet, None for any other part; every part is read to verify its checksum."""
    with archive.open(part) as opened:
        head = opened.read(_HEAD)
        if _ABSURD_COUNT.search(head):
            raise zipfile.BadZipFile(part.filename)
        if b"sheetData" not in head:
            while opened.read(xlsx_extent.PIECE):
                pass
            return None
    return xlsx_extent.filled(archive, part)


def _check_extent(content: bytes, sheet: str, file: str) -> None:
    extent = xlsx_extent.of(content)
    if extent is not None and extent.cells > MOST_CELLS:
        raise too_large(
            say(
                "{file}, {sheet}: there are cells far away from the table: the sheet extends to row "
                "{row} and column {column}.",
                file=file, sheet=sheet, row=extent.row, column=column_letters(extent.column - 1),
            )
        )  # fmt: skip


def _repacked(archive: zipfile.ZipFile, lightened: Mapping[str, bytes]) -> bytes:
    """Return the workbook with some sheets replaced, and without the parts that a cell parser does not need."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name in archive.NameToInfo:  # of parts of one name the last counts
            if name.lower().endswith((".xml", ".rels")):
                packed.writestr(name, lightened[name] if name in lightened else archive.read(name))
    return buffer.getvalue()


def _part(content: bytes) -> Part:
    if b" hidden=" not in content:
        return Part(dict(_marks(content)))
    return Part(dict(_marks(content)), frozenset(_hidden_rows(content)), len(_HIDDEN_COLUMN.findall(content)))


def _hidden_rows(content: bytes) -> Iterator[int]:
    """Yield the hidden rows that hold something; one without a number follows the one before it."""
    number = 0
    for row in _ROW.finditer(content):
        told = _ROW_NUMBER.search(row[1])
        number = int(told[1]) if told else number + 1
        is_hidden = _HIDDEN_ROW.search(row[1]) is not None and not row[1].endswith(b"/")
        if is_hidden and xlsx_extent.holds_something(content, row.end()):
            yield number - 1


def _said(names: list[str], file: str) -> Iterator[Message]:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        yield say("{file}: the macros were not run", file=file)
    if any(name.lower().startswith("xl/externallinks/") for name in names):
        yield say("{file}: values from other workbooks were read as last saved", file=file)


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
        yield (int(reference[2]) - 1, column_number(reference[1])), text


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the name of each sheet by its path. A part that is several sheets would be parsed as many times."""
    sheets = list(_sheet_paths(archive))
    names = {path: name for name, path in sheets}
    if len(names) < len(sheets):
        raise zipfile.BadZipFile
    return names


def _sheet_paths(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet and the path of its part in the archive."""
    names = {part.filename.lower(): part.filename for part in archive.infolist()}
    workbook = next(name for name in names.values() if _WORKBOOK.fullmatch(name))
    relations = names.get(workbook.lower().replace("xl/", "xl/_rels/", 1) + ".rels")
    if relations is None:
        return
    targets = {of["Id"]: of["Target"] for of in _elements(_RELATION, archive.read(relations)) if "Target" in of}
    for sheet in _elements(_SHEET, archive.read(workbook)):
        target = next((targets[value] for key, value in sheet.items() if key.endswith(":id") and value in targets), "")
        if target:
            yield sheet.get("name", ""), normpath(join("/xl", target)).lstrip("/")


def _elements(tag: re.Pattern[str], content: bytes) -> Iterator[dict[str, str]]:
    for attributes in tag.findall(content.decode("utf-8", "replace")):
        yield {key: unescape(double or single) for key, double, single in _ATTRIBUTE.findall(attributes)}
