"""What Windows does otherwise than other systems, and what esm does about it (docs/decisions/0058)."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PureWindowsPath
from typing import TypeVar

from esm.errors import UsageRefused, say

IS_WINDOWS = os.name == "nt"
_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)  # seconds; a virus scanner or an index looks at a new file no longer
_PLAIN = re.compile(r"""[^\s'"\\$`!*?\[\]{}()<>|&;#~]+""")
# PowerShell cuts a word that begins with a dash at its first dot or colon.
_PLAIN_ON_WINDOWS = re.compile(r"(?!-.*[.:])[\w\\/.:+=-]+")
_BEFORE_QUOTE = re.compile(r'(\\*)("|\Z)')
_WORD_ON_WINDOWS = re.compile(r'(?:"[^"]*"|[^\s"])+')
_DEVICE = re.compile(r"con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]", re.IGNORECASE)
_NEVER_IN_NAMES = re.compile(r'[<>:"|?*\x00-\x1f]')
T = TypeVar("T")


def patiently(act: Callable[[], T]) -> T:
    """Do what Windows refuses while another program looks at the file: try again for a moment, there alone."""
    for pause in _PAUSES if IS_WINDOWS else ():
        try:
            return act()
        except PermissionError:
            time.sleep(pause)
    return act()


def replace(source: Path, target: Path) -> None:
    """Rename a file, also over another. Raises PermissionError on Windows if either is open in any program."""
    patiently(lambda: source.replace(target))


def remove(file: Path) -> None:
    """Remove a file, if it is there. Raises PermissionError on Windows if it is open in any program."""
    patiently(lambda: file.unlink(missing_ok=True))


def typed(words: Iterable[str]) -> str:
    """Return words as one types them: for the shells of POSIX; on Windows for cmd and PowerShell alike.

    These have no common way to write a dollar, a backtick, a percent sign or a quotation mark inside quotation marks;
    it is then written as cmd takes it.
    """
    if IS_WINDOWS:
        return " ".join(word if _PLAIN_ON_WINDOWS.fullmatch(word) else _quoted_on_windows(word) for word in words)
    return " ".join(word if _PLAIN.fullmatch(word) else "'" + word.replace("'", "'\\''") + "'" for word in words)


def command_words(command: str) -> list[str]:
    """Return the words of a command such as the one in EDITOR. Raises ValueError for a quote that nothing closes.

    On Windows a backslash is one, and a program may be named with blanks and without quotes, if it is there.
    """
    if not IS_WINDOWS:
        import shlex  # noqa: PLC0415 - only to start another program

        return shlex.split(command)
    import shutil  # noqa: PLC0415 - likewise

    if command.count('"') % 2:
        raise ValueError("a quotation mark that nothing closes")
    program, rest = next(_leading_files(command), (None, command))
    words = [word.replace('"', "") for word in _WORD_ON_WINDOWS.findall(rest)]
    first, *others = words if program is None else [program, *words]
    return [shutil.which(first) or first, *others]


def is_closed_pipe(error: BaseException | None) -> bool:
    """Return whether an error of standard output says that nobody reads on; Windows calls that an invalid argument."""
    import errno  # noqa: PLC0415 - only where something went wrong

    is_windows_way = IS_WINDOWS and isinstance(error, OSError) and error.errno == errno.EINVAL
    return isinstance(error, BrokenPipeError) or (is_windows_way and getattr(error, "filename", None) is None)


def require_usable_name(path: Path) -> None:
    """Raise UsageRefused for a name that Windows takes for a device or a stream, or would silently shorten."""
    for part in _parts(path) if IS_WINDOWS else ():
        stem = part.partition(".")[0].rstrip()
        if _DEVICE.fullmatch(stem) or _NEVER_IN_NAMES.search(part) or part != part.rstrip(". "):
            raise UsageRefused(
                say("“{name}” cannot be the name of a file on Windows.", name=part),
                say("Choose one without {characters}, without a dot or blank at its end, and not CON, NUL or COM1.",
                    characters='< > : " | ? *'),
            )  # fmt: skip


def _parts(path: Path) -> Iterator[str]:
    whole = PureWindowsPath(path)
    return (part for part in whole.parts[bool(whole.anchor) :] if part != "..")


def _quoted_on_windows(word: str) -> str:
    doubled = _BEFORE_QUOTE.sub(lambda found: found[1] * 2 + (f"\\{found[2]}" if found[2] else ""), word)
    return f'"{doubled}"'


def _leading_files(command: str) -> Iterator[tuple[str, str]]:
    """Yield the longest beginnings of a command that are files, as Windows itself looks for a program, and the rest."""
    for end in sorted((found.start() for found in re.finditer(r"(?<=\S)(?:\s|\Z)", command)), reverse=True):
        for ending in ("", ".exe"):
            if Path(command[:end].strip() + ending).is_file():
                yield command[:end].strip(), command[end:]
