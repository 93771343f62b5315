"""One district on two engines: whatever a command line says and writes on a file, it says and writes on a server.

The command lines stand in `two_engines.txt`; `tests/two_desks.py` runs each on both. How many were compared is printed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from tests import two_desks

from esm.cli.shell.commands import COMMANDS, CommandSpec

BY_DAY = 180  # command lines


def test_no_command_on_one_district_is_forgotten() -> None:
    lines = [line for _, line in two_desks.steps()]
    of_one = [command for command in COMMANDS if command.name != "city"]
    asked = [name for name in names(of_one) if not any(f"{line} ".startswith(f"{name} ") for line in lines)]
    assert asked == []


def names(commands: Iterable[CommandSpec], group: str = "") -> Iterator[str]:
    """Yield the words by which each command is asked for."""
    for command in commands:
        words = f"{group}{command.name}"
        yield from names(command.inner, f"{words} ") if command.inner else [words]


def test_by_day_some_lines_of_every_group_run_and_one_of_almost_every_command() -> None:
    lines = list(two_desks.steps(by_night=False))
    assert {group for group, _ in lines} == {group for group, _ in two_desks.steps()}
    assert len(lines) >= BY_DAY
    left = [name for name in names(COMMANDS) if not any(f"{line} ".startswith(f"{name} ") for _, line in lines)]
    assert [name for name in left if not name.startswith("city ")] == ["demo"]  # it does not ask for the database


@pytest.mark.slow
@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("lang", "by_night"),
    [("zh", False), *(pytest.param(lang, True, marks=pytest.mark.nightly) for lang in ("zh", "en"))],
)
def test_a_command_line_does_the_same_on_both_engines(
    tmp_path: Path, schema: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    pytestconfig: pytest.Config, lang: str, by_night: bool,
) -> None:  # fmt: skip
    desks = two_desks.set_up(tmp_path, schema, lang, monkeypatch)
    for group, line in two_desks.steps(by_night=by_night):
        desks.run(group, line, capsys)
    if pytestconfig.get_verbosity() >= 0:  # one step is taken back by `addopts`
        with capsys.disabled():
            sys.stdout.write(f"\n{desks.table()}\n")
    assert desks.unlike == {}
    assert desks.codes.keys() == {0, 1, 2, 3, 4, 5, 6}
    for table in ("operation", "change"):
        assert desks.one.rows(table) == desks.other.rows(table)
