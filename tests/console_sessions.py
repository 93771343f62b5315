"""The sessions that the documents show, run as a reader would type them.

A page is a list of fenced blocks: ```console is a transcript (`$ ` and a command, then what it prints, with `…`
for what is left out), ```sh is run by a shell and must succeed, ```csv NAME is a file that the reader saves.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from glob import glob
from pathlib import Path

from esm.__main__ import main

Heard = Callable[[], str]  # what was printed since it was last asked
ANSWERS = (0, 1)  # 1 is an answer too: asked, and it is no


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield each fenced block of a page: the words after the fence, and what stands inside."""
    for found in re.finditer(r"^```(.+?)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        yield found[1], found[2]


def steps(block: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a transcript with what it is said to print."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed.rstrip("\n")


def fits(printed: str, shown: str) -> bool:
    """Return whether a command printed what a page shows: `…` stands for anything, alone on a line for any lines.

    How many blanks stand between two columns is left open, for it depends on the rows that are left out.
    """
    said, pieces = (re.sub(" +", " ", text) for text in (shown.rstrip("\n"), printed))
    pattern = ".*".join(re.escape(piece) for piece in pieces.split("…\n"))
    return re.fullmatch(pattern.replace("…", ".*"), said, re.DOTALL) is not None


def typed(command: str) -> int:
    """Run one command line of esm in the folder that is current; return its exit code."""
    name, *words = shlex.split(command)
    assert name == "esm", command
    return main([file for word in words for file in (sorted(glob(word)) if "*" in word else [word])])


def run(text: str, heard: Heard) -> list[str]:
    """Run a page in the folder that is current; return the commands of esm that it shows."""
    done = []
    for kind, block in blocks(text):
        language, _, name = kind.partition(" ")
        if language == "csv":
            Path(name).write_text(block, encoding="utf-8")
        elif language == "sh":
            shell(block)
        elif language == "console":
            done += transcript(block, heard)
        else:
            raise AssertionError(kind)
    return done


def transcript(block: str, heard: Heard) -> list[str]:
    """Run a transcript and hold what is printed against it; a refusal must be told by `echo $?`."""
    every, code = list(steps(block)), 0
    for number, (command, printed) in enumerate(every):
        if command == "echo $?":
            assert printed == str(code), f"{every[number - 1][0]}: {code}"
            continue
        code = typed(command)
        shown = heard()
        assert fits(printed, shown), f"{command}\n{shown}"
        following = [later for later, _ in every[number + 1 : number + 2]]
        assert code in ANSWERS or following == ["echo $?"], f"{command}: {code}\n{shown}"
    return [command for command, _ in every if command != "echo $?"]


def shell(script: str) -> None:
    """Run a script by a shell that stops at the first failure, with esm on its path."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    ran = subprocess.run(
        ["bash", "-euc", script], capture_output=True, text=True, check=False, env={**os.environ, "PATH": path}
    )
    assert ran.returncode == 0, f"{script}\n{ran.stdout}{ran.stderr}"
