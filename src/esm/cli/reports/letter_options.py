"""Which letters of supervision to write, with which numbers, from which template."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import Annotated

from esm.cli.shell.delivery import TemplateOption, WriteTemplateOption
from esm.cli.shell.options import option

NAME = "letters"


@dataclass(frozen=True, slots=True)
class LetterOptions:
    """Which letters to write with which numbers, the template of the office, and the file for ours."""

    first: Annotated[int | None, option("N", _("Number of the first letter; else there is room for it."), min=1)] = None
    department: Annotated[
        str | None, option("NAME", _("Only the letter to this department; empty: to the office itself."))
    ] = None
    template: TemplateOption = None
    write_template: WriteTemplateOption = None
