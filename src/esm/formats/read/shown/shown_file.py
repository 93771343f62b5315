"""A file of esm, read again: the proof that it carries, and what it shows at which place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from esm.errors import InputRefused, say
from esm.formats.proof.carried_proof import proof_text
from esm.formats.read import file as input_file
from esm.formats.read.shown import document_texts, page_texts, plain_texts
from esm.sheets.exchange.grid import Cell, Grid

_READERS: dict[str, Callable[[str], dict[str, str]]] = {
    "html": page_texts.page_texts,
    "md": plain_texts.markdown_texts,
    "json": plain_texts.json_texts,
    "ndjson": plain_texts.json_texts,
}


@dataclass(frozen=True, slots=True)
class ShownFile:
    """The proof that a file carries, None for none, and the texts that it shows by place."""

    proof: str | None
    texts: dict[str, str]


def read(path: Path, kind: str) -> ShownFile:
    """Return what stands in a file of a kind. Raises InputRefused for one that is missing, damaged or of another."""
    data = input_file.content(path)
    proof = proof_text(path, data, kind)
    if proof is None:
        return ShownFile(None, {})
    if kind in {"xlsx", "csv"}:
        return ShownFile(proof, dict(_of_grids(input_file.read(path), is_table=kind == "csv")))
    try:
        if kind == "docx":
            return ShownFile(proof, document_texts.document_texts(data))
        return ShownFile(proof, _READERS[kind](data.decode("utf-8-sig")))
    except ValueError as error:
        raise InputRefused(
            say("{file} is damaged or incomplete.", file=path), say("Write it again with -o and --force.")
        ) from error


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
