"""`esm export`: the whole database as a workbook, or as one CSV file per sheet."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import Annotated

from esm import formats
from esm.cli.shell import delivery, known_at
from esm.cli.shell.command_decorators import command
from esm.cli.shell.context import Context
from esm.cli.shell.options import ForceOption, WithPhonesOption, argument
from esm.domain.desk.proof import FileNature
from esm.errors import UsageRefused, say
from esm.formats.write import atomic_file, file_set
from esm.formats.write import fillable_workbook as write_book
from esm.sheets.exchange import fillable_workbook
from esm.usecases.exchange import export as exporting


@command("esm export district.xlsx", "esm export folder --with-phones", has_known_at=True)
def export(
    desk: Context,
    file: Annotated[Path, argument("FILE", _("A workbook (.xlsx), or a folder with one CSV file per sheet."))],
    *,
    with_phones: WithPhonesOption = False,
    force: ForceOption = False,
) -> None:
    """Export the whole database. Raises UsageRefused if `file` is neither a workbook nor a folder."""
    is_folder = file.is_dir() or not file.suffix
    if not is_folder and file.suffix.lower() != ".xlsx":
        raise UsageRefused(
            say("{file} is neither an Excel workbook nor a folder.", file=file),
            say("Use a name that ends in .xlsx, or give a folder for CSV files."),
        )
    with desk.disclosing(with_phones) as reading:
        extracted = exporting.extract(reading, with_phones=with_phones)
        if is_folder:
            listings = fillable_workbook.listings(extracted)
            contents = {f"{listing.key}.csv": formats.exported(listing) for listing in listings}
        else:
            book = fillable_workbook.database_book(desk.options.lang, extracted, exporting.subdistricts(reading))
            content = write_book.content(book, FileNature.EXPORT)
    if is_folder:
        file_set.save(file, contents, force=force, keep_away_from=desk.place.files, is_private=with_phones)
    else:
        atomic_file.save(file, content, force=force, keep_away_from=desk.place.files, is_private=with_phones)
    desk.note(delivery.written(file, sum(rows.count for rows in extracted.values())))
    known_at.note_in_files(desk)
    if any(rows.has_phones for rows in extracted.values()):
        desk.note(
            say("Phone numbers are masked; with --with-phones they are shown in full, which the journal records.")
        )
