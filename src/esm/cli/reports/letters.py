"""`esm report letters`: letters of supervision, one Word document a department."""

from __future__ import annotations

from datetime import date

from esm.cli.reports.template_options import LetterOptions, save_template
from esm.cli.shell.context import Context
from esm.cli.shell.options import Output
from esm.domain.reports.letters import SupervisionLetter, blank_letter
from esm.errors import UsageRefused, say
from esm.formats.write import file_set
from esm.sheets.reports.letters import addressee, letter_list, letter_report
from esm.sheets.sheet.masked_phones import report_with_masked_phones
from esm.sheets.sheet.sheet import Report
from esm.usecases.reports import letters

NAME = "letters"


def write(desk: Context, as_of: date, options: LetterOptions) -> None:
    """Write the letters into the folder of `-o`, all or none, and show which were written for whom."""
    if options.write_template is not None:
        from esm.formats.write.docx.letter_layout import letter_template  # noqa: PLC0415 - only for Word documents

        save_template(desk, options.write_template, letter_template(letter_report(blank_letter(desk.today))))
        return
    folder = desk.output.target
    if folder is None or folder.suffix:
        raise UsageRefused(say("Letters are written into a folder."), say("Give a folder with -o FOLDER."))
    with desk.busy(say("Counting")), desk.reading() as reading:
        found = letters.supervision_letters(reading, as_of, options.first or 1)
    files = _file_names(found)
    file_set.require_free(folder, files.values(), force=desk.output.force, keep_away_from=desk.place.files)
    from esm.formats.write.docx import documents  # noqa: PLC0415 - only for Word documents

    reports = [report_with_masked_phones(letter_report(letter)) for letter in found]
    if desk.known is not None:
        marked = map(desk.known.marked, reports)
        reports = [report for report in marked if isinstance(report, Report)]
    with desk.busy(say("Writing")):
        texts = documents.letters(reports, options.template)
    contents = {files[letter.number]: text for letter, text in zip(found, texts, strict=True)}
    if contents:
        file_set.save(folder, contents, force=desk.output.force, keep_away_from=desk.place.files)
    desk.output = Output(desk.output.format)
    desk.note(say("Letters written: {count}.", count=len(contents)))
    desk.show(letter_list(found, files))


def _file_names(found: list[SupervisionLetter]) -> dict[int, str]:
    """Return the names of the files by the numbers of their letters: number and department."""
    keys = {letter.number: f"{letter.number:03}-{addressee(letter)}" for letter in found}
    names = file_set.names(keys.values(), ".docx", has_any_script=True)
    return {number: names[key] for number, key in keys.items()}
