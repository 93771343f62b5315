"""Policies that are paid unasked (免申即享), and several payments of one policy, kind and day.

The old rule let an enterprise get money of one kind through one policy only once a day. Foreign keys are off while
a migration runs (see env.py), so the parent table is built anew as well.

Revision: 0009, after 0008.
"""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = {
    "policy": """
CREATE TABLE policy (
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT,
    gives TEXT,
    worth INTEGER CONSTRAINT ck_policy_worth CHECK (worth > 0),
    start_on TEXT CONSTRAINT ck_policy_start_on CHECK (start_on IS date(start_on, '+0 days')),
    until_on TEXT CONSTRAINT ck_policy_until_on CHECK (until_on IS date(until_on, '+0 days')),
    industries TEXT,
    tiers TEXT,
    sizes TEXT,
    above_scale INTEGER NOT NULL CONSTRAINT ck_policy_above_scale CHECK (above_scale IN (0, 1)),
    newly_entered INTEGER NOT NULL CONSTRAINT ck_policy_newly_entered CHECK (newly_entered IN (0, 1)),
    unasked INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_policy_unasked CHECK (unasked IN (0, 1)),
    CONSTRAINT pk_policy PRIMARY KEY (id),
    CONSTRAINT uq_policy_code UNIQUE (code)
) STRICT""",
    "relief": """
CREATE TABLE relief (
    id INTEGER NOT NULL,
    policy_id INTEGER NOT NULL,
    enterprise_id INTEGER NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_relief_kind CHECK (kind IN ('tax_cut', 'fee_cut', 'subsidy', 'loan')),
    done_on TEXT NOT NULL CONSTRAINT ck_relief_done_on CHECK (done_on IS date(done_on, '+0 days')),
    amount INTEGER NOT NULL CONSTRAINT ck_relief_amount CHECK (amount > 0),
    CONSTRAINT pk_relief PRIMARY KEY (id),
    CONSTRAINT fk_relief_policy_id FOREIGN KEY(policy_id) REFERENCES policy (id),
    CONSTRAINT fk_relief_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id)
) STRICT""",
}
NEW = {"policy": ", 0", "relief": ""}
INDEXES = (
    "CREATE INDEX ix_relief_done_on ON relief (done_on)",
    "CREATE INDEX ix_relief_enterprise_id_done_on ON relief (enterprise_id, done_on)",
    "CREATE INDEX ix_relief_policy_id_enterprise_id_done_on ON relief (policy_id, enterprise_id, done_on)",
)


def upgrade() -> None:
    for table, create in TABLES.items():
        op.execute(f"CREATE TEMPORARY TABLE old_{table} AS SELECT * FROM {table}")
        op.execute(f"DROP TABLE {table}")
        op.execute(create)
        op.execute(f"INSERT INTO {table} SELECT *{NEW[table]} FROM old_{table}")
        op.execute(f"DROP TABLE old_{table}")
    for index in INDEXES:
        op.execute(index)


def downgrade() -> None:
    raise RuntimeError("Restore the backup that was made before the upgrade.")
