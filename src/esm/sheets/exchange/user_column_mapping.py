"""What a person says that columns are: `联系电话=cadre.phone` on the command line, or a file of such assignments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from gettext import gettext as _

from esm.domain.exchange.import_summary import UnderstoodColumn
from esm.domain.exchange.sheet_catalogue import BOOK
from esm.domain.values import nearest_spellings
from esm.domain.values.raw_text import fold
from esm.errors import InputRefused, UsageRefused, say
from esm.sheets.exchange.header_recognition import column_at
from esm.sheets.exchange.recognised_sheet import LEFT_OUT, Assigned, Ground

_ANYWHERE = "columns"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The assignments by the folded header: those of every sheet, and those of one, which go before."""

    anywhere: Mapping[str, Assigned] = field(default_factory=dict)
    by_sheet: Mapping[str, Mapping[str, Assigned]] = field(default_factory=dict)

    def of(self, sheet: str) -> Mapping[str, Assigned]:
        """Return what the headers of a sheet are said to mean."""
        return {**self.anywhere, **self.by_sheet.get(fold(sheet), {})}


NO_ASSIGNMENTS = ColumnMapping()


def column_mapping(chosen: Sequence[str], text: str | None, file: str) -> ColumnMapping:
    """Return the assignments of the command line and of the text of a file, the former going first.

    Raises UsageRefused or InputRefused for what is no assignment, or names no column.
    """
    told = _from_file(text, file) if text is not None else ColumnMapping()
    direct = {}
    for words in chosen:
        header, equals, meant = words.rpartition("=")
        if not (equals and fold(header)):
            raise UsageRefused(
                say("“{words}” is not HEADER=SHEET.KEY.", words=words),
                say('Write it like --map "联系电话=cadre.phone".'),
            )
        direct[fold(header)] = Assigned(_field(header, meant.strip()), Ground.MAP)
    return ColumnMapping({**told.anywhere, **direct}, told.by_sheet)


def _from_file(text: str, file: str) -> ColumnMapping:
    import tomllib  # noqa: PLC0415 - few imports have such a file

    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputRefused(
            say("{file} cannot be read: {reason}.", file=file, reason=error),
            say("Correct it, or write a new one with --write-mapping."),
        ) from error
    found: dict[str, Mapping[str, Assigned]] = {}
    for name, table in tables.items():
        if not isinstance(table, dict) or not all(isinstance(meant, str) for meant in table.values()):
            raise InputRefused(
                say('{file}: [{table}] holds no lines such as "联系电话" = "cadre.phone".', file=file, table=name),
                say("Correct it, or write a new one with --write-mapping."),
            )  # fmt: skip
        found[name] = {fold(header): Assigned(_field(header, meant), Ground.MAPPING) for header, meant in table.items()}
    anywhere = found.pop(_ANYWHERE, {})
    return ColumnMapping(anywhere, {fold(name): table for name, table in found.items()})


def _field(header: str, meant: str) -> str:
    if meant == LEFT_OUT or any(column_at(spec, meant) for spec in BOOK):
        return meant
    known = [f"{spec.key}.{column.key}" for spec in BOOK for column in spec.columns if not column.is_kept]
    known += [column.key for spec in BOOK for column in spec.told]
    close = nearest_spellings.nearest(meant, list(dict.fromkeys(known)), share=0.5)
    raise UsageRefused(
        say("“{header}={meant}”: there is no column {meant}.", header=header, meant=meant),
        say("Did you mean {close}?", close=close[0]) if close else say("See docs/cli.md, Columns."),
    )


def mapping_text(understood: Iterable[UnderstoodColumn]) -> str:
    """Return the file of assignments that repeats what was understood; a column that was not stands as a remark."""
    fields: dict[str, set[str | None]] = defaultdict(set)
    columns = [column for column in understood if fold(column.header)]
    for column in columns:
        fields[column.header].add(column.field)
    words = _("What each column is: esm import FILE --mapping THIS FILE. “-” leaves a column out.")
    lines = [f"# {words}", ""]
    lines.append(f"[{_ANYWHERE}]")
    lines += [_line(header, next(iter(told))) for header, told in fields.items() if len(told) == 1]
    for sheet in dict.fromkeys(column.sheet for column in columns):
        own = [
            _line(each.header, each.field) for each in columns if each.sheet == sheet and len(fields[each.header]) > 1
        ]
        if own:
            lines += ["", f"[{_quoted(sheet)}]", *own]
    return "\n".join(lines) + "\n"


def _line(header: str, meant: str | None) -> str:
    return f"{_quoted(header)} = {_quoted(meant)}" if meant else f"# {_quoted(header)} = {_quoted(LEFT_OUT)}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    kept = "".join(
        c if c.isprintable() else f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08x}" for c in escaped
    )
    return f'"{kept}"'
