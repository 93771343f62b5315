"""Reads a CSV file in any of the encodings and separators that offices use; every cell is text."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from pathlib import PurePath

from esm.errors import InputRefused, Message, say
from esm.formats.read.size_limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, too_large, too_many_cells
from esm.sheets.exchange.grid import Grid

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_PIECE = _HEAD = 2**20
_LONGEST_ROW = 2**22  # characters
_DELIMITERS = ",;\t"
_SEPARATOR_LINE = re.compile("\ufeff?sep=([,;\t|])\r?\n?", re.IGNORECASE)
_MARKUP = re.compile(
    r"\s*+(?:<(?:!doctype|html|table|\?xml|head|body|meta|style|div)\b|<\?xml|MIME-Version:)", re.IGNORECASE
)
_KEPT_AS_TEXT = re.compile('="([^"]*)"')
_GUARDED = re.compile("'++[=+\\-@\t\r＝＋－＠]")
_AS_UTF8 = say("In Excel or WPS, save it as CSV UTF-8, or as .xlsx.")


def read(data: bytes, file: str) -> Grid:
    """Return the only sheet of the file, named after the file.

    Read are UTF-8, UTF-16 with its mark and GB18030, with commas, semicolons or tabs. What is no text, a web page,
    quotation marks that do not match, and more rows, columns or cells than a workbook may have are refused.
    """
    encoding, is_wrapped = _survey(data, file)
    head = _opened(data, encoding).read(_HEAD)
    if _MARKUP.match(head):
        raise InputRefused(
            say("{file} is a web page or XML, despite its extension.", file=file),
            say("Open it in Excel or WPS and save it as .xlsx."),
        )
    declared = _SEPARATOR_LINE.match(head)
    text = _opened(data, encoding)
    text.read(declared.end() if declared else 0)
    delimiter = declared[1] if declared else _delimiter(head)
    rows = _rows(_Lines(text, file), delimiter, file, is_wrapped=is_wrapped)
    return Grid(file, PurePath(file).stem, rows, first_row=2 if declared else 1)


def decode(data: bytes, file: str) -> str:
    """Decode UTF-8, UTF-16 with a byte order mark or GB18030; InputRefused for any other encoding."""
    encoding, _ = _survey(data, file)
    return data.decode(encoding)


def _opened(data: bytes, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding, newline="")


def _survey(data: bytes, file: str) -> tuple[str, bool]:
    """Return the encoding of a text, and whether a cell in it may be wrapped. InputRefused if it is no text."""
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    read_to = 0
    # Strict UTF-8 goes first: GB18030 reads most UTF-8 without complaint, as nonsense.
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        is_wrapped = has_nul = False
        try:
            for piece in _decoded(data, encoding):
                has_nul = has_nul or "\x00" in piece
                is_wrapped = is_wrapped or "'" in piece or "=" in piece
        except UnicodeDecodeError as error:
            read_to = max(read_to, error.start)
        else:
            if has_nul:
                raise _refused(say("{file} is not a text file, or its encoding is unknown.", file=file))
            return encoding, is_wrapped
    place = {"line": data.count(b"\n", 0, read_to) + 1, "position": read_to + 1}
    raise _refused(say("The encoding of {file} is unknown (line {line}, byte {position}).", file=file, **place))


def _decoded(data: bytes, encoding: str) -> Iterator[str]:
    """Yield a text piece by piece; an error tells its position in the whole."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for start in range(0, len(data), _PIECE):
        begun, _ = decoder.getstate()
        try:
            yield decoder.decode(data[start : start + _PIECE], final=start + _PIECE >= len(data))
        except UnicodeDecodeError as error:
            error.start += start - len(begun)
            raise


def _refused(message: Message) -> InputRefused:
    return InputRefused(message, _AS_UTF8)


def _delimiter(text: str) -> str:
    """Return the separator of the first line that has one; full-width commas count only if there is no other.

    Of a long text the beginning tells.
    """
    for line in io.StringIO(text):
        most = max(_DELIMITERS, key=line.count)
        if most in line:
            return most
    return "，" if "，" in text else ","


class _Lines:
    """The lines of a text. InputRefused if those of one row are too long: `taken` counts from the row before."""

    def __init__(self, text: io.TextIOWrapper, file: str) -> None:
        self.text, self.file = text, file
        self.taken = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self.text.readline(_LONGEST_ROW + 1)
        self.taken += len(line)
        if self.taken > _LONGEST_ROW:
            raise too_large(
                say("{file}: a row has more than {most:character|characters}.", file=self.file, most=_LONGEST_ROW)
            )
        if not line:
            raise StopIteration
        return line


def _rows(lines: _Lines, delimiter: str, file: str, *, is_wrapped: bool) -> list[list[str]]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    blank: list[str] = []  # one for all: nobody writes into it
    cells = 0
    try:
        for row in reader:
            lines.taken = 0
            cells += len(row)
            if len(rows) >= MOST_ROWS or len(row) > MOST_COLUMNS or cells > MOST_CELLS:
                raise _beyond(len(row), cells, file)
            rows.append((list(map(_bare, row)) if is_wrapped else row) if row else blank)
    except csv.Error as error:
        raise InputRefused(
            say(
                "{file}, line {line}: the quotation marks do not match, or a cell is too long.",
                file=file,
                line=reader.line_num,
            ),
            say("Put quotation marks around the whole cell, and double those inside it."),
        ) from error
    return rows


def _beyond(columns: int, cells: int, file: str) -> InputRefused:
    if columns > MOST_COLUMNS:
        return too_large(say("{file}: a row has more than {most:column|columns}.", file=file, most=MOST_COLUMNS))
    if cells > MOST_CELLS:
        return too_many_cells(file)
    return too_large(say("{file} has more than {most:row|rows}.", file=file, most=MOST_ROWS))


def _bare(cell: str) -> str:
    """Remove the wrapping with which Excel or esm keeps a cell as text: `="138"`, `'=1+1`."""
    kept = _KEPT_AS_TEXT.fullmatch(cell)
    if kept is not None:
        return kept[1]
    return cell[1:] if _GUARDED.match(cell) else cell
