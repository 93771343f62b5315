"""Man pages, one a command, made of its help when esm is packed: `esm(1)`, `esm-due(1)`, `esm-visit-log(1)` …

`python -m esm.cli.desk.man_pages FOLDER en|zh` writes those of a language below FOLDER, where `man` looks for them.
Nothing of what the commands do is loaded, so that packing needs few packages.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from gettext import gettext as _
from pathlib import Path
from typing import Any

from esm import __version__
from esm.cli.shell import language_choice
from esm.cli.shell.completion import lazy_modules

_SHELVES = {"en": "man1", "zh": "zh_CN/man1"}
_WIDE = r"[\u2018-\u201d\u2e80-\u9fff\uff00-\uffef]"
# Chinese has no blanks, and groff breaks lines at these alone: a line may break between two wide characters, but no
# closing mark begins one and no opening mark ends it.
_BREAK = re.compile(rf"(?<={_WIDE})(?<![（“《「])(?={_WIDE})(?![，。；：、）”》」？！])")


def write(folder: Path, language: str) -> None:
    """Write the pages of a language; it must not have been chosen in this process before."""
    language_choice.choose(language)
    os.environ["TYPER_USE_RICH"] = "0"
    lazy_modules.load_lazily()
    from esm.cli.shell import app  # noqa: PLC0415 - loads Typer, which must find language and variable set

    shelf = folder / _SHELVES[language]
    shelf.mkdir(parents=True, exist_ok=True)
    root = app.tree()
    for name, text in _pages(root, root.make_context("esm", [], resilient_parsing=True)):
        (shelf / f"{name}.1").write_text(text, encoding="utf-8")


def _pages(command: Any, context: Any) -> Iterator[tuple[str, str]]:
    """Yield the page of a command, by its name, and those of the commands in it."""
    inner = [(name, each.load() if hasattr(each, "load") else each) for name, each in _commands(command)]
    yield context.command_path.replace(" ", "-"), _page(command, context, inner)
    for name, each in inner:
        yield from _pages(each, each.make_context(name, [], parent=context, resilient_parsing=True))


def _commands(command: Any) -> Sequence[tuple[str, Any]]:
    return list(getattr(command, "commands", {}).items())


def _page(command: Any, context: Any, inner: Sequence[tuple[str, Any]]) -> str:
    """Return one page in the language of man."""
    title = context.command_path.replace(" ", "-")
    usage = " ".join(piece.strip("{}") for piece in command.collect_usage_pieces(context))
    records = [(each.param_type_name, each.get_help_record(context)) for each in command.get_params(context)]
    arguments, options = (
        [found for kind, found in records if kind == wanted and found] for wanted in ("argument", "option")
    )
    examples = (command.epilog or "").splitlines()[1:]
    above = [title.rpartition("-")[0]] if context.parent else []
    near = [f"\\fB{_plain(name)}\\fR(1)" for name in (*above, *(f"{title}-{name}" for name, _each in inner))]
    lines = [
        f'.TH "{title.upper()}" 1 "" "esm {__version__}"', ".nh", ".ad l",
        *_section(_("Name"), f"{_plain(title)} \\- {_plain(command.get_short_help_str())}"),
        *_section(_("Synopsis"), f"\\fB{_plain(context.command_path)}\\fR {_plain(usage)}"),
        *_section(_("Description"), _plain(command.help or "")),
        *_listed(_("Arguments"), arguments),
        *_listed(_("Commands"), [(name, each.short_help or "") for name, each in inner]),
        *_listed(_("Options"), options),
        *(_section(_("Examples"), ".nf", *(_plain(line.strip()) for line in examples), ".fi") if examples else ()),
        *_section(_("See also"), ",\n".join(near) or _plain("esm help")),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _section(heading: str, *lines: str) -> Iterator[str]:
    yield f'.SH "{heading.upper()}"'
    yield from lines


def _listed(heading: str, entries: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield the lines of a section with names and what stands behind them, nothing for none."""
    if entries:
        yield f'.SH "{heading.upper()}"'
    for name, about in entries:
        yield from (".TP", f"\\fB{_plain(name)}\\fR", _plain(about))


def _plain(text: str) -> str:
    """Return text as it means itself on a page."""
    joined = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    broken = _BREAK.sub(r"\\:", joined)
    return f"\\&{broken}" if broken.startswith((".", "'")) or not broken else broken


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.argv[2])
