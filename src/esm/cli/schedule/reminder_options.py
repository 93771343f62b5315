"""The options of `esm due` that remind instead of listing."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import Annotated

from esm.cli.shell.options import flag, option
from esm.errors import UsageRefused, say


@dataclass(frozen=True, slots=True)
class ReminderOptions:
    """Whether reminders are written or sent, and how."""

    digest: Annotated[Path | None, option("FOLDER", _("Write one reminder per cadre, each as a Markdown file."))] = None
    message: Annotated[
        bool, flag("--message", _("With --digest: each as one short text for a messenger, at most 20 lines."))
    ] = False
    send: Annotated[bool, flag("--send", _("Send the reminders by e-mail to the addresses on record."))] = False
    again: Annotated[
        bool, flag("--again", _("With --send: also to those to whom the same was sent today, or may have been."))
    ] = False

    def __post_init__(self) -> None:
        """Raise UsageRefused for an option without the one that it belongs to."""
        if self.message and self.digest is None:
            raise UsageRefused(say("--message can only be used with --digest."), say("Add --digest FOLDER."))
        if self.again and not self.send:
            raise UsageRefused(say("--again can only be used with --send."), say("Add --send."))

    @property
    def is_given(self) -> bool:
        """Return whether there is anything to write or to send."""
        return self.digest is not None or self.send
