"""The recipe of CONTRIBUTING.md for a new import column, followed in a copy of this version."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.rosters import csv_file

import esm
from esm.storage.database import connection as database

MIGRATION = f"""
from alembic import op

revision = "9999"
down_revision = "{database.REVISION}"


def upgrade() -> None:
    op.execute("ALTER TABLE {{table}} ADD COLUMN {{name}} TEXT")
"""
TABLES = "storage/database/schema/tables.py"
# Each edit of the recipe: a file, a line in it, and the line that follows it.
VISITS = {
    "domain/visits/columns.py": (
        '    column("met_with", "Met with", "接待人", "text", "接待人员 接待人及职务 企业接待人"),\n',
        '    column("weather", "Weather", "天气", "text"),\n',
    ),
    "storage/database/schema/visit_tables.py": (
        '    met_with: str | None = text_field("met_with")\n',
        '    weather: str | None = text_field("weather")\n',
    ),
}
ENTERPRISES = {
    "domain/register/columns.py": (
        '        column("contact_title", "Contact\'s title", "联系人职务", "text", "职务"),\n',
        '        column("website", "Website", "网站", "text"),\n',
    ),
    "domain/register/enterprise_record.py": (
        "    contact_phone: str | None = None\n",
        "    website: str | None = None\n",
    ),
    TABLES: (
        '    contact_phone: str | None = text_field("contact_phone")\n',
        '    website: str | None = text_field("website")\n',
    ),
}
FIRMS = ("uscc,name,above_scale", "91339907MA0000001D,甲厂,是")
Release = Callable[..., str]


@pytest.fixture
def release(tmp_path: Path) -> Release:
    """Return a function that runs a copy of this version in which a recipe was followed."""
    folder = tmp_path / "release"
    shutil.copytree(Path(esm.__file__).parent, folder / "esm", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(database.MIGRATIONS, folder / "esm" / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    environment = {"PYTHONPATH": str(folder), "PATH": os.environ["PATH"], "HOME": str(tmp_path)}

    def run(name: str, *words: str) -> str:
        command = [sys.executable, "-m", "esm", "--db", str(tmp_path / name), "--lang", "en", "--today", "2026-11-30"]
        ran = subprocess.run([*command, *words], env=environment, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    return run


def follow(folder: Path, edits: dict[str, tuple[str, str]], *, table: str, name: str) -> None:
    for file, (line, new) in edits.items():
        text = (folder / "esm" / file).read_text(encoding="utf-8")
        assert text.count(line) == 1
        (folder / "esm" / file).write_text(text.replace(line, line + new), encoding="utf-8")
    script = folder / "esm" / "migrations" / "versions" / "9999_new.py"
    script.write_text(MIGRATION.format(table=table, name=name), encoding="utf-8")


def exported(run: Release, name: str, folder: Path, sheet: str) -> list[dict[str, str]]:
    run(name, "export", str(folder), "--force")
    with (folder / f"{sheet}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sheet", "table", "name", "header", "edits", "rows"),
    [
        ("visits", "visit", "weather", "天气", VISITS, ("uscc,staff_no,done_on", "91339907MA0000001D,1001,2026-11-02")),
        ("enterprises", "enterprise", "website", "网站", ENTERPRISES, FIRMS),
    ],
)
def test_a_new_column_is_one_line_and_a_migration(
    tmp_path: Path, release: Release, sheet: str, table: str, name: str, header: str,
    edits: dict[str, tuple[str, str]], rows: tuple[str, str],
) -> None:  # fmt: skip
    """It is imported, corrected, exported and imported again, and shown where enterprises are listed."""
    follow(tmp_path / "release", edits, table=table, name=name)
    masters = [csv_file(tmp_path, "e", *FIRMS), csv_file(tmp_path, "c", "staff_no,name", "1001,尹甲")]
    release("a.db", "import", *masters)
    for value in ("早", "晚"):
        release("a.db", "import", csv_file(tmp_path, sheet, f"{rows[0]},{header}", f"{rows[1]},{value}"))
        assert [row[name] for row in exported(release, "a.db", tmp_path / "out", sheet)] == [value]
    release("a.db", "export", str(tmp_path / "book.xlsx"))
    release("b.db", "import", str(tmp_path / "book.xlsx"))
    again = exported(release, "b.db", tmp_path / "again", sheet)
    assert again == exported(release, "a.db", tmp_path / "out", sheet)
    if sheet == "enterprises":
        assert "晚" in release("b.db", "enterprise", "show", "甲厂")
