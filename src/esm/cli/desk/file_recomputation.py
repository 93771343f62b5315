"""The question of a proof, asked again in this process from the state on which the file rests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from esm.cli.shell import help as help_pages
from esm.cli.shell import language_choice
from esm.cli.shell.commands import COMMANDS, CommandSpec
from esm.cli.shell.context import Context
from esm.cli.shell.options import Options
from esm.domain.desk.proof import Proof
from esm.errors import EsmError, InputRefused, StorageRefused, say


@contextmanager
def file_again(desk: Context, proof: Proof, ending: str) -> Iterator[Path]:
    """Yield the file that the same question gives, which is removed afterwards.

    Raises InputRefused if it is no question, StorageRefused if the state cannot be had.
    """
    options = Options(
        db=str(desk.place), today=proof.today, lang=proof.language, actor=proof.actor, quiet=True,
        command_line=proof.asked, operation=proof.state.operation,
    )  # fmt: skip
    root = help_pages.listed(CommandSpec("esm", say("Run the query again."), inner=COMMANDS))
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"again{ending}"
        asked = [word for word in proof.asked if not is_template(word)]
        end = asked.index("--") if "--" in asked else len(asked)
        words = [*asked[:end], f"--output={file}", *asked[end:]]
        try:
            with _speaking(proof.language, desk.options.lang), redirect_stdout(StringIO()):
                root.main(args=words, prog_name="esm", standalone_mode=False, obj=options)
        except StorageRefused:
            raise
        except Exception as error:
            if isinstance(error, EsmError) or hasattr(error, "format_message"):  # an unknown command or option
                raise _not_asked(proof) from error
            raise
        if not file.exists():
            raise _not_asked(proof)
        yield file


def is_template(word: str) -> bool:
    """Return whether a word of a question names the template of an office, which is not at hand."""
    return word.startswith("--template=")


def _not_asked(proof: Proof) -> InputRefused:
    return InputRefused(
        say(
            "This version of esm cannot answer the command in the proof of the file: {command}.", command=proof.command
        ),
        say("Use the file as written by esm, or version {version}.", version=proof.version),
    )


@contextmanager
def _speaking(other: str, own: str) -> Iterator[None]:
    language_choice.choose("zh" if other == "zh" else "en")
    try:
        yield
    finally:
        language_choice.choose(own)
