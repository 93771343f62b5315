"""Money is kept in fen, no longer in whole yuan; no table changes.

The amounts are multiplied in the operation of the upgrade (storage/database/migration.py), so that the journal says
what the tables say.

Revision: 0012, after 0011.
"""

from __future__ import annotations

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change no table."""


def downgrade() -> None:
    raise RuntimeError("Restore the backup that was made before the upgrade.")
