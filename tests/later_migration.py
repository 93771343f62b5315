"""A migration behind those of this version, as the next release would bring it."""

from __future__ import annotations

import shutil
from pathlib import Path

from esm.storage.database import connection as database

NEXT = "9999"
LATER = f"""
import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{database.REVISION}"


def upgrade() -> None:
    with op.batch_alter_table("enterprise") as batch:
        batch.add_column(sa.Column("region", sa.Text, nullable=True))
    op.execute("CREATE TABLE region (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT")
"""


def folder(parent: Path, script: str = LATER) -> Path:
    """Make a folder of migrations with one more behind those of this version; return it."""
    made = parent / "migrations"
    shutil.copytree(database.MIGRATIONS, made, ignore=shutil.ignore_patterns("__pycache__"))
    (made / "versions" / f"{NEXT}_later.py").write_text(script)
    return made
