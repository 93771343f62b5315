"""Global options after the command: every command takes copies of those of the root, which its help leaves out."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from typer.core import TyperOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer._click.core import Context, Parameter

_MARK = "global_"


def inherited(context: Context, own: Sequence[Parameter]) -> list[TyperOption]:
    """Return the global options as a command below the root takes them; where names clash, its own one counts."""
    root = context.find_root()
    if context is root:
        return []
    taken = {name for each in own for name in (*each.opts, *each.secondary_opts)}
    return [
        _copied(each)
        for each in root.command.params
        if isinstance(each, TyperOption) and not each.hidden and not taken & set(each.opts)
    ]


def _copied(option: TyperOption) -> TyperOption:
    made = copy(option)
    made.name = f"{_MARK}{option.name}"
    made.hidden, made.expose_value, made.envvar = True, False, None
    made.callback = _hand_to_root
    return made


def _hand_to_root(context: Context, option: Any, value: Any) -> None:
    """Let an option that was given after the command count as one before it: the root reads all of them again."""
    source = context.get_parameter_source(option.name)
    if source is None or source.name != "COMMANDLINE":
        return
    root: Any = context.find_root()
    root.params[option.name.removeprefix(_MARK)] = value
    if not context.resilient_parsing:  # of a line that is only completed
        root.invoke(root.command.callback, **root.params)
