"""The triggers of the clock and the journal do the same with less work: they are reinstalled, no table changes.

Revision: 0007, after 0006.
"""

from __future__ import annotations

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change no table: the new definitions come with every migration (storage/database/schema/views_and_triggers.py)."""


def downgrade() -> None:
    raise RuntimeError("Nothing leads back; restore the backup that the upgrade made.")
