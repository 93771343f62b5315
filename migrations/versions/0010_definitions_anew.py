"""Views and triggers are told in the phrases that queries use; no table changes.

Every migration installs them anew (storage/database/schema/views_and_triggers.py), so there is nothing else to do.

Revision: 0010, after 0009.
"""

from __future__ import annotations

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change no table."""


def downgrade() -> None:
    raise RuntimeError("Restore the backup that was made before the upgrade.")
