"""Reads a roster or texts from phones, whose content, not its extension, decides which; and a completed form.

`-` is standard input.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from esm.errors import InputRefused, say
from esm.formats.read import bounded_process, csv
from esm.sheets.exchange.grid import Grid
from esm.sheets.exchange.visit_texts import found_texts
from esm.sheets.exchange.visit_texts.found_texts import FoundTexts
from esm.sheets.visits.form import parse_form_text

STANDARD_INPUT = Path("-")
_LOCKS = ("~$", ".~")  # Excel and WPS; WPS on Linux, LibreOffice
MOST_BYTES = 100 * 2**20
MOST_BYTES_OF_TEXTS = 4 * 2**20  # thousands of visits
_PICTURES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_WORKBOOK_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def read(path: Path) -> list[Grid]:
    """Return the sheets of the file. Raises InputRefused if it is missing, no regular file, empty or too large."""
    return _grids(_table_or_text(path), str(path))


def read_any(path: Path) -> list[Grid] | FoundTexts:
    """Return the sheets of the file, or the visits that texts from phones in it tell of; refused as by `read`."""
    data, file = _table_or_text(path), str(path)
    if len(data) <= MOST_BYTES_OF_TEXTS and not data.startswith(_WORKBOOK_STARTS):
        text = csv.decode(data, file)
        if found_texts.is_told(text):
            return found_texts.visit_texts(text, file)
    return _grids(data, file)


def _table_or_text(path: Path) -> bytes:
    file = str(path)
    if path.name.startswith(_LOCKS):
        raise InputRefused(
            say("{file} is a lock file left by Excel or WPS, not the workbook itself.", file=file),
            say("Save and close the workbook, and give its own file name."),
        )
    data = _content_or_input(path)
    _refuse_what_is_open(path)
    _refuse_other_kinds(data, file)
    return data


def _grids(data: bytes, file: str) -> list[Grid]:
    if data.startswith(_WORKBOOK_STARTS):
        from esm.formats.read import workbook  # noqa: PLC0415 - only a workbook needs the parser

        return bounded_process.grids(lambda: workbook.read(data, file), file, len(data))
    return bounded_process.grids(lambda: [csv.read(data, file)], file, len(data))


def read_form(path: Path) -> list[Grid]:
    """Return the rows of a completed form, label and entry: a workbook, or text saved from an editor."""
    if path == STANDARD_INPUT or path.suffix.lower() in {".xlsx", ".xlsm", ".xls", ".csv"}:
        return read(path)
    return [Grid(str(path), "", parse_form_text(csv.decode(content(path), str(path))))]


def _refuse_what_is_open(path: Path) -> None:
    """Refuse a workbook that is open elsewhere, because unsaved changes would be missing."""
    names = (f"~${path.name}", f".~{path.name}", f".~lock.{path.name}#")
    mark = next((name for name in names if os.path.exists(path.with_name(name))), None)
    if mark is not None:
        raise InputRefused(
            say("{file} is open in another program, as the lock file {mark} shows.", file=path, mark=mark),
            say("Save and close it there. If no program has it open, delete {mark}.", mark=mark),
        )


def _refuse_other_kinds(data: bytes, file: str) -> None:
    if data.startswith(_PICTURES):
        raise InputRefused(
            say("{file} is a PDF or a picture: it contains no table that can be read.", file=file),
            say("Ask for the workbook from which it was made."),
        )
    if data.startswith(_ARCHIVES):
        raise InputRefused(
            say("{file} is an archive, not a workbook.", file=file), say("Extract it, and give the workbook inside.")
        )


def content(path: Path) -> bytes:
    """Return the content of the file. Raises InputRefused if it is missing, no regular file, empty or too large."""
    file = str(path)
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise InputRefused(say("{file} is a folder or a device, not a file.", file=file), say("Give a file."))
        _refuse_more_than_fits(about.st_size, file)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise InputRefused(
            say("The file {file} does not exist.", file=file), say("Check the name and the folder.")
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise InputRefused(
            say("{file} cannot be read: {reason}.", file=file, reason=reason),
            say("Close it in other programs and check that you have read permission."),
        ) from error
    _refuse_nothing(data, file)
    return data


def _content_or_input(path: Path) -> bytes:
    """Return the content of the file, or what comes on standard input."""
    if path != STANDARD_INPUT:
        return content(path)
    data = sys.stdin.buffer.read(MOST_BYTES + 1) if sys.stdin else b""
    _refuse_more_than_fits(len(data), str(path))
    _refuse_nothing(data, str(path))
    return data


def _refuse_more_than_fits(size: int, file: str) -> None:
    if size > MOST_BYTES:
        raise InputRefused(
            say("{file} is larger than {most} MB.", file=file, most=MOST_BYTES >> 20),
            say("Copy only the table into a new workbook and save that."),
        )


def _refuse_nothing(data: bytes, file: str) -> None:
    if not data:
        raise InputRefused(say("{file} is empty (0 bytes).", file=file), say("Save it again from Excel or WPS."))
