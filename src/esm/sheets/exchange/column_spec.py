"""What a sheet of a workbook and a column of it are; the modules of columns beside this one list them."""

from __future__ import annotations

from dataclasses import dataclass

from esm.domain.values.cells import Kind


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column of a workbook: `key` is the contract, `label` and `chinese` head it for people.

    One that is `kept` is esm's own: an export writes it and an import reads it, but no clerk fills it in.
    """

    key: str
    label: str
    chinese: str
    aliases: tuple[str, ...]
    required: bool
    kind: Kind
    kept: bool = False

    @property
    def title(self) -> str:
        """Return what names the column in either language: `工号 (staff_no)`."""
        return f"{self.chinese} ({self.key})"

    def head(self, lang: str) -> str:
        """Return what heads the column in a language."""
        return self.chinese if lang == "zh" else self.label

    @property
    def is_apart(self) -> bool:
        """Return whether a date of this column is no end of an interval: esm's own, or a last day, inclusive."""
        return self.kept or self.key == "until_on"

    @property
    def names(self) -> tuple[str, ...]:
        """Return every header that the column goes by."""
        return (self.key, self.label, self.chinese, *self.aliases)


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """A sheet of a workbook; `unique` are the columns that tell its rows apart."""

    key: str
    label: str
    chinese: str
    names: tuple[str, ...]
    unique: tuple[str, ...]
    columns: tuple[ColumnSpec, ...]

    def head(self, lang: str) -> str:
        """Return what the sheet is called in a language."""
        return self.chinese if lang == "zh" else self.label

    @property
    def interval(self) -> tuple[str, str] | None:
        """Return the keys of the first and the exclusive last day of a row, if it has them."""
        dates = tuple(column.key for column in self.columns if column.kind == "date" and not column.is_apart)
        return (dates[0], dates[1]) if len(dates) == 2 else None


def column(key: str, label: str, chinese: str, kind: Kind, aliases: str = "") -> ColumnSpec:
    """Return a column; `*` after its key: required, `+`: kept by esm; `aliases` are separated by blanks."""
    return ColumnSpec(
        key.rstrip("*+"), label, chinese, tuple(aliases.split()), "*" in key, kind, kept=key.endswith("+")
    )
