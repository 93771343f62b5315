"""A file of esm, read again: the proof that it carries, what it is without one, and what it shows at which place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from esm.errors import InputRefused, say
from esm.formats.proof import carried_proof
from esm.formats.read import file as input_file
from esm.formats.read.shown import document_texts, page_texts, plain_texts
from esm.sheets.desk.texts_read_back import ShownTexts
from esm.sheets.exchange.grid import Cell, Grid

_READERS: dict[str, Callable[[str], ShownTexts]] = {
    "html": page_texts.page_texts,
    "md": plain_texts.markdown_texts,
    "json": plain_texts.json_texts,
    "ndjson": plain_texts.json_texts,
    "table": plain_texts.table_texts,
}


def proof_text(path: Path, kind: str) -> str | None:
    """Return the proof of a file, None where there is none. InputRefused for a file that is missing or cut off."""
    data = input_file.content(path)
    if carried_proof.is_cut_off(data, kind):
        raise _damaged(path)
    return carried_proof.proof_text(path, data, kind)


def nature(path: Path, kind: str) -> str | None:
    """Return what a file of esm without a proof says that it is; None where it says nothing."""
    return carried_proof.nature(input_file.content(path), kind)


def read(path: Path, kind: str) -> ShownTexts:
    """Return what stands in a file of a kind. Raises InputRefused for one that is damaged or of another."""
    if kind in {"xlsx", "csv"}:
        grids = input_file.read(path)
        headings = () if kind == "csv" else tuple(f"{grid.sheet}!" for grid in grids)
        return ShownTexts(dict(_of_grids(grids, is_table=kind == "csv")), headings=headings)
    data = input_file.content(path)
    try:
        return document_texts.document_texts(data) if kind == "docx" else _READERS[kind](data.decode("utf-8-sig"))
    except ValueError as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> InputRefused:
    return InputRefused(say("{file} is damaged or incomplete.", file=path), say("Write it again with -o and --force."))


def _of_grids(grids: list[Grid], *, is_table: bool) -> Iterator[tuple[str, str]]:
    """Yield the cells of worksheets by sheet and address, those of a table by row and heading."""
    for grid in grids:
        labels = [_text(cell) for cell in grid.rows[0]] if grid.rows else []
        for number, row in enumerate(grid.rows):
            for column, cell in enumerate(row):
                if is_table:
                    place = f"{number} / {labels[column] if column < len(labels) else column + 1}"
                else:
                    place = f"{grid.sheet}!{grid.address(number, column)}"
                yield place, _text(cell)


def _text(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else str(cell)
