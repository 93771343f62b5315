"""The kind of a recusal, and the deputy of an absence.

Both tables are nobody's parent, so they are built anew; recusals on record are of kind "other".
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = {
    "recusal": """
CREATE TABLE recusal (
    id INTEGER NOT NULL,
    cadre_id INTEGER NOT NULL,
    enterprise_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    kind TEXT DEFAULT 'other' NOT NULL CONSTRAINT ck_recusal_kind CHECK (kind IN ('relative', 'own_interest', 'former_employer', 'other')),
    CONSTRAINT pk_recusal PRIMARY KEY (id),
    CONSTRAINT uq_recusal_cadre_id_enterprise_id UNIQUE (cadre_id, enterprise_id),
    CONSTRAINT fk_recusal_cadre_id FOREIGN KEY(cadre_id) REFERENCES cadre (id),
    CONSTRAINT fk_recusal_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id)
) STRICT""",
    "absence": """
CREATE TABLE absence (
    id INTEGER NOT NULL,
    cadre_id INTEGER NOT NULL,
    reason TEXT,
    start_on TEXT NOT NULL CONSTRAINT ck_absence_start_on CHECK (start_on IS date(start_on, '+0 days')),
    end_on TEXT NOT NULL CONSTRAINT ck_absence_end_on CHECK (end_on IS date(end_on, '+0 days')),
    deputy_id INTEGER,
    CONSTRAINT pk_absence PRIMARY KEY (id),
    CONSTRAINT ck_absence_interval CHECK (end_on IS NULL OR start_on < end_on),
    CONSTRAINT uq_absence_cadre_id_start_on UNIQUE (cadre_id, start_on),
    CONSTRAINT fk_absence_cadre_id FOREIGN KEY(cadre_id) REFERENCES cadre (id),
    CONSTRAINT fk_absence_deputy_id FOREIGN KEY(deputy_id) REFERENCES cadre (id)
) STRICT""",
}
INDEXES = {
    "recusal": "CREATE INDEX ix_recusal_enterprise_id ON recusal (enterprise_id)",
    "absence": "CREATE INDEX ix_absence_deputy_id ON absence (deputy_id)",
}
NEW = {"recusal": "'other'", "absence": "NULL"}


def upgrade() -> None:
    for table, create in TABLES.items():
        op.execute(f"CREATE TEMPORARY TABLE old_{table} AS SELECT * FROM {table}")
        op.execute(f"DROP TABLE {table}")
        op.execute(create)
        op.execute(INDEXES[table])
        op.execute(f"INSERT INTO {table} SELECT *, {NEW[table]} FROM old_{table}")
        op.execute(f"DROP TABLE old_{table}")


def downgrade() -> None:
    raise RuntimeError("The kinds and deputies would be lost; restore a backup instead.")
