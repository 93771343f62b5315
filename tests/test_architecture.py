"""What import-linter cannot say of the house: libraries, clock, sizes (docs/decisions/0001, pyproject.toml)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import esm

ROOT = Path(esm.__file__).parent
THIRD_PARTY = {
    "errors": set(),
    "domain": {"borax", "dateutil", "ortools", "rapidfuzz"},
    "sheets": set(),
    "storage": {"sqlmodel", "sqlalchemy", "alembic", "chinese_calendar", "psycopg"},
    "formats": {"docx", "docxtpl", "icalendar", "jinja2", "lxml", "rich", "xlsxwriter", "python_calamine"},
    "usecases": {"dateutil"},
    "cli": {"typer", "rich", "platformdirs"},
}
OUTSIDE_WORLD = {"os", "sys", "time", "random", "sqlite3", "subprocess", "socket", "pathlib", "tempfile", "shutil"}
FILES = sorted(ROOT.rglob("*.py"))
STANDARD = __import__("sys").stdlib_module_names


def room_of(path: Path) -> str:
    """Return the room that a file stands in."""
    parts = path.relative_to(ROOT).parts
    return parts[0] if len(parts) > 1 else path.stem


def imports(path: Path) -> Iterator[str]:
    """Yield every module that a file imports, late imports included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_uses_only_its_own_libraries(path: Path) -> None:
    room = room_of(path)
    outer = {name.split(".")[0] for name in imports(path)} - STANDARD - {"esm"}
    assert outer <= THIRD_PARTY.get(room, set())


def test_one_module_alone_knows_the_solver() -> None:
    users = [path.relative_to(ROOT).as_posix() for path in FILES if any(n.startswith("ortools") for n in imports(path))]
    assert users == ["domain/pairing/flow/min_cost_flow.py"]


def test_domain_and_sheets_touch_no_outside_world() -> None:
    for path in [*(ROOT / "domain").rglob("*.py"), *(ROOT / "sheets").rglob("*.py")]:
        assert not {name.split(".")[0] for name in imports(path)} & OUTSIDE_WORLD, path


def test_the_clock_is_read_in_one_place() -> None:
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in {"now", "today", "utcnow"}
        and isinstance(node.value, ast.Name)
        if node.value.id in {"date", "datetime"}
    }
    assert readers == {"cli/shell/context.py"}


def test_only_the_storage_room_knows_sql() -> None:
    users = {
        room_of(path)
        for path in FILES
        if any(name.split(".")[0] in {"sqlmodel", "sqlalchemy"} for name in imports(path))
    }
    assert users == {"storage"}


def test_modules_and_functions_stay_small() -> None:
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 250, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 40, f"{path}:{node.name}"


def test_a_shelf_holds_two_to_sixteen_files() -> None:
    shelves = {path.parent for path in FILES if len(path.relative_to(ROOT).parts) >= 3}
    held = {
        shelf.relative_to(ROOT).as_posix(): [
            file.name for file in shelf.iterdir() if file.suffix in {".py", ".sql", ".toml"} and file.stem != "__init__"
        ]
        for shelf in shelves
    }
    assert {shelf: files for shelf, files in held.items() if not 2 <= len(files) <= 16} == {}
