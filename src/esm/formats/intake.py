"""Takes a roster file in, whatever its ending says: the content tells which reader it needs."""

from __future__ import annotations

import stat
from pathlib import Path

from esm.errors import InputRefused, say
from esm.formats import read_csv
from esm.sheets.grid import Grid

_LOCK = "~$"
MOST_BYTES = 100 * 2**20
_WORKBOOK_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def read(path: Path) -> list[Grid]:
    """Return the sheets of the file; what is missing, no regular file, empty or too large is refused."""
    file = str(path)
    if path.name.startswith(_LOCK):
        raise InputRefused(
            say("{file} is a mark that Excel or WPS leaves while a workbook is open, not the workbook.", file=file),
            say("Save and close the workbook, and name its own file."),
        )
    data = content(path)
    if data.startswith(_WORKBOOK_STARTS):
        from esm.formats import read_xlsx  # noqa: PLC0415 - only a workbook needs the parser

        return read_xlsx.read(data, file)
    return [read_csv.read(data, file)]


def content(path: Path) -> bytes:
    """Return the bytes of the file; what is missing, no regular file, empty or too large is refused."""
    file = str(path)
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise InputRefused(say("{file} is a folder or a device, not a file.", file=file), say("Name a file."))
        if about.st_size > MOST_BYTES:
            raise InputRefused(
                say("{file} is larger than {most} MB.", file=file, most=MOST_BYTES >> 20),
                say("Copy the table alone into a new workbook and save that."),
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise InputRefused(say("There is no file {file}.", file=file), say("Check the name and the folder.")) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise InputRefused(
            say("{file} cannot be read: {reason}.", file=file, reason=reason),
            say("Close it in other programs and check that you may read it."),
        ) from error
    if not data:
        raise InputRefused(say("{file} is empty (0 bytes).", file=file), say("Save it again from Excel or WPS."))
    return data
