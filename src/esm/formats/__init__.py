"""How listings are written and files are read: one module per format, imported when that format is needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from os.path import splitext
from typing import TYPE_CHECKING

from esm.errors import Listed, UsageRefused, say

if TYPE_CHECKING:
    from esm.sheets.sheet.sheet import Document, Sheet

FORMATS = ("table", "json", "ndjson", "csv", "md", "xlsx", "html")
FOR_MACHINES = ("json", "ndjson", "csv")
HANDED_ON = ("md", "xlsx", "html")  # what people who have no esm read
HEADED = ("xlsx", "html")  # with lines under the title: what it is of, and who issues it
_ENDINGS = {".txt": "table", ".json": "json", ".ndjson": "ndjson", ".csv": "csv", ".md": "md", ".xlsx": "xlsx",
            ".html": "html"}  # fmt: skip
_WRITERS = {
    "table": ("screen.plain_text", "text"),
    "plain": ("screen.plain_text", "text"),
    "json": ("json", "text"),
    "ndjson": ("json", "lines"),
    "csv": ("csv", "text"),
    "md": ("markdown", "text"),
    "html": ("html", "text"),
}


def kind_of(path: str, wanted: str | None = None) -> str:
    """Return the format of a file: `wanted`, or the one of its extension.

    UsageRefused if the two contradict or neither is known.
    """
    kind = _ENDINGS.get(splitext(path)[1].lower())
    if wanted is not None:
        if kind not in (None, wanted):
            raise UsageRefused(
                say(
                    "{file} has the extension of {kind}, but --format is {wanted}.", file=path, kind=kind, wanted=wanted
                ),
                say("Omit --format, or choose another extension."),
            )
        return wanted
    if kind is None:
        raise UsageRefused(
            say("The extension of {file} is not that of a known format.", file=path),
            say("Use one of {endings}.", endings=Listed(_ENDINGS)),
        )
    return kind


def text(shown: Document, kind: str) -> str:
    """Return `shown` as text of `kind` (json, ndjson, csv, md, html, plain, table), ending in a newline.

    UsageRefused for xlsx.
    """
    if kind == "xlsx":
        raise UsageRefused(
            say("An Excel workbook cannot be shown on the screen."), say("Give a file with -o FILE.xlsx.")
        )
    module, function = _WRITERS[kind]
    write: Callable[[Document], str] = getattr(import_module(f"esm.formats.write.{module}"), function)
    return write(_handed_on(shown) if kind in HANDED_ON else shown)


def data(shown: Document, kind: str, made_on: date | None = None) -> bytes:
    """Return the content of a file in any of `FORMATS`: UTF-8; CSV with the byte order mark that Excel needs.

    A workbook says on which day it was made; the same answer on the same day is the same file.
    """
    if kind == "xlsx":
        content: Callable[[Document, date | None], bytes] = import_module("esm.formats.write.xlsx").content
        return content(_handed_on(shown), made_on)
    if kind == "csv":
        file_text: Callable[[Document], str] = import_module("esm.formats.write.csv").file_text
        return file_text(shown).encode("utf-8-sig")
    return text(shown, kind).encode()


def _handed_on(shown: Document) -> Document:
    without: Callable[[Document], Document] = import_module("esm.sheets.sheet.without_commands").without_commands
    return without(shown)


def exported(listing: Sheet) -> bytes:
    """Return the content of a CSV file from which an import reads every text as it is."""
    exact_text: Callable[[Sheet], str] = import_module("esm.formats.write.csv").exact_text
    return exact_text(listing).encode("utf-8-sig")
