"""Whose visit is due by a day is counted in an index: the total of the due list need not look at every clock.

Revision: 0019, after 0018.
"""

from __future__ import annotations

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE INDEX ix_clock_due_on_end_on ON clock (due_on, end_on)")


def downgrade() -> None:
    raise RuntimeError("Restore the backup that was made before the upgrade.")
