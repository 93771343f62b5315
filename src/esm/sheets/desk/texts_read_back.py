"""What a file shows, read again: its cells by place, and the sentences between them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShownTexts:
    """The texts of the cells by place, the sentences, and the headings with which places begin."""

    cells: dict[str, str]
    sentences: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
