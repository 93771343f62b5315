"""`esm completion`: what a shell runs so that Tab completes esm."""

from __future__ import annotations

import sys
from gettext import gettext as _
from typing import Annotated, Literal

from esm.cli.shell.command_decorators import command
from esm.cli.shell.completion.shells import script
from esm.cli.shell.context import Context
from esm.cli.shell.options import argument

ShellArgument = Annotated[
    Literal["bash", "zsh", "fish", "powershell"],
    argument("bash|zsh|fish|powershell", _("The shell; the first lines of its script say where it belongs.")),
]


@command('eval "$(esm completion bash)"', "esm completion fish > ~/.config/fish/completions/esm.fish")
def completion(desk: Context, shell: ShellArgument) -> None:
    """Print what a shell runs so that Tab completes commands, options and names."""
    sys.stdout.write(script(shell))
