"""The first schema: rosters, dated records, pairings, visits, plans, and the journal.

Revision: 0001, the first.
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE setting (
    id INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY (id),
    CONSTRAINT uq_setting_key UNIQUE ("key")
) STRICT;

CREATE TABLE cadre (
    id INTEGER NOT NULL,
    staff_no TEXT NOT NULL,
    name TEXT NOT NULL,
    title TEXT,
    rank INTEGER CONSTRAINT ck_cadre_rank CHECK (rank BETWEEN 1 AND 5),
    subdistrict TEXT,
    expertise TEXT,
    phone TEXT,
    capacity INTEGER CONSTRAINT ck_cadre_capacity CHECK (capacity >= 0),
    active_from TEXT CONSTRAINT ck_cadre_active_from CHECK (active_from IS date(active_from, '+0 days')),
    left_on TEXT CONSTRAINT ck_cadre_left_on CHECK (left_on IS date(left_on, '+0 days')),
    CONSTRAINT pk_cadre PRIMARY KEY (id),
    CONSTRAINT uq_cadre_staff_no UNIQUE (staff_no)
) STRICT;

CREATE TABLE posting (
    id INTEGER NOT NULL,
    cadre_id INTEGER NOT NULL,
    department TEXT,
    start_on TEXT NOT NULL CONSTRAINT ck_posting_start_on CHECK (start_on IS date(start_on, '+0 days')),
    end_on TEXT CONSTRAINT ck_posting_end_on CHECK (end_on IS date(end_on, '+0 days')),
    CONSTRAINT pk_posting PRIMARY KEY (id),
    CONSTRAINT ck_posting_interval CHECK (end_on IS NULL OR start_on < end_on),
    CONSTRAINT fk_posting_cadre_id FOREIGN KEY(cadre_id) REFERENCES cadre (id)
) STRICT;

CREATE INDEX ix_posting_cadre_id_start_on ON posting (cadre_id, start_on);

CREATE TABLE enterprise (
    id INTEGER NOT NULL,
    uscc TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT,
    revenue INTEGER,
    employees INTEGER CONSTRAINT ck_enterprise_employees CHECK (employees >= 0),
    qualified INTEGER CONSTRAINT ck_enterprise_qualified CHECK (qualified IN (0, 1)),
    above_scale INTEGER CONSTRAINT ck_enterprise_above_scale CHECK (above_scale IN (0, 1)),
    enrolled_on TEXT CONSTRAINT ck_enterprise_enrolled_on CHECK (enrolled_on IS date(enrolled_on, '+0 days')),
    exited_on TEXT CONSTRAINT ck_enterprise_exited_on CHECK (exited_on IS date(exited_on, '+0 days')),
    contact_name TEXT,
    contact_title TEXT,
    contact_phone TEXT,
    verified_on TEXT CONSTRAINT ck_enterprise_verified_on CHECK (verified_on IS date(verified_on, '+0 days')),
    CONSTRAINT pk_enterprise PRIMARY KEY (id),
    CONSTRAINT uq_enterprise_uscc UNIQUE (uscc)
) STRICT;

CREATE INDEX ix_enterprise_name ON enterprise (name);

CREATE TABLE profile (
    id INTEGER NOT NULL,
    enterprise_id INTEGER NOT NULL,
    tier TEXT NOT NULL CONSTRAINT ck_profile_tier CHECK (tier IN ('A', 'B', 'C')),
    subdistrict TEXT,
    industry_code TEXT,
    start_on TEXT NOT NULL CONSTRAINT ck_profile_start_on CHECK (start_on IS date(start_on, '+0 days')),
    end_on TEXT CONSTRAINT ck_profile_end_on CHECK (end_on IS date(end_on, '+0 days')),
    CONSTRAINT pk_profile PRIMARY KEY (id),
    CONSTRAINT ck_profile_interval CHECK (end_on IS NULL OR start_on < end_on),
    CONSTRAINT fk_profile_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id)
) STRICT;

CREATE INDEX ix_profile_enterprise_id_start_on ON profile (enterprise_id, start_on);

CREATE INDEX ix_profile_start_on ON profile (start_on);

CREATE TABLE scope (
    id INTEGER NOT NULL,
    enterprise_id INTEGER NOT NULL,
    basis TEXT NOT NULL CONSTRAINT ck_scope_basis CHECK (basis IN ('register', 'predicted')),
    start_on TEXT NOT NULL CONSTRAINT ck_scope_start_on CHECK (start_on IS date(start_on, '+0 days')),
    end_on TEXT CONSTRAINT ck_scope_end_on CHECK (end_on IS date(end_on, '+0 days')),
    CONSTRAINT pk_scope PRIMARY KEY (id),
    CONSTRAINT ck_scope_interval CHECK (end_on IS NULL OR start_on < end_on),
    CONSTRAINT fk_scope_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id)
) STRICT;

CREATE INDEX ix_scope_enterprise_id_start_on ON scope (enterprise_id, start_on);

CREATE INDEX ix_scope_start_on ON scope (start_on);

CREATE TABLE pause (
    id INTEGER NOT NULL,
    enterprise_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    start_on TEXT NOT NULL CONSTRAINT ck_pause_start_on CHECK (start_on IS date(start_on, '+0 days')),
    end_on TEXT CONSTRAINT ck_pause_end_on CHECK (end_on IS date(end_on, '+0 days')),
    CONSTRAINT pk_pause PRIMARY KEY (id),
    CONSTRAINT ck_pause_interval CHECK (end_on IS NULL OR start_on < end_on),
    CONSTRAINT fk_pause_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id)
) STRICT;

CREATE INDEX ix_pause_enterprise_id_start_on ON pause (enterprise_id, start_on);

CREATE TABLE pairing (
    id INTEGER NOT NULL,
    enterprise_id INTEGER NOT NULL,
    cadre_id INTEGER NOT NULL,
    pinned INTEGER NOT NULL CONSTRAINT ck_pairing_pinned CHECK (pinned IN (0, 1)),
    why TEXT,
    start_on TEXT NOT NULL CONSTRAINT ck_pairing_start_on CHECK (start_on IS date(start_on, '+0 days')),
    end_on TEXT CONSTRAINT ck_pairing_end_on CHECK (end_on IS date(end_on, '+0 days')),
    CONSTRAINT pk_pairing PRIMARY KEY (id),
    CONSTRAINT ck_pairing_interval CHECK (end_on IS NULL OR start_on < end_on),
    CONSTRAINT fk_pairing_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id),
    CONSTRAINT fk_pairing_cadre_id FOREIGN KEY(cadre_id) REFERENCES cadre (id)
) STRICT;

CREATE INDEX ix_pairing_cadre_id_start_on ON pairing (cadre_id, start_on);

CREATE INDEX ix_pairing_enterprise_id_start_on ON pairing (enterprise_id, start_on);

CREATE UNIQUE INDEX ix_pairing_open ON pairing (enterprise_id) WHERE end_on IS NULL;

CREATE TABLE recusal (
    id INTEGER NOT NULL,
    cadre_id INTEGER NOT NULL,
    enterprise_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_recusal PRIMARY KEY (id),
    CONSTRAINT uq_recusal_cadre_id_enterprise_id UNIQUE (cadre_id, enterprise_id),
    CONSTRAINT fk_recusal_cadre_id FOREIGN KEY(cadre_id) REFERENCES cadre (id),
    CONSTRAINT fk_recusal_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id)
) STRICT;

CREATE INDEX ix_recusal_enterprise_id ON recusal (enterprise_id);

CREATE TABLE absence (
    id INTEGER NOT NULL,
    cadre_id INTEGER NOT NULL,
    reason TEXT,
    start_on TEXT NOT NULL CONSTRAINT ck_absence_start_on CHECK (start_on IS date(start_on, '+0 days')),
    end_on TEXT NOT NULL CONSTRAINT ck_absence_end_on CHECK (end_on IS date(end_on, '+0 days')),
    CONSTRAINT pk_absence PRIMARY KEY (id),
    CONSTRAINT ck_absence_interval CHECK (end_on IS NULL OR start_on < end_on),
    CONSTRAINT uq_absence_cadre_id_start_on UNIQUE (cadre_id, start_on),
    CONSTRAINT fk_absence_cadre_id FOREIGN KEY(cadre_id) REFERENCES cadre (id)
) STRICT;

CREATE TABLE visit (
    id INTEGER NOT NULL,
    enterprise_id INTEGER NOT NULL,
    cadre_id INTEGER NOT NULL,
    done_on TEXT NOT NULL CONSTRAINT ck_visit_done_on CHECK (done_on IS date(done_on, '+0 days')),
    channel TEXT NOT NULL CONSTRAINT ck_visit_channel CHECK (channel IN ('on_site', 'phone', 'online', 'meeting')),
    outcome TEXT NOT NULL CONSTRAINT ck_visit_outcome CHECK (outcome IN ('met', 'not_reached', 'refused', 'moved', 'closed')),
    minutes TEXT,
    recorded_on TEXT NOT NULL CONSTRAINT ck_visit_recorded_on CHECK (recorded_on IS date(recorded_on, '+0 days')),
    cancelled_on TEXT CONSTRAINT ck_visit_cancelled_on CHECK (cancelled_on IS date(cancelled_on, '+0 days')),
    cancel_reason TEXT,
    CONSTRAINT pk_visit PRIMARY KEY (id),
    CONSTRAINT fk_visit_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id),
    CONSTRAINT fk_visit_cadre_id FOREIGN KEY(cadre_id) REFERENCES cadre (id)
) STRICT;

CREATE INDEX ix_visit_cadre_id_done_on ON visit (cadre_id, done_on);

CREATE INDEX ix_visit_counted ON visit (enterprise_id, done_on) WHERE channel = 'on_site' AND outcome = 'met' AND cancelled_on IS NULL;

CREATE INDEX ix_visit_done_on ON visit (done_on);

CREATE UNIQUE INDEX uq_visit_standing ON visit (enterprise_id, cadre_id, done_on) WHERE cancelled_on IS NULL;

CREATE TABLE "plan" (
    id INTEGER NOT NULL,
    enterprise_id INTEGER NOT NULL,
    cadre_id INTEGER NOT NULL,
    due_on TEXT NOT NULL CONSTRAINT ck_plan_due_on CHECK (due_on IS date(due_on, '+0 days')),
    planned_on TEXT NOT NULL CONSTRAINT ck_plan_planned_on CHECK (planned_on IS date(planned_on, '+0 days')),
    confirmed INTEGER NOT NULL CONSTRAINT ck_plan_confirmed CHECK (confirmed IN (0, 1)),
    provisional INTEGER NOT NULL CONSTRAINT ck_plan_provisional CHECK (provisional IN (0, 1)),
    made_on TEXT NOT NULL CONSTRAINT ck_plan_made_on CHECK (made_on IS date(made_on, '+0 days')),
    visit_id INTEGER,
    CONSTRAINT pk_plan PRIMARY KEY (id),
    CONSTRAINT fk_plan_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id),
    CONSTRAINT fk_plan_cadre_id FOREIGN KEY(cadre_id) REFERENCES cadre (id),
    CONSTRAINT fk_plan_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id)
) STRICT;

CREATE INDEX ix_plan_cadre_id ON "plan" (cadre_id);

CREATE INDEX ix_plan_enterprise_id_planned_on ON "plan" (enterprise_id, planned_on);

CREATE INDEX ix_plan_open ON "plan" (enterprise_id, planned_on) WHERE visit_id IS NULL;

CREATE INDEX ix_plan_visit_id ON "plan" (visit_id);

CREATE TABLE clock (
    enterprise_id INTEGER NOT NULL,
    uscc TEXT NOT NULL,
    tier TEXT NOT NULL,
    start_on TEXT NOT NULL,
    end_on TEXT,
    last_visit_on TEXT,
    anchor_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    CONSTRAINT pk_clock PRIMARY KEY (enterprise_id)
) STRICT;

CREATE INDEX ix_clock_due ON clock (due_on, tier, uscc);

CREATE TABLE operation (
    id INTEGER NOT NULL,
    at TEXT NOT NULL,
    today TEXT NOT NULL CONSTRAINT ck_operation_today CHECK (today IS date(today, '+0 days')),
    actor TEXT NOT NULL,
    host TEXT NOT NULL,
    command TEXT NOT NULL,
    revision TEXT NOT NULL,
    undoes INTEGER,
    changes INTEGER,
    previous_hash TEXT NOT NULL,
    hash TEXT,
    CONSTRAINT pk_operation PRIMARY KEY (id),
    CONSTRAINT fk_operation_undoes FOREIGN KEY(undoes) REFERENCES operation (id)
) STRICT;

CREATE UNIQUE INDEX ix_operation_open ON operation (hash IS NULL) WHERE hash IS NULL;

CREATE TABLE change (
    seq INTEGER NOT NULL,
    operation_id INTEGER NOT NULL,
    subject TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_change_kind CHECK (kind IN ('I', 'U', 'D')),
    old TEXT,
    new TEXT,
    CONSTRAINT pk_change PRIMARY KEY (seq),
    CONSTRAINT fk_change_operation_id FOREIGN KEY(operation_id) REFERENCES operation (id)
) STRICT;

CREATE INDEX ix_change_operation_id ON change (operation_id);

CREATE INDEX ix_change_subject_row_id ON change (subject, row_id)
"""


def upgrade() -> None:
    for statement in TABLES.split(";"):
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("The first schema has nothing before it; restore a backup instead.")
