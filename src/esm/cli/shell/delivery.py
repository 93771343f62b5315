"""Where an answer goes: to standard output, or to the file that `-o` asks for, and then standard error says so."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from esm import __version__, formats
from esm.cli.shell import storage_errors, terminal
from esm.cli.shell.options import DOCUMENT, Listing, Output, option
from esm.errors import Message, StorageRefused, UsageRefused, say
from esm.sheets.sheet.heading import with_heading
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.selection import selected, total_line
from esm.sheets.sheet.sheet import Document, Report, Sheet
from esm.storage.database import connection, creation, settings
from esm.storage.database.place import Place

if TYPE_CHECKING:
    from esm.cli.shell.context import Context
    from esm.domain.desk.proof import FileNature, Proof, SealedState
    from esm.domain.schedule.new_plan import PlanUpdate

_COMPLETE = (*formats.FOR_MACHINES, "xlsx")
TemplateOption = Annotated[Path | None, option("FILE.docx", _("Your own template for a Word document."))]
WriteTemplateOption = Annotated[
    Path | None, option("FILE.docx", _("Write the built-in template, to change and use with --template."))
]


@dataclass(frozen=True, slots=True)
class WordOutput(Output):
    """The requested output of a report that can be a Word document, made from a template."""

    takes_word = True
    template: TemplateOption = None

    def __post_init__(self) -> None:
        """Raise UsageRefused for a template without a Word document to make from it."""
        if self.template is not None and (self.target is None or self.target.suffix.lower() != DOCUMENT):
            raise UsageRefused(
                say("--template is for Word documents."), say("Give the file to write with -o FILE.docx.")
            )


def headed(shown: Document, place: Place | None, today: date) -> Document:
    """Return an answer with the lines under its title: what it is of, and the office at this place that issues it."""
    office = ""
    if place is not None and not creation.is_missing(place):
        with connection.reading(place) as reading:
            office = settings.load(reading, today).issuing_office
    return with_heading(shown, office, today)


def keep_to_screen(desk: Context) -> None:
    """Let a listing on a terminal show as many rows as there is room for, unless `--limit` says how many."""
    output = desk.output
    if isinstance(output, Listing) and output.limit is None and output.kind == "table" and output.target is None:
        desk.room = terminal.room()
        desk.output = output if desk.room is None else replace(output, limit=desk.room)


def with_plan_update(desk: Context, shown: Document, update: PlanUpdate) -> Document:
    """Return a changing command's answer with what became of the plans; under a listing that is a note."""
    from esm.sheets.schedule import replanning_notice  # noqa: PLC0415 - only for writing commands

    desk.note(*(replanning_notice.lines(update) if isinstance(shown, Sheet) else ()))
    return replanning_notice.with_update(shown, update)


def selected_part(desk: Context, shown: Document, listing: Listing) -> Document:
    """Return the selected part of a listing, and report how many rows it has."""
    if not isinstance(shown, Sheet):
        listing.require_whole()
        return shown
    part = selected(shown, listing.selection)
    if desk.room is not None and part.total:
        from esm.formats.write.screen.terminal import fitting_rows  # noqa: PLC0415 - rich is for terminals

        told = replace(part, notes=(*part.notes, tell(total_line(part, listing.offset))))
        part = replace(part, rows=part.rows[: fitting_rows(told, desk.room)])
    line = total_line(part, listing.offset)
    if listing.kind not in formats.FOR_MACHINES:
        return replace(part, notes=(*part.notes, tell(line))) if part.total else part
    if part.total != len(part.rows):
        desk.note(line)
    return part


def deliver(desk: Context, shown: Document) -> None:
    """Write an answer to its destination; where that fails after a change was saved, the refusal says so."""
    output = desk.output
    try:
        if output.target is not None:
            desk.note(write_file(desk, output.target, shown))
        else:
            desk.note(*print_answer(shown, output.kind, color=desk.options.color, has_pager=desk.options.has_pager))
    except (OSError, StorageRefused) as error:
        refusal = storage_errors.refusal(error) if isinstance(error, OSError) else error
        if desk.saved_operation is None or refusal is None or isinstance(error, BrokenPipeError):
            raise
        raise StorageRefused(
            refusal.message,
            say("Operation {id} was saved all the same: do not do it again; `esm history` shows it.",
                id=desk.saved_operation),
        ) from error  # fmt: skip


def write_file(desk: Context, path: Path, shown: Document) -> Message:
    """Write an answer to a file as its output wants it; return the sentence on it.

    One with whole phones is its owner's alone. A report carries its proof, or has it in a file beside it.
    """
    from esm.formats.proof import attachment  # noqa: PLC0415 - only for files
    from esm.formats.write import atomic_file, file_set  # noqa: PLC0415

    kind, is_forced, away = desk.output.kind, desk.output.force, desk.files
    data = desk.output.content(shown, desk.today)
    own = None if desk.state is None or desk.shows_phones else proof(desk, desk.state, shown, desk.asked)
    if own is None:
        data = attachment.with_nature(data, kind, _nature(desk, shown))
        atomic_file.save(path, data, force=is_forced, keep_away_from=away, is_private=desk.shows_phones)
    elif kind in attachment.BESIDE:
        contents = {path.name: data, f"{path.name}.proof": f"{own.text}\n".encode()}
        file_set.save(path.parent, contents, force=is_forced, keep_away_from=away)
    else:
        atomic_file.save(path, attachment.with_proof(data, kind, own.text), force=is_forced, keep_away_from=away)
    sheets = shown.sheets if isinstance(shown, Report) else [shown]
    rows = sum(len(sheet.rows) for sheet in sheets if (sheet.data if kind in _COMPLETE else sheet.table))
    return written(path, rows)


def _nature(desk: Context, shown: Document) -> FileNature:
    """Return what a file without a proof is."""
    from esm.domain.desk.proof import FileNature  # noqa: PLC0415 - only for files
    from esm.sheets.sheet.cards import CardPage  # noqa: PLC0415

    if desk.shows_phones:
        return FileNature.PHONES
    if desk.issuing_place is None:
        return FileNature.CITY
    if isinstance(shown, CardPage):  # the week of a cadre is the only one
        return FileNature.WEEK
    return FileNature.FORM if isinstance(shown, Sheet) and shown.is_form else FileNature.ANSWER


def proof(desk: Context, state: SealedState, shown: Document, asked: tuple[str, ...]) -> Proof:
    """Return the proof of an answer from a sealed state of the database."""
    from esm.domain.desk.proof import Proof  # noqa: PLC0415 - only for files
    from esm.sheets.sheet import figures_digest  # noqa: PLC0415

    facts = shown.facts if isinstance(shown, Report) else ()
    as_of = next((str(fact.value) for fact in facts if fact.key == "as_of"), desk.today.isoformat())
    is_told = desk.known is not None and desk.known.is_told
    return Proof(
        version=__version__,
        asked=(*asked, f"--known-at={state.operation}") if is_told else asked,
        today=desk.today.isoformat(),
        as_of=as_of,
        language=desk.options.lang,
        actor=vars(desk).get("actor"),  # the name, if the command asked for it
        state=state,
        figures=figures_digest.digest(shown),
    )


def print_answer(shown: Document, kind: str, *, color: bool, has_pager: bool) -> tuple[Message, ...]:
    """Print an answer on standard output, a table on a terminal fitted to it and page by page.

    A file or a pipe gets UTF-8, whatever the console speaks; what a console cannot show is said in what is returned.
    """
    is_screen = sys.stdout.isatty()
    if not is_screen:
        terminal.speak_utf8()
    printed: list[str] = []
    if kind == "table" and (color or is_screen):
        from esm.cli.shell.programs import pager  # noqa: PLC0415 - only for terminals
        from esm.formats.write.screen.terminal import UNBOUNDED, print_rich  # noqa: PLC0415 - rich is for terminals

        def write(text: str) -> None:
            printed.append(text)
            pager.show(text, is_wanted=has_pager)

        print_rich(shown, color=color, width=None if is_screen else UNBOUNDED, write=write)
    else:
        printed.append(formats.text(shown, kind))
        sys.stdout.write(printed[0])
        sys.stdout.flush()
    if terminal.shows_all("".join(printed)):
        return ()
    return (say("This console cannot show every character; “?” stands for the others. A file has them all: -o FILE."),)


def save_template(desk: Context, file: Path, content: bytes) -> None:
    """Write our template to a file. Raises UsageRefused if its name does not end in .docx."""
    from esm.formats.write import atomic_file  # noqa: PLC0415 - only for files

    if file.suffix.lower() != DOCUMENT:
        raise UsageRefused(say("The name of a template must end in .docx."), say("Give --write-template FILE.docx."))
    atomic_file.save(file, content, force=desk.output.force, keep_away_from=desk.place.files)
    desk.note(written(file, 0))


def written(file: Path, rows: int) -> Message:
    """Return the sentence on a file with so many rows."""
    return (
        say("Written: {file} ({rows:row|rows}).", file=file, rows=rows) if rows else say("Written: {file}.", file=file)
    )
