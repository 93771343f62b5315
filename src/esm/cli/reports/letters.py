"""`esm report letters`: letters of supervision, one Word document a department."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from esm import unfinished_files
from esm.cli.reports.existing_letters import DEPARTMENT, FIRST, filed_letters
from esm.cli.reports.letter_options import LetterOptions
from esm.cli.shell import delivery
from esm.cli.shell.context import Context
from esm.cli.shell.delivery import save_template
from esm.cli.shell.options import DOCUMENT, Output
from esm.domain.reports.letters import FiledLetter, SupervisionLetter, blank_letter, numbered
from esm.errors import Listed, Message, RuleRefused, UsageRefused, say
from esm.formats.write import file_set
from esm.sheets.reports.letters import addressee, letter_list, letter_report
from esm.sheets.sheet.masked_phones import report_with_masked_phones
from esm.sheets.sheet.sheet import Report
from esm.usecases.reports import letters


def write(desk: Context, as_of: date, options: LetterOptions) -> None:
    """Write the letters into the folder of `-o`, all or none, and show which were written for whom."""
    if options.write_template is not None:
        from esm.formats.write.docx.letter_layout import letter_template  # noqa: PLC0415 - only for Word documents

        save_template(desk, options.write_template, letter_template(letter_report(blank_letter(desk.today))))
        return
    folder, name = _destination(desk.output.target, options)
    unfinished_files.clear(folder)  # what a killed run left is not filed
    filed = filed_letters(folder)
    with desk.busy(say("Counting")), desk.reading() as reading:
        found = numbered(_wanted(letters.supervision_letters(reading, as_of), options), options.first, filed)
        looked_at = letters.looked_at(reading, as_of)
    files = _file_names(found) if name is None else {letter.department: name for letter in found}
    away = desk.place.files
    file_set.require_free(folder, files.values(), force=desk.output.force, keep_away_from=away)
    with desk.busy(say("Writing")):
        contents = dict(zip(files.values(), _documents(desk, found, options.template), strict=True))
    if contents:
        file_set.save(folder, contents, force=desk.output.force, keep_away_from=away)
    desk.output = Output(desk.output.format)
    desk.note(say("Letters written: {count}.", count=len(contents)), *_remarks(found, files, filed))
    desk.show(letter_list(found, files, looked_at))


def _destination(target: Path | None, options: LetterOptions) -> tuple[Path, str | None]:
    """Return the folder to write into, and the name of the file where it is the letter to one department."""
    if target is not None and not target.suffix:
        return target, None
    if target is not None and target.suffix.lower() == DOCUMENT and options.department is not None:
        return target.parent, target.name
    raise UsageRefused(
        say("Letters are written into a folder."),
        say("Give a folder with -o FOLDER, or with --department the file of one letter, FILE.docx."),
    )


def _wanted(found: Sequence[SupervisionLetter], options: LetterOptions) -> Sequence[SupervisionLetter]:
    """Return the letters asked for. Raises RuleRefused for a department with nothing overdue."""
    if options.department is None:
        return found
    own = [letter for letter in found if (letter.department or "") == options.department]
    if not own:
        raise RuleRefused(
            say("Nothing is overdue with {department}.", department=options.department or addressee(None)),
            say("See `esm report letters -o FOLDER` for the letters to all departments."),
        )
    return own


def _documents(desk: Context, found: Sequence[SupervisionLetter], template: Path | None) -> Iterable[bytes]:
    """Return the document of each letter, with the proof that it can be written again."""
    from esm.formats.proof import attachment  # noqa: PLC0415 - only for files
    from esm.formats.write.docx import documents  # noqa: PLC0415 - only for Word documents

    reports = [report_with_masked_phones(letter_report(letter)) for letter in found]
    if desk.known is not None:
        marked = map(desk.known.marked, reports)
        reports = [report for report in marked if isinstance(report, Report)]
    for letter, report, data in zip(found, reports, documents.letters(reports, template), strict=True):
        if desk.state is None:
            yield data
        else:
            own = delivery.proof(desk, desk.state, report, _asked(desk.asked, letter))
            yield attachment.with_proof(data, "docx", own.text)


def _asked(words: Sequence[str], letter: SupervisionLetter) -> tuple[str, ...]:
    """Return the question that gives this letter alone, with its number."""
    others = [word for word in words if not word.startswith((FIRST, DEPARTMENT, "--format="))]
    number = [] if letter.number is None else [f"{FIRST}{letter.number}"]
    return (*others, f"{DEPARTMENT}{letter.department or ''}", *number)


def _file_names(found: Sequence[SupervisionLetter]) -> dict[str | None, str]:
    """Return the names of the files by department: the day and the department, so that a letter has one name."""
    keys = {letter.department: f"{letter.issued_on}-{addressee(letter.department)}" for letter in found}
    own = list(dict.fromkeys(keys.values()))
    names = file_set.names(own, DOCUMENT, has_any_script=True)
    return {department: names[key] for department, key in keys.items()}


def _remarks(
    found: Sequence[SupervisionLetter], files: Mapping[str | None, str], filed: Sequence[FiledLetter]
) -> Iterable[Message]:
    """Yield which numbers were kept, and which letters of these days lie in the folder that are not written now."""
    own = {(each.issued_on, each.department) for each in filed if each.number is not None}
    kept = [letter.number for letter in found if (letter.issued_on, letter.department) in own]
    if kept:
        yield say("Kept the numbers that letters in the folder have: {numbers}.", numbers=Listed(map(str, kept)))
    days = {letter.issued_on for letter in found}
    others = [each.file for each in filed if each.issued_on in days and each.file not in set(files.values())]
    if others:
        yield say("Letters of that day that were not written again are still in the folder: {files}.",
                  files=Listed(others))  # fmt: skip
