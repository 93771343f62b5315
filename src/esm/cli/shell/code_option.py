"""Options for coded values: each accepts a code, or its word in either language."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

import typer

from esm.domain.values.codes import Worded


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
                _("“{value}” is not one of {choices}.").format(value=typed, choices=", ".join(map(str, self.kind)))
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
        autocompletion=lambda incomplete: [code for code in codes if code.startswith(incomplete)],
    )
