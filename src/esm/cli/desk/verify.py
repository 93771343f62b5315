"""`esm verify`: the figures of a file, computed again."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import Annotated

import typer

from esm import __version__, formats
from esm.cli.desk.file_recomputation import file_again, is_template
from esm.cli.shell.command_decorators import query
from esm.cli.shell.context import Context
from esm.cli.shell.options import argument
from esm.domain.desk.figure_differences import Comparison, Difference, Verification
from esm.domain.desk.proof import FileNature, Proof, parsed_proof
from esm.errors import InputRefused, Message, StorageRefused, say
from esm.formats.read.shown import shown_file
from esm.sheets.desk.verification import verification_report
from esm.usecases.desk import file_comparison, verification

_OTHERS = {".docx": "docx", ".ics": "ics"}  # endings of files that are no format of a listing


@query("esm verify report.xlsx", "esm verify report.csv --format json", has_known_at=False)
def verify(desk: Context, file: Annotated[Path, argument("FILE", _("A file that esm wrote with -o."))]) -> None:
    """Compute the figures of a file again; exits with 1 where they differ."""
    kind = _OTHERS.get(file.suffix.lower()) or formats.kind_of(str(file))
    text = shown_file.proof_text(file, kind)
    if text is None:
        raise _without_proof(file, shown_file.nature(file, kind))
    proof = parsed_proof(text)
    if proof is None:
        raise InputRefused(
            say("The proof that {file} carries cannot be read.", file=file), say("Give the file as esm wrote it.")
        )
    with desk.busy(say("Computing again")):
        found = Verification(str(file), proof, _comparison(desk, proof, file, kind))
    desk.show(verification_report(found))
    if not found.is_same:
        raise typer.Exit(1)


def _without_proof(file: Path, nature: str | None) -> InputRefused:
    if nature not in set(FileNature):
        return InputRefused(
            say("{file} carries no proof, so nothing of it was verified.", file=file),
            say("It is not of esm, or its end or the file .proof beside it is missing, or it is one that carries none: "
                "an export, a form, a reminder, an answer of several districts, an answer to a command that changes "
                "records, or one with whole phone numbers."),
        )  # fmt: skip
    what, instead = _about(FileNature(nature))
    return InputRefused(say("{file} is {nature}, so nothing of it was verified.", file=file, nature=what), instead)


def _about(nature: FileNature) -> tuple[Message, Message]:
    """Return what a file is, and what can be done instead of verifying it."""
    return {
        FileNature.ANSWER: (
            say("the answer to a command that changes records or reads files"),
            say("It cannot be asked again. `esm history` tells what was changed."),
        ),
        FileNature.CALENDAR: (
            say("a calendar"),
            say("Calendar programs rewrite it. `esm visit list --planned` tells what is planned."),
        ),
        FileNature.CITY: (
            say("an answer of several districts"),
            say("It rests on several journals. Ask again with `esm city`, or verify a report of each district."),
        ),
        FileNature.ERRORS: (
            say("an import with its errors marked"),
            say("It holds what was to be imported, not figures of esm."),
        ),
        FileNature.EXPORT: (
            say("an export"),
            say("`esm import FILE --dry-run` tells where it differs from the database."),
        ),
        FileNature.FORM: (
            say("a form to fill in"),
            say("It holds what others write into it, not figures of esm."),
        ),
        FileNature.PHONES: (
            say("an answer with whole phone numbers"),
            say("It cannot be asked again without showing them. Write it without --with-phones."),
        ),
        FileNature.TEMPLATE: (
            say("a template"),
            say("It holds no figures. Verify the document that was made with it."),
        ),
        FileNature.WEEK: (
            say("the week of a cadre"),
            say("It says where to go, not what was reached. `esm week` shows it as it is now."),
        ),
    }[nature]


def _comparison(desk: Context, proof: Proof, file: Path, kind: str) -> Comparison:
    """Return what differs between a file and what its question gives now, and what could not be compared."""
    if others := desk.read(verification.state_differences, proof.state):
        return Comparison(tuple(others))
    with desk.reading() as reading:
        about = list(verification.records_changed(reading))
    if _number(proof.version) > _number(__version__):
        about.append(Difference(say("the version of esm"), proof.version, __version__))
    try:
        with file_again(desk, proof, file.suffix) as again:
            found = _of_files(file, again, proof, kind)
    except StorageRefused as error:
        found = Comparison((Difference(say("operation {id}", id=proof.state.operation), None, error.message),))
    return Comparison((*about, *found.differences), found.others)


def _of_files(file: Path, again: Path, proof: Proof, kind: str) -> Comparison:
    """Return where a file is not as it is written again. The same bytes show the same, so they are not even read."""
    computed = parsed_proof(shown_file.proof_text(again, kind) or "")
    if computed == proof and file.read_bytes() == again.read_bytes():
        return Comparison()
    pair = shown_file.read(file, kind), shown_file.read(again, kind)
    if kind == "docx":
        pair = file_comparison.comparable_documents(*pair, has_other_tables=any(map(is_template, proof.asked)))
    found = file_comparison.compared(*pair)
    return Comparison((*found.differences, *verification.proof_differences(proof, computed)), found.others)


def _number(version: str) -> tuple[int, ...]:
    """Return a version as numbers, to compare; one that is none is above all."""
    parts = version.split(".")
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else (2**31,)
