"""The deadline that an acceptance or a close was judged by, and the working days that a request took.

What was done before has none yet: it is written down before the next list of holidays is taken in.

Revision: 0013, after 0012.
"""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """ALTER TABLE request_event ADD COLUMN deadline_on TEXT
           CONSTRAINT ck_request_event_deadline_on CHECK (deadline_on IS date(deadline_on, '+0 days'))"""
    )
    op.execute(
        """ALTER TABLE request_event ADD COLUMN days_taken INTEGER
           CONSTRAINT ck_request_event_days_taken CHECK (days_taken >= 0)"""
    )


def downgrade() -> None:
    raise RuntimeError("Restore the backup that was made before the upgrade.")
