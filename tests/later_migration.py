"""The next release: a migration behind those of this version, and a copy of this version that declares its tables."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import esm
from esm.storage.database import connection as database

NEXT = "9999"
_HEAD = f"""
import sqlalchemy as sa
from alembic import op

from esm.storage.database.schema import migration_steps
from esm.storage.database.schema.fields import choice, day, flag, integer, interval, link, text_field, time_of_day

revision = "{NEXT}"
down_revision = "{database.REVISION}"


def is_on(schema: str) -> bool:
    bound = op.get_bind()
    return bound.dialect.name == "postgresql" and bound.exec_driver_sql("SELECT current_schema()").scalar() == schema


def upgrade() -> None:
"""
LATER = f"""{_HEAD}
    with op.batch_alter_table("enterprise") as batch:
        batch.add_column(sa.Column("region", sa.Text, nullable=True))
    op.execute("CREATE TABLE region (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT")
"""

# One migration for both engines, with something of each kind that a migration can do.
ON_BOTH = f"""{_HEAD}
    migration_steps.add_columns("enterprise", text_field("region"), day("surveyed_on"), flag("is_listed", null=True))
    migration_steps.add_columns("cadre", integer("load", "load >= 0", null=False, preset=0))
    migration_steps.add_table(
        "notice", link("enterprise_id", "enterprise"), link("answers", "notice", null=True),
        choice("kind", ("oral", "written"), preset="oral"), time_of_day("told_at"),
        day("start_on", null=False), day("end_on"), interval(), sa.UniqueConstraint("enterprise_id", "start_on"),
        sa.Index("ix_notice_open", "enterprise_id", unique=True, sqlite_where=sa.text("end_on IS NULL")),
    )
    op.execute("CREATE INDEX ix_cadre_name ON cadre (name)")
    op.execute("ALTER TABLE pairing DROP COLUMN why")
    migration_steps.rebuild_on_file(
        "posting", link("cadre_id", "cadre"), text_field("department"), day("start_on", null=False), day("end_on"),
        integer("capacity", "capacity BETWEEN 0 AND 99"), interval(), sa.Index(None, "cadre_id", "start_on"),
    )
    migration_steps.run(on_server=[
        "ALTER TABLE posting DROP CONSTRAINT ck_posting_capacity",
        "ALTER TABLE posting ADD CONSTRAINT ck_posting_capacity CHECK (capacity BETWEEN 0 AND 99)",
    ])
"""
FAILING = ON_BOTH + '    raise RuntimeError("the last step fails")\n'
KILLED = ON_BOTH + "    __import__('os').kill(__import__('os').getpid(), 9)\n"
# What the tables and definitions of that release declare: a file, a line of it that goes, and what stands there then.
_TABLES = "storage/database/schema/tables.py"
_DECLARED = (
    (
        _TABLES,
        '    verified_on: str | None = day("verified_on")\n',
        """    verified_on: str | None = day("verified_on")
    region: str | None = text_field("region")
    surveyed_on: str | None = day("surveyed_on")
    is_listed: int | None = flag("is_listed", null=True)
""",
    ),
    (
        _TABLES,
        '    email: str | None = text_field("email")\n',
        """    email: str | None = text_field("email")
    load: int = integer("load", "load >= 0", null=False, preset=0)
    __table_args__ = (Index(None, "name"), STRICT)
""",
    ),
    (_TABLES, '    why: str | None = text_field("why")\n', ""),
    (_TABLES, '"capacity >= 0"', '"capacity BETWEEN 0 AND 99"'),
    (
        _TABLES,
        "class ClockRow(Table",
        '''class NoticeRow(KeyedTable, table=True):
    """A notice to an enterprise."""

    __table_args__ = (
        interval(), UniqueConstraint("enterprise_id", "start_on"),
        Index("ix_notice_open", "enterprise_id", unique=True, sqlite_where=text("end_on IS NULL")), STRICT,
    )
    enterprise_id: int = link("enterprise_id", "enterprise")
    answers: int | None = link("answers", "notice", null=True)
    kind: str = choice("kind", ("oral", "written"), preset="oral")
    told_at: str | None = __import__("esm.storage.database.schema.fields", fromlist=[""]).time_of_day("told_at")
    start_on: str = day("start_on", null=False)
    end_on: str | None = day("end_on")


class ClockRow(Table''',
    ),
    (
        "storage/database/schema/sql/views.sql",
        "CREATE VIEW open_plan AS\n",
        """CREATE VIEW noticed AS
SELECT enterprise_id, count(*) AS notices FROM notice GROUP BY enterprise_id;

CREATE VIEW open_plan AS
""",
    ),
    (
        "storage/database/migration.py",
        "_REWORDED = (\n",
        f'_REWORDED = (\n    ("{NEXT}", "UPDATE cadre SET load = 1"),\n',
    ),
)


@dataclass(frozen=True)
class Release:
    """A copy of this version with one migration more; `folder` holds the package."""

    folder: Path

    def start(self, place: object, *words: str, **environment: str) -> subprocess.Popen[str]:
        """Start a command line of it."""
        command = [sys.executable, "-m", "esm", "--db", str(place), "--lang", "en", "--actor", "clerk", *words]
        own = {"PYTHONPATH": str(self.folder), "PATH": os.environ["PATH"], "HOME": str(self.folder)}
        return subprocess.Popen(
            command, env=own | environment, cwd=self.folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def run(self, place: object, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command line of it."""
        running = self.start(place, *words, **environment)
        out, err = running.communicate()
        return subprocess.CompletedProcess(running.args, running.returncode, out, err)

    def run_each(self, *lines: tuple[object, ...]) -> None:
        """Run command lines in one process, each a place and its words; none may fail."""
        code = """import sys, json
from esm.__main__ import main
for place, *words in json.loads(sys.argv[1]):
    if main(["--db", place, "--lang", "en", "--actor", "clerk", *words]):
        sys.exit(f"{words} failed")"""
        own = {"PYTHONPATH": str(self.folder), "PATH": os.environ["PATH"], "HOME": str(self.folder)}
        told = json.dumps([list(map(str, line)) for line in lines])
        ran = subprocess.run(
            [sys.executable, "-c", code, told], env=own, cwd=self.folder, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr

    def with_script(self, script: str) -> Release:
        """Give it another migration."""
        (self.folder / "esm" / "migrations" / "versions" / f"{NEXT}_later.py").write_text(script)
        return self


def folder(parent: Path, script: str = LATER) -> Path:
    """Make a folder of migrations with one more behind those of this version; return it."""
    made = parent / "migrations"
    shutil.copytree(database.MIGRATIONS, made, ignore=shutil.ignore_patterns("__pycache__"))
    (made / "versions" / f"{NEXT}_later.py").write_text(script)
    return made


def release(parent: Path, script: str) -> Release:
    """Make a release that has a migration, but whose tables are declared as those of this version."""
    shutil.copytree(Path(esm.__file__).parent, parent / "esm", ignore=shutil.ignore_patterns("__pycache__"))
    folder(parent / "esm", script)
    return Release(parent)


def declaring_release(parent: Path) -> Release:
    """Make a release whose tables are declared as its migration makes them, on both engines."""
    made = release(parent, ON_BOTH)
    for name, line, new in _DECLARED:
        file = parent / "esm" / name
        text = file.read_text(encoding="utf-8")
        assert text.count(line) == 1, line
        file.write_text(text.replace(line, new), encoding="utf-8")
    return made
