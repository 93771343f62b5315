"""Policies keep for whom they are, in the words of their list, and the office in charge.

Revision: 0018, after 0017.
"""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("audience", "office"):
        op.execute(f"ALTER TABLE policy ADD COLUMN {name} TEXT")


def downgrade() -> None:
    raise RuntimeError("Restore the backup that was made before the upgrade.")
