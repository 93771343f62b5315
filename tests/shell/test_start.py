"""What a command may load: the start is a feature (docs/decisions/0004)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from tests.conftest import ROOT, TODAY, Ran
from tests.district import code

from esm.cli.shell.commands import COMMANDS, CommandSpec

HEAVY = {
    "sqlmodel", "sqlalchemy", "alembic", "pydantic", "ortools", "numpy", "xlsxwriter", "python_calamine", "rich",
    "icalendar", "jinja2", "rapidfuzz",
}  # fmt: skip
ORM = {"sqlmodel", "sqlalchemy", "alembic", "pydantic"}
CODE = """
import sys
from esm.__main__ import main
codes = [main(words) for words in {commands}]
print("", set(codes), *sorted(name for name in sys.modules if "." not in name), file=sys.stderr)
"""
INTERRUPTED = """
import signal, sys
class Interrupter:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Interrupter())
from esm.__main__ import main
sys.exit(main(["due"]))
"""


def loaded(*commands: list[str]) -> set[str]:
    """Return the top-level modules that commands have loaded when each ended well, away from any terminal."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ESM_")}
    ran = subprocess.run(
        [sys.executable, "-c", CODE.format(commands=commands)], capture_output=True, text=True, check=True, env=clean
    )
    codes, *modules = ran.stderr.splitlines()[-1].split()
    assert codes == "{0}", ran.stderr
    return set(modules)


def rooms(words: list[str]) -> set[str]:
    """Return the shelves of the command line that a command line has loaded."""
    code = f"import sys\nfrom esm.__main__ import main\nmain({words})\nprint('', *sys.modules, file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    places = [name.split(".") for name in ran.stderr.splitlines()[-1].split()]
    return {parts[2] for parts in places if parts[:2] == ["esm", "cli"] and len(parts) > 2}


@pytest.mark.parametrize(
    "words",
    [
        ["due"],
        ["due", "--format", "json"],
        ["report"],
        ["report", "cadres"],
        ["scale"],
        ["config", "list"],
        ["history"],
        ["visit", "list"],
    ],
)
def test_a_reading_command_loads_no_orm_and_no_solver(path: Path, words: list[str]) -> None:
    assert not loaded(["--db", str(path), *words]) & HEAVY


def test_pairing_again_loads_no_solver_where_everybody_stays(esm: Callable[..., Ran], path: Path) -> None:
    assert esm("cadre", "add", "1001", "--name", "尹一").code == 0
    firm = ["--name", "江畔一号有限公司", "--above-scale", "--enrolled-on", "2026-01-01"]
    assert esm("enterprise", "add", code(1), *firm).code == 0
    assert esm("assign").code == 0
    assert "ortools" not in loaded(["--db", str(path), "--today", TODAY, "assign"])


def test_no_command_but_those_that_make_and_check_the_schema_loads_the_orm(
    districts: dict[str, Path], tmp_path: Path
) -> None:
    copy = shutil.copy(districts["zh"], tmp_path / "district.db")
    local = tmp_path / "local.csv"
    local.write_text("date,type,name\n2026-12-24,off,local day\n", encoding="utf-8")
    firm, other = "91339907MA015HRPJU", "91339907MA022YJDMC"
    day = ["--on", "2026-11-20", "--cadre", "JP024"]
    commands = [
        ["import", str(ROOT / "examples" / "district.zh.xlsx")],
        ["undo"],
        ["config", "set", "due_soon_days", "9"],
        ["calendar", "import", str(local), "--local"],
        ["cadre", "edit", "JP024", "--phone", "19900000000"],
        ["cadre", "absence", "JP024", "--from", "2026-12-01", "--until", "2026-12-31"],
        ["cadre", "absence", "JP024", "--from", "2026-12-01", "--until", "2026-12-30", "--deputy", "JP023"],
        ["cadre", "absence", "JP024", "--from", "2026-12-01", "--cancel"],
        ["enterprise", "edit", firm, "--address", "1"],
        ["enterprise", "pause", firm, "--reason", "1"],
        ["enterprise", "resume", firm, "--on", "2026-11-25"],
        ["visit", "log", firm, "--met", "Manager", *day, "--promise", "1", "--until", "2026-12-01"],
        ["visit", "promise", "done", "1"],
        ["visit", "cancel", "1"],
        ["visit", "log", firm, "--department", "1"],
        ["recuse", "JP023", firm, "--reason", "1"],
        ["recuse", "JP023", firm, "--kind", "relative"],
        ["recuse", "JP023", firm, "--end"],
        ["policy", "add", "R1", "--title", "1", "--until", "2027-01-01"],
        ["policy", "edit", "R1", "--worth", "1"],
        ["policy", "apply", "R1", firm],
        ["policy", "decline", "R1", firm],
        ["policy", "brief", "R1", firm, other],
        ["request", "classes", "labour.training", "--name", "1"],
        ["request", "classes", "labour.training", "--retire"],
        ["request", "open", firm, "1", "--class", "labour"],
        ["schedule"],
        ["db", "backup", str(tmp_path / "copy.db")],
    ]
    assert not loaded(*(["--db", str(copy), "--today", TODAY, *words] for words in commands)) & ORM


def test_help_loads_no_database_at_all() -> None:
    assert not loaded(["--help"]) & (HEAVY | {"sqlite3"})


@pytest.mark.parametrize("words", [[], ["visit"], ["visit", "promise"]])
def test_a_list_of_commands_loads_none_of_them(words: list[str]) -> None:
    assert rooms([*words, "--help"]) == {"shell"}


@pytest.mark.parametrize(("words", "shelf"), [(["due"], "schedule"), (["visit", "show"], "visits")])
def test_the_help_of_a_command_loads_its_own_shelf_alone(words: list[str], shelf: str) -> None:
    assert rooms([*words, "--help"]) == {"shell", shelf}


def test_every_command_of_the_list_is_where_the_list_says() -> None:
    def leaves(entries: Iterable[CommandSpec]) -> Iterator[CommandSpec]:
        for entry in entries:
            yield from leaves(entry.inner) if entry.inner else [entry]

    for entry in leaves(COMMANDS):
        module, _, function = entry.place.rpartition(".")
        assert callable(getattr(import_module(f"esm.cli.{module}"), function)), entry


@pytest.mark.parametrize("module", ["esm.cli.shell.errors", "esm.cli.shell.app", "typer"])
def test_an_interrupt_while_modules_load_exits_130_without_a_traceback(module: str) -> None:
    ran = subprocess.run([sys.executable, "-c", INTERRUPTED.format(module=module)], capture_output=True, check=False)
    assert ran.returncode == 130
    assert b"Traceback" not in ran.stderr
