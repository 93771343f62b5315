"""Answers on a real terminal: as many rows as it has room for, the pager, colours, widths (docs/cli.md, Listings)."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import TODAY, Esm

from esm import operating_system
from esm.cli.shell import terminal
from esm.cli.shell.programs import pager
from esm.formats.write.screen.terminal import fitting_rows, print_rich
from esm.sheets.sheet.sheet import Column, Sheet

Terminal = Callable[..., list[str]]
RED = "\x1b[31m"


@pytest.fixture
def on_terminal(districts: dict[str, Path]) -> Terminal:
    """Return a function that runs one command line on a terminal of its own and returns the lines written to it."""

    def run(line: str, columns: int = 80, lines: int = 24, lang: str = "en", **environment: str) -> list[str]:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        words = ["--db", str(districts[lang]), "--today", TODAY, "--lang", lang, *line.split()]
        clean = {"PATH": os.environ["PATH"], "TERM": "xterm", "PYTHONPATH": os.pathsep.join(sys.path)}
        process = subprocess.Popen(
            [sys.executable, "-m", "esm", *words], stdin=theirs, stdout=theirs, stderr=theirs, env=clean | environment
        )
        os.close(theirs)
        written = b""
        while chunk := _read(ours):
            written += chunk
        os.close(ours)
        assert process.wait() == 0, written.decode()
        return written.decode().replace("\r\n", "\n").splitlines()

    return run


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # closed at the other end
        return b""


@pytest.mark.parametrize("line", ["visit list", "policy gaps", "enterprise list"])
def test_a_long_list_is_a_screenful_and_all_of_it_in_a_pipe(
    on_terminal: Terminal, esm: Esm, districts: dict[str, Path], line: str
) -> None:
    shown = on_terminal(line, PAGER="false")
    total = re.fullmatch(r"(\d+) in all, the first (\d+) shown\.", shown[-1])
    assert total
    assert 1 < int(total[2]) < len(shown) < 24
    piped = esm(*line.split(), db=districts["en"])
    assert piped.out.splitlines()[-1] == f"{total[1]} in all."


def test_what_is_longer_than_the_screen_goes_through_the_pager(on_terminal: Terminal, tmp_path: Path) -> None:
    paged = tmp_path / "paged.txt"
    shown = on_terminal("due", PAGER=f"tee {paged}")
    assert paged.read_text(encoding="utf-8").splitlines() == shown
    assert len(shown) > 24
    for line in ("due --limit 2", "due --no-pager"):
        on_terminal(line, PAGER=f"tee {paged}2")
    assert not Path(f"{paged}2").exists()
    for none in ("a-pager-that-nobody-has", "less 'unbalanced"):
        assert on_terminal("due", PAGER=none)[-1] == "95 in all."


def test_an_interrupt_in_the_pager_is_for_the_pager_alone(on_terminal: Terminal, tmp_path: Path) -> None:
    program = tmp_path / "pager"
    program.write_text(
        f'#!/bin/sh\ncat > "{tmp_path}/paged"\nkill -INT $PPID\ncat "{tmp_path}/paged"\n', encoding="utf-8"
    )
    program.chmod(0o700)
    assert on_terminal("due", PAGER=str(program)) == on_terminal("due", PAGER="cat")


class Screen(io.StringIO):
    """A terminal of which nothing more is known."""

    def isatty(self) -> bool:
        """Return that it is one."""
        return True


def _screen_with_less(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Screen:
    """Return a terminal with a pager that writes what it is given, and how, to the file `paged` in the folder."""
    less = folder / "less"
    program = f'#!/bin/sh\n/bin/cat > "{folder}/paged"\necho $LESS $LESSCHARSET >> "{folder}/paged"\n'
    less.write_text(program, encoding="utf-8")
    less.chmod(0o700)
    for name in ("PAGER", "LESS", "LESSCHARSET"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("TERM", "xterm")
    screen = Screen()
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(sys, stream, screen)
    return screen


@pytest.mark.parametrize(("is_windows", "is_paged"), [(False, True), (True, False)])
def test_only_where_it_understands_utf_8_the_usual_pager_is_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, is_windows: bool, is_paged: bool
) -> None:
    screen = _screen_with_less(monkeypatch, tmp_path)
    monkeypatch.setattr(operating_system, "IS_WINDOWS", is_windows)
    text = "企业\n" * 100
    pager.show(text, is_wanted=True)
    found = (tmp_path / "paged").read_text(encoding="utf-8") if is_paged else ""
    assert (found, screen.getvalue()) == ((f"{text}FRX utf-8\n", "") if is_paged else ("", text))


@pytest.mark.parametrize(("encoding", "charset"), [("utf-8", " utf-8"), ("UTF8", " utf-8"), ("gbk", "")])
def test_the_pager_gets_the_encoding_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, encoding: str, charset: str
) -> None:
    _screen_with_less(monkeypatch, tmp_path)
    monkeypatch.setattr(Screen, "encoding", encoding, raising=False)
    text = "企业\n" * 100
    pager.show(text, is_wanted=True)
    assert (tmp_path / "paged").read_bytes() == text.encode(encoding) + f"FRX{charset}\n".encode()


def test_a_terminal_that_tells_no_width_or_a_dumb_one_gets_a_table(on_terminal: Terminal) -> None:
    for environment in ({"COLUMNS": "0"}, {"TERM": "dumb"}):
        shown = on_terminal("due --limit 1", **environment)
        assert max(len(re.sub("\x1b\\[[0-9;]*m", "", line)) for line in shown) <= 80
        assert any("448 overdue" in line for line in shown)
    assert not any("\x1b" in line for line in on_terminal("due --limit 1", TERM="dumb"))


@pytest.mark.parametrize("columns", [30, 40])
def test_the_breakdowns_of_a_report_stay_tables_on_a_narrow_terminal(on_terminal: Terminal, columns: int) -> None:
    shown = on_terminal("report visits", columns, NO_COLOR="1", PAGER="cat")
    assert max(map(len, shown)) <= columns
    assert sum(set(line) <= {"-", " "} and "-" in line for line in shown) == 2
    assert any(re.match(r"2026-11 +87 +78", line) for line in shown)


@pytest.mark.parametrize(
    ("environment", "is_coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"CLICOLOR_FORCE": "1", "CLICOLOR": "0"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colour_away_from_a_terminal_is_what_the_environment_says(
    esm: Esm, districts: dict[str, Path], monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str], is_coloured: bool,
) -> None:  # fmt: skip
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in (environment | {"TERM": "xterm"}).items():
        monkeypatch.setenv(name, value)
    assert (RED in esm("due", "--limit", "1", db=districts["en"]).out) == is_coloured


@pytest.mark.parametrize("line", ["due --limit 9", "enterprise list --limit 9", "report visits"])
def test_colour_away_from_a_terminal_changes_no_word(
    esm: Esm, districts: dict[str, Path], monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    def values(**environment: str) -> list[list[str]]:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        plain = re.sub(r"\x1b\[[0-9;]*m", "", esm(*line.split(), db=districts["en"]).out)
        return [words for words in map(str.split, plain.splitlines()) if set("".join(words)) != {"-"}]

    monkeypatch.delenv("NO_COLOR", raising=False)
    without = values(FORCE_COLOR="0", TERM="xterm", COLUMNS="40")
    coloured = values(FORCE_COLOR="1")
    assert [words for words in without if words not in coloured] == []


def test_colour_is_given_up_where_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert not terminal.is_plain(no_color=False)
    assert terminal.is_plain(no_color=True)


@pytest.mark.parametrize(
    ("line", "red"),
    [
        ("due --within 60", "[0-9]+ overdue"),
        ("request list", "[0-9]+ late"),
        ("visit promise list", "yes"),
        ("visit list --late --limit 3 --columns id,enterprise,days_late", "[0-9]+"),
        ("enterprise list --limit 3", "nothing"),
    ],
)
def test_red_means_overdue_late_or_unserved_in_every_list(
    esm: Esm, districts: dict[str, Path], monkeypatch: pytest.MonkeyPatch, line: str, red: str
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    out = esm(*line.split(), db=districts["en"]).out
    words = re.findall(r"\x1b\[31m *(.*?) *\x1b", out)
    plain = re.findall(rf"(?<![-0-9])(?:{red})(?=$|[ ])", re.sub(r"\x1b\[[0-9;]*m", "", out), re.MULTILINE)
    assert set(re.findall(r"\x1b\[([0-9;]*)m", out)) <= {"0", "1", "31"}
    assert all(re.fullmatch(red, word) for word in words)
    assert line.startswith("visit list") or len(words) == len(plain)


@pytest.mark.parametrize("height", [5, 12, 40])
def test_as_many_rows_as_fit_are_found(height: int) -> None:
    rows = [("x" * (30 * number),) for number in range(1, 30)]
    sheet = Sheet("names", "Names", (Column("name", "Name"),), rows, ("a note",))
    written: list[str] = []

    def lines(count: int) -> int:
        part = Sheet("names", "Names", sheet.columns, rows[:count], sheet.notes)
        print_rich(part, color=False, width=40, write=written.append)
        return len(written.pop().splitlines())

    found = fitting_rows(sheet, height, 40)
    assert found == max([1, *(count for count in range(1, 30) if lines(count) <= height)])
