"""The visits of an enterprise are found by its number; plans no longer count their changes, which the journal has.

Revision: 0017, after 0016.
"""

from __future__ import annotations

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE INDEX ix_visit_enterprise_id_done_on ON visit (enterprise_id, done_on)")
    for table in ("plan", "cancelled_plan"):
        op.execute(f"ALTER TABLE {table} DROP COLUMN sequence")


def downgrade() -> None:
    raise RuntimeError("Restore the backup that was made before the upgrade.")
