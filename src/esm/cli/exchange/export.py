"""`esm export`: the whole database as a workbook, or as one CSV file a sheet."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import Annotated

import typer

from esm.cli.shell.context import Context
from esm.cli.shell.help import example
from esm.cli.shell.options import ForceOption, WithPhonesOption
from esm.errors import UsageRefused, say
from esm.sheets.sheet.sheet import Sheet


@example("esm export district.xlsx", "esm export folder --with-phones")
def export(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=_("A workbook (.xlsx), or a folder for one CSV file a sheet."))
    ],
    *,
    with_phones: WithPhonesOption = False,
    force: ForceOption = False,
) -> None:
    """Write the whole database."""
    from esm.sheets.exchange import workbook  # noqa: PLC0415
    from esm.usecases.exchange import export as exporting  # noqa: PLC0415

    desk = Context.of(context)
    is_folder = file.is_dir() or not file.suffix
    if not is_folder and file.suffix.lower() != ".xlsx":
        raise UsageRefused(
            say("{file} is neither an Excel workbook nor a folder.", file=file),
            say("Let it end in .xlsx, or name a folder for CSV files."),
        )
    with desk.disclosing(with_phones) as reading:
        extracted = exporting.extract(reading, with_phones=with_phones)
        subdistricts = exporting.subdistricts(reading)
    if is_folder:
        _write_folder(desk, file, workbook.tables(extracted), force=force)
    else:
        from esm.formats.write import book as write_book  # noqa: PLC0415 - only a workbook needs the writer
        from esm.formats.write import files  # noqa: PLC0415

        book = workbook.filled(desk.options.lang, extracted, subdistricts)
        files.save(file, write_book.content(book), force=force, keep_away_from=desk.place.files)
    if not with_phones and exporting.has_phones(extracted):
        desk.note(say("Phone numbers are masked; with --with-phones they are not, and the journal notes it."))


def _write_folder(desk: Context, folder: Path, listings: list[Sheet], *, force: bool) -> None:
    """Write one file a listing; when one of them may not be written, none is."""
    from esm import formats  # noqa: PLC0415
    from esm.formats.write import files  # noqa: PLC0415 - only files need it

    folder.mkdir(exist_ok=True)
    targets = {folder / f"{listing.key}.csv": listing for listing in listings}
    for path in targets:
        files.require_free(path, force=force, keep_away_from=desk.place.files)
    for path, listing in targets.items():
        files.save(path, formats.data(listing, "csv"), force=force, keep_away_from=desk.place.files)
