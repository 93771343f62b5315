"""The derived table `clock` is guarded: views and triggers are reinstalled, no table changes.

Revision: 0002, after 0001.
"""

from __future__ import annotations

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change no table: the new definitions come with every migration (storage/database/schema/views_and_triggers.py)."""


def downgrade() -> None:
    raise RuntimeError("Nothing leads back; restore the backup that the upgrade made.")
