"""Working days, blackouts, companions, promises, visits of other departments, and what calendars must be told.

Revision: 0005, after 0004.
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE holiday (
    id INTEGER NOT NULL,
    falls_on TEXT NOT NULL CONSTRAINT ck_holiday_falls_on CHECK (falls_on IS date(falls_on, '+0 days')),
    worked INTEGER NOT NULL CONSTRAINT ck_holiday_worked CHECK (worked IN (0, 1)),
    name TEXT NOT NULL,
    notice TEXT NOT NULL,
    source TEXT NOT NULL,
    CONSTRAINT pk_holiday PRIMARY KEY (id),
    CONSTRAINT uq_holiday_falls_on_notice UNIQUE (falls_on, notice)
) STRICT;

CREATE TABLE blackout (
    id INTEGER NOT NULL,
    enterprise_id INTEGER NOT NULL,
    reason TEXT,
    start_on TEXT NOT NULL CONSTRAINT ck_blackout_start_on CHECK (start_on IS date(start_on, '+0 days')),
    end_on TEXT NOT NULL CONSTRAINT ck_blackout_end_on CHECK (end_on IS date(end_on, '+0 days')),
    CONSTRAINT pk_blackout PRIMARY KEY (id),
    CONSTRAINT ck_blackout_interval CHECK (end_on IS NULL OR start_on < end_on),
    CONSTRAINT fk_blackout_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id)
) STRICT;

CREATE INDEX ix_blackout_enterprise_id_start_on ON blackout (enterprise_id, start_on);

CREATE TABLE companion (
    id INTEGER NOT NULL,
    visit_id INTEGER NOT NULL,
    cadre_id INTEGER,
    department TEXT,
    CONSTRAINT pk_companion PRIMARY KEY (id),
    CONSTRAINT ck_companion_one_of_both CHECK ((cadre_id IS NULL) <> (department IS NULL)),
    CONSTRAINT fk_companion_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_companion_cadre_id FOREIGN KEY(cadre_id) REFERENCES cadre (id)
) STRICT;

CREATE INDEX ix_companion_cadre_id ON companion (cadre_id);

CREATE INDEX ix_companion_visit_id ON companion (visit_id);

CREATE TABLE promise (
    id INTEGER NOT NULL,
    enterprise_id INTEGER NOT NULL,
    visit_id INTEGER NOT NULL,
    words TEXT NOT NULL,
    due_on TEXT NOT NULL CONSTRAINT ck_promise_due_on CHECK (due_on IS date(due_on, '+0 days')),
    kept_on TEXT CONSTRAINT ck_promise_kept_on CHECK (kept_on IS date(kept_on, '+0 days')),
    CONSTRAINT pk_promise PRIMARY KEY (id),
    CONSTRAINT fk_promise_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id),
    CONSTRAINT fk_promise_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id)
) STRICT;

CREATE INDEX ix_promise_open ON promise (enterprise_id, due_on) WHERE kept_on IS NULL;

CREATE INDEX ix_promise_visit_id ON promise (visit_id);

CREATE TABLE outside_visit (
    id INTEGER NOT NULL,
    enterprise_id INTEGER NOT NULL,
    department TEXT NOT NULL,
    done_on TEXT NOT NULL CONSTRAINT ck_outside_visit_done_on CHECK (done_on IS date(done_on, '+0 days')),
    minutes TEXT,
    recorded_on TEXT NOT NULL CONSTRAINT ck_outside_visit_recorded_on CHECK (recorded_on IS date(recorded_on, '+0 days')),
    cancelled_on TEXT CONSTRAINT ck_outside_visit_cancelled_on CHECK (cancelled_on IS date(cancelled_on, '+0 days')),
    cancel_reason TEXT,
    CONSTRAINT pk_outside_visit PRIMARY KEY (id),
    CONSTRAINT fk_outside_visit_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id)
) STRICT;

CREATE INDEX ix_outside_visit_done_on ON outside_visit (done_on);

CREATE UNIQUE INDEX uq_outside_visit_standing ON outside_visit (enterprise_id, department, done_on) WHERE cancelled_on IS NULL;

CREATE TABLE cancelled_plan (
    id INTEGER NOT NULL,
    plan_id INTEGER NOT NULL,
    enterprise_id INTEGER NOT NULL,
    cadre_id INTEGER NOT NULL,
    planned_on TEXT NOT NULL CONSTRAINT ck_cancelled_plan_planned_on CHECK (planned_on IS date(planned_on, '+0 days')),
    sequence INTEGER NOT NULL CONSTRAINT ck_cancelled_plan_sequence CHECK (sequence >= 0),
    cancelled_on TEXT NOT NULL CONSTRAINT ck_cancelled_plan_cancelled_on CHECK (cancelled_on IS date(cancelled_on, '+0 days')),
    reason TEXT,
    CONSTRAINT pk_cancelled_plan PRIMARY KEY (id),
    CONSTRAINT fk_cancelled_plan_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id),
    CONSTRAINT fk_cancelled_plan_cadre_id FOREIGN KEY(cadre_id) REFERENCES cadre (id)
) STRICT;

CREATE INDEX ix_cancelled_plan_cadre_id_planned_on ON cancelled_plan (cadre_id, planned_on);

CREATE INDEX ix_cancelled_plan_plan_id ON cancelled_plan (plan_id);
"""

COLUMNS = """
ALTER TABLE visit ADD COLUMN met_with TEXT;
ALTER TABLE visit ADD COLUMN business TEXT CONSTRAINT ck_visit_business CHECK (business IN ('growing', 'steady', 'shrinking', 'stopped'));
ALTER TABLE visit ADD COLUMN satisfaction TEXT CONSTRAINT ck_visit_satisfaction CHECK (satisfaction IN ('satisfied', 'partly', 'dissatisfied'));
ALTER TABLE "plan" ADD COLUMN sequence INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_plan_sequence CHECK (sequence >= 0);
ALTER TABLE cadre ADD COLUMN email TEXT;
"""


def upgrade() -> None:
    for statement in f"{TABLES}{COLUMNS}".split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("A database goes back by restoring the backup that the upgrade made.")
