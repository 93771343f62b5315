"""What a command may load: the start is a feature (docs/decisions/0003)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import ROOT, TODAY, Ran
from tests.district import code

HEAVY = {
    "sqlmodel", "sqlalchemy", "alembic", "pydantic", "ortools", "numpy", "xlsxwriter", "python_calamine", "rich",
    "icalendar", "jinja2", "rapidfuzz",
}  # fmt: skip
CODE = """
import sys
from esm.__main__ import main
code = main({words})
print(code, *sorted(name for name in sys.modules if "." not in name), file=sys.stderr)
"""


def loaded(words: list[str]) -> set[str]:
    """Return the top-level modules that a command has loaded when it ends well, away from any terminal."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ESM_")}
    ran = subprocess.run(
        [sys.executable, "-c", CODE.format(words=words)], capture_output=True, text=True, check=True, env=clean
    )
    code, *modules = ran.stderr.split()
    assert code == "0", ran.stderr
    return set(modules)


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


@pytest.mark.parametrize(
    "words",
    [
        ["import", str(ROOT / "examples" / "district.zh.xlsx")],
        ["undo"],
        ["visit", "log", "91339907MA015HRPJU"],
        ["config", "set", "due_soon_days", "9"],
    ],
)
def test_a_command_that_adds_or_takes_back_rows_loads_no_orm(
    districts: dict[str, Path], tmp_path: Path, words: list[str]
) -> None:
    copy = shutil.copy(districts["zh"], tmp_path / "district.db")
    assert not loaded(["--db", str(copy), "--today", TODAY, *words]) & {"sqlmodel", "sqlalchemy", "pydantic"}


def test_help_loads_no_database_at_all() -> None:
    assert not loaded(["--help"]) & (HEAVY | {"sqlite3"})


def test_the_list_of_commands_is_that_of_the_whole_program(capsys: pytest.CaptureFixture[str]) -> None:
    from esm.cli import app

    app.execute(app.build(), ["--help"])
    whole = capsys.readouterr().out
    app.run(["--help"])
    assert capsys.readouterr().out == whole
    assert "unpair" in whole
