"""The options of `esm import`: what is taken, what is supposed, and what the columns are."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import Annotated

from esm.cli.shell.options import code_option, flag, option
from esm.domain.exchange.hidden_content_choice import HiddenContent


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Which rows are taken, what becomes of the others, and which columns are read as what."""

    above_scale: Annotated[bool, flag("--above-scale", _("All enterprises in the files are on the register."))] = False
    skip_bad: Annotated[
        bool,
        flag("--skip-bad", _("Import the valid rows and skip the invalid ones; exits with 1 if any row is skipped.")),
    ] = False
    errors: Annotated[
        Path | None, option("FILE.xlsx", _("Return the files as one workbook with every error marked."), "--errors")
    ] = None
    exit_missing: Annotated[
        bool,
        flag(
            "--exit-missing", _("Enterprises on record that are missing from a sheet of enterprises exit the register.")
        ),
    ] = False
    exit_on: Annotated[
        str | None, option("DATE", _("With --exit-missing: date of exit; by default today."), "--exit-on")
    ] = None
    number_cadres: Annotated[
        bool, flag("--number-cadres", _("Assign staff numbers to cadres without one; existing numbers are kept."))
    ] = False
    is_strict: Annotated[bool, flag("--strict", _("Refuse the files if anything would be assumed."))] = False
    hidden: Annotated[
        HiddenContent | None,
        code_option(HiddenContent, "--hidden", help=_("Import or skip hidden sheets and hidden or filtered rows.")),
    ] = None
    chosen: Annotated[
        list[str] | None,
        option("HEADER=SHEET.KEY", _("Assign a column, such as 联系电话=cadre.phone; “-” skips it."), "--map"),
    ] = None
    mapping_path: Annotated[Path | None, option("FILE.toml", _("Read such assignments from a file."), "--mapping")] = (
        None
    )
    write_mapping: Annotated[
        Path | None,
        option(
            "FILE.toml", _("Write the assignment of every column to a file, to correct and reuse."), "--write-mapping"
        ),
    ] = None
