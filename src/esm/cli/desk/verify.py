"""`esm verify`: the figures of a file, computed again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from gettext import gettext as _
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from esm import __version__, formats
from esm.cli.shell import help as help_pages
from esm.cli.shell import language
from esm.cli.shell.command_decorators import query
from esm.cli.shell.commands import COMMANDS, CommandSpec
from esm.cli.shell.context import Context
from esm.cli.shell.options import Options, argument
from esm.domain.desk.proof import Proof, parsed_proof
from esm.domain.desk.verification import Difference, Verification, differing_figures
from esm.errors import EsmError, InputRefused, StorageRefused, say
from esm.formats.proof.attachment import KINDS
from esm.formats.read.shown import document_texts, shown_file
from esm.formats.read.shown.shown_file import ShownFile
from esm.sheets.desk.verification import verification_report
from esm.usecases.desk import verification


@query("esm verify report.xlsx", "esm verify report.csv --format json", has_known_at=False)
def verify(desk: Context, file: Annotated[Path, argument("FILE", _("A file that esm wrote with -o."))]) -> None:
    """Compute the figures of a file again; exits with 1 where they differ."""
    kind = "docx" if file.suffix.lower() == ".docx" else formats.kind_of(str(file))
    if kind not in KINDS:
        raise _without_proof(file)
    shown = shown_file.read(file, kind)
    proof = None if shown.proof is None else parsed_proof(shown.proof)
    if proof is None:
        raise _without_proof(file)
    with desk.busy(say("Computing again")):
        found = Verification(str(file), proof, tuple(_differences(desk, proof, shown, kind)))
    desk.show(verification_report(found))
    if not found.is_same:
        raise typer.Exit(1)


def _without_proof(file: Path) -> InputRefused:
    return InputRefused(
        say("{file} carries no proof.", file=file),
        say("Reports carry one that esm writes with -o as .html, .xlsx, .docx, .md, .csv or .json; beside the last "
            "two lies a file .proof."),
    )  # fmt: skip


def _differences(desk: Context, proof: Proof, shown: ShownFile, kind: str) -> Iterator[Difference]:
    if others := desk.read(verification.state_differences, proof.state):
        yield from others
        return
    with desk.reading() as reading:
        yield from verification.records_changed(reading)
    if _number(proof.version) > _number(__version__):
        yield Difference(say("the version of esm"), proof.version, __version__)
    try:
        computed = _computed_again(desk, proof, kind)
    except StorageRefused as error:
        yield Difference(say("operation {id}", id=proof.state.operation), None, error.message)
        return
    yield from differing_figures(*_comparable(proof, shown.texts, computed.texts))
    again = parsed_proof(computed.proof or "")
    if again is None or again.figures != proof.figures:
        yield Difference(say("the digest of the figures"), proof.figures, None if again is None else again.figures)
    if again is None or again.as_of != proof.as_of:
        yield Difference(say("the day of the answer"), proof.as_of, None if again is None else again.as_of)


def _comparable(proof: Proof, shown: dict[str, str], computed: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what is to be compared: from a template of an office, the tables that ours has, too."""
    if not any(map(_is_template, proof.asked)):
        return shown, computed
    both = document_texts.tables_of(shown) & document_texts.tables_of(computed)
    return tuple({place: text for place, text in texts.items() if document_texts.table_of(place) in both}
                 for texts in (shown, computed))  # type: ignore[return-value]  # fmt: skip


def _is_template(word: str) -> bool:
    return word.startswith("--template=")


def _computed_again(desk: Context, proof: Proof, kind: str) -> ShownFile:
    """Return what the same question gives from the state on which the file rests. InputRefused if it is no question."""
    options = Options(
        db=str(desk.place), today=proof.today, lang=proof.language, actor=proof.actor, quiet=True,
        command_line=proof.asked, operation=proof.state.operation,
    )  # fmt: skip
    root = help_pages.listed(CommandSpec("esm", say("Ask again."), inner=COMMANDS))
    with TemporaryDirectory() as folder, _speaking(proof.language, desk.options.lang):
        file = Path(folder) / f"again.{kind}"
        asked = [word for word in proof.asked if not _is_template(word)]
        end = asked.index("--") if "--" in asked else len(asked)
        words = [*asked[:end], f"--output={file}", *asked[end:]]
        try:
            root.main(args=words, prog_name="esm", standalone_mode=False, obj=options)
        except StorageRefused:
            raise
        except Exception as error:
            if isinstance(error, EsmError) or hasattr(error, "format_message"):  # an unknown command or option
                raise _not_asked(proof) from error
            raise
        if not file.exists():
            raise _not_asked(proof)
        return shown_file.read(file, kind)


def _not_asked(proof: Proof) -> InputRefused:
    return InputRefused(
        say("The proof of the file asks what this version of esm does not answer: {command}.", command=proof.command),
        say("Give the file as esm wrote it, or use the version {version}.", version=proof.version),
    )


@contextmanager
def _speaking(other: str, own: str) -> Iterator[None]:
    language.choose("zh" if other == "zh" else "en")
    try:
        yield
    finally:
        language.choose(own)


def _number(version: str) -> tuple[int, ...]:
    """Return a version as numbers, to compare; one that is none is above all."""
    parts = version.split(".")
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else (2**31,)
