"""A table tells whose clock is being set by a trigger, so that the guard need not compute it once more.

Revision: 0008, after 0007.
"""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; the triggers that use it come with every migration (storage/database/schema/views_and_triggers.py)."""
    op.execute(
        """
        CREATE TABLE winding (
            enterprise_id INTEGER NOT NULL,
            CONSTRAINT pk_winding PRIMARY KEY (enterprise_id)
        ) STRICT"""
    )


def downgrade() -> None:
    raise RuntimeError("Nothing leads back; restore the backup that the upgrade made.")
