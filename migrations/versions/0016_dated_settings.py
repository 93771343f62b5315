"""From when to when a setting, a capacity and a recusal hold.

What is on record holds for all earlier days. The capacity moves to the dated records of a cadre, beside the
department; it, and from when on recusals hold, is told by the journal (storage/database/migration.py).

Revision: 0016, after 0015.
"""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

DAYS = """
    start_on TEXT DEFAULT '0001-01-01' NOT NULL CONSTRAINT ck_{table}_start_on CHECK (start_on IS date(start_on, '+0 days')),
    end_on TEXT CONSTRAINT ck_{table}_end_on CHECK (end_on IS date(end_on, '+0 days')),"""
INTERVAL = "CONSTRAINT ck_{table}_interval CHECK (end_on IS NULL OR start_on < end_on)"
TABLES = {
    "setting": """
CREATE TABLE setting (
    id INTEGER NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,{days}
    CONSTRAINT pk_setting PRIMARY KEY (id),
    {interval},
    CONSTRAINT uq_setting_key_start_on UNIQUE (key, start_on)
) STRICT""",
    "recusal": """
CREATE TABLE recusal (
    id INTEGER NOT NULL,
    cadre_id INTEGER NOT NULL,
    enterprise_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    kind TEXT DEFAULT 'other' NOT NULL CONSTRAINT ck_recusal_kind CHECK (kind IN ('relative', 'own_interest', 'former_employer', 'other')),{days}
    CONSTRAINT pk_recusal PRIMARY KEY (id),
    {interval},
    CONSTRAINT uq_recusal_cadre_id_enterprise_id_start_on UNIQUE (cadre_id, enterprise_id, start_on),
    CONSTRAINT fk_recusal_cadre_id FOREIGN KEY(cadre_id) REFERENCES cadre (id),
    CONSTRAINT fk_recusal_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id)
) STRICT""",
}


def upgrade() -> None:
    for table, create in TABLES.items():
        op.execute(f"CREATE TEMPORARY TABLE old_{table} AS SELECT * FROM {table}")
        op.execute(f"DROP TABLE {table}")
        op.execute(create.format(days=DAYS.format(table=table), interval=INTERVAL.format(table=table)))
        op.execute(f"INSERT INTO {table} SELECT *, '0001-01-01', NULL FROM old_{table}")
        op.execute(f"DROP TABLE old_{table}")
    op.execute("CREATE INDEX ix_recusal_enterprise_id ON recusal (enterprise_id)")
    op.execute("ALTER TABLE posting ADD COLUMN capacity INTEGER CONSTRAINT ck_posting_capacity CHECK (capacity >= 0)")
    op.execute("ALTER TABLE cadre DROP COLUMN capacity")


def downgrade() -> None:
    raise RuntimeError("Restore the backup that was made before the upgrade.")
