"""`esm template`: a blank workbook to fill in."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import Annotated

from esm.cli.shell.command_decorators import command
from esm.cli.shell.completion.fixed_words import one_of
from esm.cli.shell.context import Context
from esm.cli.shell.options import ForceOption, argument, option
from esm.domain.exchange.sheet_catalogue import FILLED_SHEETS, ROSTER_SHEETS, sheet_called
from esm.domain.values.column_spec import SheetSpec
from esm.errors import EsmError, Listed, UsageRefused, say
from esm.formats.write import atomic_file
from esm.formats.write import fillable_workbook as write_book
from esm.operating_system import typed
from esm.sheets.exchange import fillable_workbook
from esm.usecases.exchange import export


@command("esm template roster.xlsx", "esm template visits.xlsx --for visits", "esm --lang zh template roster.xlsx")
def template(
    desk: Context,
    file: Annotated[Path, argument("FILE.xlsx", _("File or folder to write to."))],
    *,
    kind: Annotated[
        str | None,
        option(
            "SHEET",
            _("Only this sheet, by its key or name, such as visits or 走访."),
            "--for",
            autocompletion=one_of(spec.key for spec in FILLED_SHEETS),
        ),
    ] = None,
    force: ForceOption = False,
) -> None:
    """Write a blank workbook to fill in. Raises UsageRefused if `file` is not an .xlsx name."""
    if file.suffix.lower() != ".xlsx":
        raise UsageRefused(say("{file} is not an Excel file name.", file=file), say("Use a name that ends in .xlsx."))

    specs = ROSTER_SHEETS if kind is None else (_sheet_called(kind),)
    book = fillable_workbook.template(desk.options.lang, _subdistricts(desk), specs)
    atomic_file.save(file, write_book.content(book), force=force, keep_away_from=desk.place.files)
    desk.note(say("Fill in {file}, then run `{command}`.", file=file, command=typed(["esm", "import", str(file)])))


def _sheet_called(words: str) -> SheetSpec:
    """Return the sheet that a key or a name of either language stands for. Raises UsageRefused for none."""
    found = sheet_called(words)
    if found is None:
        known = Listed(f"{spec.key} {spec.chinese}" for spec in FILLED_SHEETS)
        raise UsageRefused(say("There is no sheet “{words}”.", words=words), say("There are: {known}.", known=known))
    return found


def _subdistricts(desk: Context) -> list[str]:
    """Return the subdistricts on record, none if there is no readable database."""
    try:
        with desk.reading() as reading:
            return export.subdistricts(reading)
    except EsmError:
        return []
