"""What stands for the name of a command: an alias, or as many of its first letters as only one name has.

Both are for people at a keyboard; scripts write whole names, for a later version may have more of them
(docs/cli.md, Commands).
"""

from __future__ import annotations

from collections.abc import Collection

from esm.errors import Listed, UsageRefused, say

# In the order of the documentation; an alias is never the name of a command.
ALIASES = {
    "log": ("visit", "log"), "visits": ("visit", "list"), "requests": ("request", "list"), "gaps": ("policy", "gaps"),
    "promises": ("visit", "promise", "list"),
}  # fmt: skip
ALIASES_IN_GROUPS = {"ls": ("list",)}


def meant(word: str, names: Collection[str], *, is_root: bool, refuses: bool = True) -> tuple[str, ...]:
    """Return the names of the command, and of the group it is in, that a word stands for; an unknown word as it is.

    Raises UsageRefused for the first letters of several names, unless it may not.
    """
    known = ALIASES if is_root else ALIASES_IN_GROUPS
    if word in names or not word:
        return (word,)
    if word in known and (is_root or known[word][0] in names):
        return known[word]
    fitting = [name for name in names if name.startswith(word)]
    if len(fitting) > 1 and refuses:
        raise UsageRefused(
            say("“{word}” fits several commands: {commands}.", word=word, commands=Listed(fitting)),
            say("Type more of the name."),
        )
    return (fitting[0] if len(fitting) == 1 else word,)
