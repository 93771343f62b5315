"""Lays a page of Markdown out for a terminal, with rich: headings in bold, sessions indented, no lines drawn."""

from __future__ import annotations

import io
import shutil
from typing import TYPE_CHECKING

from rich.console import Console, detect_legacy_windows
from rich.markdown import CodeBlock, Heading, Markdown
from rich.padding import Padding
from rich.text import Text
from rich.theme import Theme

if TYPE_CHECKING:
    from rich.console import ConsoleOptions, RenderResult

WIDEST = 100  # longer lines of prose are hard to read


def screen_text(markdown: str, *, color: bool) -> str:
    """Return a page as a terminal of this width shows it; without colour, no escape codes."""
    color = color and not detect_legacy_windows()
    console = Console(
        file=io.StringIO(), width=min(shutil.get_terminal_size().columns, WIDEST), force_terminal=color,
        color_system="auto" if color else None, no_color=not color, force_jupyter=False, highlight=False,
        legacy_windows=False, theme=Theme({"markdown.code": "bold", "markdown.code_block": "none"}),
    )  # fmt: skip
    with console.capture() as shown:
        console.print(_Page(markdown, hyperlinks=False))
    return "\n".join(line.rstrip() for line in shown.get().splitlines()) + "\n"


class _Session(CodeBlock):
    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Padding(Text(str(self.text).rstrip(), overflow="fold"), (0, 0, 0, 4))


class _Title(Heading):
    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        self.text.justify = "left"
        self.text.stylize("bold")
        yield self.text


class _Page(Markdown):
    elements = {**Markdown.elements, "fence": _Session, "code_block": _Session, "heading_open": _Title}  # noqa: RUF012
