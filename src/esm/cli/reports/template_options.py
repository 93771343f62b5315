"""The options on the template of a Word document, and the file that ours is written to."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import Annotated

from esm.cli.shell import delivery
from esm.cli.shell.context import Context
from esm.cli.shell.options import option
from esm.errors import UsageRefused, say
from esm.formats.write import files

DOCUMENT = ".docx"


TemplateOption = Annotated[Path | None, option("FILE.docx", _("Template of your own for a Word document."))]
WriteTemplateOption = Annotated[
    Path | None, option("FILE.docx", _("Write our template, to change it and use it with --template."))
]


@dataclass(frozen=True, slots=True)
class LetterOptions:
    """Which letters to write with which numbers, the template of the office, and the file for ours."""

    first: Annotated[int | None, option("N", _("Number of the first letter; else there is room for it."), min=1)] = None
    department: Annotated[
        str | None, option("NAME", _("Only the letter to this department; empty: to the office itself."))
    ] = None
    template: TemplateOption = None
    write_template: WriteTemplateOption = None


def save_template(desk: Context, file: Path, content: bytes) -> None:
    """Write our template to a file. Raises UsageRefused if its name does not end in .docx."""
    if file.suffix.lower() != DOCUMENT:
        raise UsageRefused(say("The name of a template must end in .docx."), say("Give --write-template FILE.docx."))
    files.save(file, content, force=desk.output.force, keep_away_from=desk.place.files)
    desk.note(delivery.written(file, 0))
