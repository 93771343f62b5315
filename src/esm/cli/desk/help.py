"""`esm help`: the help of a command, or a page of the handbook."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from gettext import gettext as _
from typing import Annotated

from typer.core import TyperGroup

from esm.cli.desk.handbook import Page, page_about, pages
from esm.cli.shell import app
from esm.cli.shell.command_decorators import command
from esm.cli.shell.completion.fixed_words import one_of
from esm.cli.shell.context import Context
from esm.cli.shell.options import argument
from esm.cli.shell.programs import pager
from esm.cli.shell.usage.command_names import meant
from esm.sheets.sheet.message_translation import language


def _beginning_of_topic(incomplete: str) -> list[str]:
    return one_of([*app.tree().commands, *(page.topic for page in pages(language()))])(incomplete)


TopicArgument = Annotated[
    list[str] | None,
    argument(
        "[COMMAND|TOPIC]...",
        _("A command, or a page of the handbook; without one, all pages."),
        autocompletion=_beginning_of_topic,
    ),
]


@command("esm help due", "esm help visit log", "esm help pairing")
def help_(desk: Context, topic: TopicArgument = None) -> None:
    """Show the help of a command and the page of the handbook that is called so. NotFound where there is neither."""
    known = pages(desk.options.lang)
    if not topic:
        sys.stdout.write(_contents(known))
        return
    path = _command(topic)
    page = next((each for each in known if each.topic == " ".join(topic)), None)
    if path:
        app.run([*path, "--help"])
        if page is None:
            return
        sys.stdout.write("\n")
    _show(desk, page or page_about(" ".join(topic), known, list(app.tree().commands)))


def _command(words: Sequence[str]) -> list[str]:
    """Return the names of the command that words stand for, none where they stand for none."""
    group = app.tree()
    names: list[str] = []
    for word in words:
        for name in meant(word, group.commands, is_root=not names, refuses=False):
            if not isinstance(group, TyperGroup) or name not in group.commands:
                return []
            names.append(name)
            group = group.commands[name]  # type: ignore[assignment] # a command has no others
    return names


def _contents(known: Sequence[Page]) -> str:
    """Return the list of pages, as `esm help` prints it."""
    width = max(len(page.topic) for page in known)
    lines = [f"  esm help {page.topic.ljust(width)}  {page.title}" for page in known]
    return "\n".join(
        [_("The handbook, one page per task:"), *lines, "", _("The help of a command: `esm help due`."), ""]
    )


def _show(desk: Context, page: Page) -> None:
    """Print a page: for a terminal laid out and page by page, else the text as it stands."""
    if not sys.stdout.isatty():
        sys.stdout.write(page.text)
        return
    from esm.formats.write.screen.handbook_page import screen_text  # noqa: PLC0415 - rich is for terminals

    pager.show(screen_text(page.text, color=desk.options.color), is_wanted=desk.options.has_pager)
