"""Why a plan was called off, and the time of day of a visit for which one was agreed.

Revision: 0011, after 0010.
"""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

CAUSES = (
    "'out_of_scope', 'unserved', 'visited', 'missed', 'cadre_changed', 'cadre_leaves', 'absence', 'paused', "
    "'blackout', 'no_workday', 'beyond_horizon', 'confirmed', 'earlier_moved', 'due_changed', 'made_room', "
    "'better_day', 'called_off'"
)


def upgrade() -> None:
    for table in ("plan", "cancelled_plan"):
        op.execute(
            f"""ALTER TABLE {table} ADD COLUMN starts_at TEXT
                CONSTRAINT ck_{table}_starts_at CHECK (starts_at IS strftime('%H:%M', starts_at))"""
        )
    op.execute(
        f"ALTER TABLE cancelled_plan ADD COLUMN cause TEXT CONSTRAINT ck_cancelled_plan_cause CHECK (cause IN ({CAUSES}))"
    )
    op.execute(
        "ALTER TABLE cancelled_plan ADD COLUMN confirmed INTEGER DEFAULT 0 NOT NULL "
        "CONSTRAINT ck_cancelled_plan_confirmed CHECK (confirmed IN (0, 1))"
    )
    op.execute("CREATE INDEX ix_plan_made_on ON plan (made_on)")
    op.execute("CREATE INDEX ix_plan_lapse ON plan (planned_on) WHERE visit_id IS NULL")


def downgrade() -> None:
    raise RuntimeError("Restore the backup that was made before the upgrade.")
