"""`esm template`: a blank workbook to fill in."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import Annotated

from esm.cli.shell.command_decorators import command
from esm.cli.shell.context import Context
from esm.cli.shell.options import ForceOption, argument
from esm.errors import EsmError, UsageRefused, say
from esm.formats.write import files
from esm.formats.write import fillable_workbook as write_book
from esm.sheets.exchange import workbook
from esm.usecases.exchange import export


@command("esm template roster.xlsx", "esm --lang zh template roster.xlsx")
def template(
    desk: Context,
    file: Annotated[Path, argument("FILE.xlsx", _("File or folder to write to."))],
    *,
    force: ForceOption = False,
) -> None:
    """Write a blank workbook to fill in. Raises UsageRefused if `file` is not an .xlsx name."""
    if file.suffix.lower() != ".xlsx":
        raise UsageRefused(say("{file} is not an Excel file name.", file=file), say("Use a name that ends in .xlsx."))

    book = workbook.template(desk.options.lang, _subdistricts(desk))
    files.save(file, write_book.content(book), force=force, keep_away_from=desk.place.files)
    desk.note(say("Fill in {file}, then run `esm import {file}`.", file=file))


def _subdistricts(desk: Context) -> list[str]:
    """Return the subdistricts on record, none if there is no readable database."""
    try:
        with desk.reading() as reading:
            return export.subdistricts(reading)
    except EsmError:
        return []
