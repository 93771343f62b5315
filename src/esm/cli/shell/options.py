"""The global options as the commands see them, and the options that many commands share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

import typer

from esm import formats
from esm.cli.shell.completion.fixed_words import code_of
from esm.domain.values.codes import Worded
from esm.domain.values.money import LARGEST_NUMBER
from esm.errors import Listed, UsageRefused, say
from esm.sheets.sheet.selection import Selection

if TYPE_CHECKING:
    from esm.sheets.sheet.sheet import Document


@dataclass(frozen=True, slots=True)
class Options:
    """The global options. `db` and `today` are unparsed text; None means the default.

    `lang` is `en` or `zh`; `color` tells whether standard output is coloured, `has_pager` whether long answers are
    paged; `command_line` is every word after `esm`, for the journal. With `operation` a report is computed again from
    the state that this operation left, and the command does nothing else.
    """

    db: str | None = None
    today: str | None = None
    lang: str = "en"
    color: bool = False
    quiet: bool = False
    verbose: bool = False
    debug: bool = False
    actor: str | None = None
    command_line: tuple[str, ...] = ()
    operation: int | None = None
    has_pager: bool = True


DOCUMENT = ".docx"


def option(metavar: str, help: str, *names: str, **limits: Any) -> Any:
    """Return an option with a value, called as its parameter unless there are `names`; a number has a `min`."""
    return typer.Option(*names, metavar=metavar, help=help, **_bounded(limits))


def flag(name: str, help: str) -> Any:
    """Return an option that is given or not; `--this/--that` is one of two."""
    return typer.Option(name, help=help)


def argument(metavar: str, help: str, **limits: Any) -> Any:
    """Return an argument; one in brackets can be left out."""
    return typer.Argument(metavar=metavar, help=help, **_bounded(limits))


def _bounded(limits: dict[str, Any]) -> dict[str, Any]:
    return {"max": LARGEST_NUMBER, **limits} if "min" in limits else limits


class CodeParser:
    """Parses text into a member of `kind`."""

    def __init__(self, kind: type[Worded]) -> None:
        self.kind = kind
        self.__name__ = kind.__name__  # Typer calls the type of the option by it

    def __call__(self, typed: str) -> Worded:
        """Return the member with this code or word; BadParameter, listing the codes, if there is none."""
        found = self.kind.parse(str(typed))
        if found is None:
            raise typer.BadParameter(
                _("“{value}” is not one of {choices}.").format(value=typed, choices=Listed(map(str, self.kind)))
            )
        return found


def code_option(kind: type[Worded], *names: str, help: str, metavar: str = "") -> Any:
    """Return an option for the codes of `kind`, listed in its help unless they are too many."""
    codes = [str(member) for member in kind]
    return typer.Option(
        *names,
        help=help,
        metavar=metavar or f"<{'|'.join(codes)}>",
        parser=CodeParser(kind),
        autocompletion=code_of(kind),
    )


def code_argument(kind: type[Worded], help: str) -> Any:
    """Return an argument for the codes of `kind`, which are listed in its place."""
    codes = [str(member) for member in kind]
    return typer.Argument(
        help=help,
        metavar="|".join(codes),
        parser=CodeParser(kind),
        autocompletion=code_of(kind),
    )


def _screen_as_none(file: Path | None) -> Path | None:
    """Return None for `-`, which stands for the screen."""
    return None if file == Path("-") else file


_FORMAT = typer.Option(
    case_sensitive=False, help=_("Output format; by default a table, or the format of the output file's extension.")
)
Format = Annotated[Literal["table", "json", "csv", "md", "html"] | None, _FORMAT]
ListingFormat = Annotated[Literal["table", "json", "ndjson", "csv", "md", "html"] | None, _FORMAT]

CadreArgument = Annotated[str, argument("CADRE", _("Staff number or name."))]
EnterpriseArgument = Annotated[str, argument("ENTERPRISE", _("Credit code, or part of the name."))]
WithPhonesOption = Annotated[
    bool, flag("--with-phones", _("Show phone numbers in full; the journal records who asked."))
]
ForceOption = Annotated[bool, flag("--force", _("Overwrite an existing file."))]
ExactOption = Annotated[bool, flag("--exact", _("Show exact revenue instead of a band."))]


@dataclass(frozen=True, slots=True)
class Output:
    """The requested output: `format` or the extension of `target` decides; neither means a table on the screen.

    Some commands also take a folder, which is a `target` without an extension, or a Word document.
    """

    takes_folder: ClassVar[bool] = False
    takes_word: ClassVar[bool] = False
    format: Format = None
    target: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help=_("Write to this file instead of the screen."),
            callback=_screen_as_none
        ),
    ] = None  # fmt: skip
    force: ForceOption = False

    @property
    def kind(self) -> str:
        """Return the format, none for a folder. UsageRefused if the extension of the file contradicts `format`."""
        file = self.target
        if file is None:
            kind: str = self.format or "table"
        elif self.takes_folder and not file.suffix and (self.format is None or file.is_dir()):
            return ""
        elif self.takes_word and self.format is None and file.suffix.lower() == DOCUMENT:
            return "docx"
        else:
            kind = formats.kind_of(str(file), self.format)
        if kind == "ndjson" and not isinstance(self, Listing):
            raise UsageRefused(say("Only a listing can be written as ndjson."), say("Use .json instead."))
        return kind

    def content(self, shown: Document, made_on: date) -> bytes:
        """Return an answer as the content of the requested file, made on a day."""
        return formats.data(shown, self.kind, made_on)

    def require_whole(self) -> None:
        """Raise UsageRefused if options that select from a listing are given and the result is none."""


@dataclass(frozen=True, slots=True)
class Listing(Output):
    """The requested output of a listing, with the columns, rows and order selected."""

    format: ListingFormat = None  # type: ignore[assignment] # one more than other answers have
    columns: Annotated[str | None, option("KEYS", _("Only these columns, by their keys in JSON: a,b."))] = None
    sort: Annotated[
        str | None, option("KEYS", _("Sort by these keys, such as due_on,-tier; - for descending order."))
    ] = None
    limit: Annotated[int | None, option("N", _("Show at most this many rows."), min=1, max=LARGEST_NUMBER)] = None
    offset: Annotated[
        int,
        typer.Option(min=0, max=LARGEST_NUMBER, metavar="N", help=_("Skip this many rows first."), show_default=False),
    ] = 0

    @property
    def selection(self) -> Selection:
        """Return the selected columns, rows and order."""
        return Selection(_keys(self.columns), _keys(self.sort), self.limit, self.offset)

    @property
    def is_whole_for_people(self) -> bool:
        """Return whether people read all of it, so that it may be grouped; a workbook holds one sheet to filter."""
        return self.selection == Selection() and self.kind not in (*formats.FOR_MACHINES, "xlsx")

    def require_whole(self) -> None:
        """Raise UsageRefused if options that select from a listing are given and the result is none."""
        if self.selection != Selection() or self.kind == "ndjson":
            raise UsageRefused(
                say("--columns, --sort, --limit, --offset and ndjson can only be used with a single listing."),
                say("Omit them."),
            )


@dataclass(frozen=True, slots=True)
class DryRun:
    """Whether the change is a dry run."""

    dry_run: Annotated[bool, flag("--dry-run", _("Carry out everything and print the summary, but save nothing."))] = (
        False
    )


def _keys(words: str | None) -> tuple[str, ...]:
    return tuple(filter(None, (word.strip() for word in (words or "").replace("，", ",").split(","))))
