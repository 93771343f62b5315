"""Reads a CSV file in any of the encodings and separators that offices use; every cell is text."""

from __future__ import annotations

import csv
import io
import re
from pathlib import PurePath

from esm.errors import InputRefused, Message, say
from esm.sheets.exchange.grid import Grid

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = ",;\t"
_SEPARATOR_LINE = re.compile("\ufeff?sep=([,;\t|])\r?\n?", re.IGNORECASE)
_MARKUP = re.compile(
    r"\s*<(?:!doctype|html|table|\?xml|head|body|meta|style|div)\b|\s*<\?xml|\s*MIME-Version:", re.IGNORECASE
)
_KEPT_AS_TEXT = re.compile('="([^"]*)"')
_GUARDED = re.compile("'[=+\\-@\t\r＝＋－＠]")
_AS_UTF8 = say("In Excel or WPS, save it as CSV UTF-8, or as .xlsx.")


def read(data: bytes, file: str) -> Grid:
    """Return the only sheet of the file, named after the file.

    Read are UTF-8, UTF-16 with its mark and GB18030, with commas, semicolons or tabs. What is no text,
    a web page, and quotation marks that do not match are refused.
    """
    text = decode(data, file)
    if "\x00" in text:
        raise _refused(say("{file} is not a text file, or its encoding is unknown.", file=file))
    if _MARKUP.match(text):
        raise InputRefused(
            say("{file} is a web page or XML, despite its extension.", file=file),
            say("Open it in Excel or WPS and save it as .xlsx."),
        )
    declared = _SEPARATOR_LINE.match(text)
    body = text[declared.end() :] if declared else text
    rows = _rows(body, declared[1] if declared else _delimiter(body), file)
    return Grid(file, PurePath(file).stem, rows, first_row=2 if declared else 1)


def decode(data: bytes, file: str) -> str:
    """Decode UTF-8, UTF-16 with a byte order mark or GB18030; InputRefused for any other encoding."""
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    read_to = 0
    # Strict UTF-8 goes first: GB18030 reads most UTF-8 without complaint, as nonsense.
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            read_to = max(read_to, error.start)
    place = {"line": data.count(b"\n", 0, read_to) + 1, "position": read_to + 1}
    raise _refused(say("The encoding of {file} is unknown (line {line}, byte {position}).", file=file, **place))


def _refused(message: Message) -> InputRefused:
    return InputRefused(message, _AS_UTF8)


def _delimiter(text: str) -> str:
    """Return the separator of the first line that has one; full-width commas count only if there is no other."""
    for line in io.StringIO(text):
        most = max(_DELIMITERS, key=line.count)
        if most in line:
            return most
    return "，" if "，" in text else ","


def _rows(text: str, delimiter: str, file: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    is_wrapped = "'" in text or '="' in text
    try:
        return [list(map(_bare, row)) for row in reader] if is_wrapped else list(reader)
    except csv.Error as error:
        raise InputRefused(
            say(
                "{file}, line {line}: the quotation marks do not match, or a cell is too long.",
                file=file,
                line=reader.line_num,
            ),
            say("Put quotation marks around the whole cell, and double those inside it."),
        ) from error


def _bare(cell: str) -> str:
    """Remove the wrapping with which Excel or esm keeps a cell as text: `="138"`, `'=1+1`."""
    kept = _KEPT_AS_TEXT.fullmatch(cell)
    if kept is not None:
        return kept[1]
    return cell[1:] if _GUARDED.match(cell) else cell
