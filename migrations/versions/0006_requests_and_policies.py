"""Requests with their moves and classes; policies, briefings, applications and relief.

Revision: 0006, after 0005.
"""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE request_class (
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT,
    retired INTEGER NOT NULL CONSTRAINT ck_request_class_retired CHECK (retired IN (0, 1)),
    CONSTRAINT pk_request_class PRIMARY KEY (id),
    CONSTRAINT uq_request_class_code UNIQUE (code)
) STRICT;

CREATE TABLE request (
    id INTEGER NOT NULL,
    enterprise_id INTEGER NOT NULL,
    cadre_id INTEGER,
    visit_id INTEGER,
    received_on TEXT NOT NULL CONSTRAINT ck_request_received_on CHECK (received_on IS date(received_on, '+0 days')),
    request_class TEXT NOT NULL,
    nature TEXT NOT NULL CONSTRAINT ck_request_nature CHECK (nature IN ('consult', 'help', 'complaint', 'suggestion')),
    subject TEXT NOT NULL,
    accept_days INTEGER NOT NULL CONSTRAINT ck_request_accept_days CHECK (accept_days > 0),
    answer_days INTEGER NOT NULL CONSTRAINT ck_request_answer_days CHECK (answer_days > 0),
    close_days INTEGER NOT NULL CONSTRAINT ck_request_close_days CHECK (close_days > 0),
    CONSTRAINT pk_request PRIMARY KEY (id),
    CONSTRAINT fk_request_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id),
    CONSTRAINT fk_request_cadre_id FOREIGN KEY(cadre_id) REFERENCES cadre (id),
    CONSTRAINT fk_request_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id)
) STRICT;

CREATE INDEX ix_request_cadre_id ON request (cadre_id);

CREATE INDEX ix_request_enterprise_id_received_on ON request (enterprise_id, received_on);

CREATE INDEX ix_request_received_on ON request (received_on);

CREATE INDEX ix_request_visit_id ON request (visit_id);

CREATE TABLE request_event (
    id INTEGER NOT NULL,
    request_id INTEGER NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_request_event_kind CHECK (kind IN ('accept', 'reject', 'dispatch', 'dispute', 'answer', 'support', 'extend', 'close', 'confirm', 'reopen', 'withdraw', 'elevate')),
    done_on TEXT NOT NULL CONSTRAINT ck_request_event_done_on CHECK (done_on IS date(done_on, '+0 days')),
    who TEXT,
    department TEXT,
    supporting TEXT,
    note TEXT,
    until_on TEXT CONSTRAINT ck_request_event_until_on CHECK (until_on IS date(until_on, '+0 days')),
    days INTEGER CONSTRAINT ck_request_event_days CHECK (days > 0),
    outcome TEXT CONSTRAINT ck_request_event_outcome CHECK (outcome IN ('solved', 'partly_solved', 'explained', 'withdrawn', 'shelved')),
    basis TEXT,
    satisfied INTEGER CONSTRAINT ck_request_event_satisfied CHECK (satisfied IN (0, 1)),
    reason TEXT CONSTRAINT ck_request_event_reason CHECK (reason IN ('dispatches', 'departments', 'overdue', 'by_hand')),
    CONSTRAINT pk_request_event PRIMARY KEY (id),
    CONSTRAINT fk_request_event_request_id FOREIGN KEY(request_id) REFERENCES request (id)
) STRICT;

CREATE INDEX ix_request_event_department ON request_event (department);

CREATE INDEX ix_request_event_request_id_done_on ON request_event (request_id, done_on);

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
    CONSTRAINT pk_policy PRIMARY KEY (id),
    CONSTRAINT uq_policy_code UNIQUE (code)
) STRICT;

CREATE TABLE briefing (
    id INTEGER NOT NULL,
    policy_id INTEGER NOT NULL,
    enterprise_id INTEGER NOT NULL,
    cadre_id INTEGER,
    visit_id INTEGER,
    done_on TEXT NOT NULL CONSTRAINT ck_briefing_done_on CHECK (done_on IS date(done_on, '+0 days')),
    CONSTRAINT pk_briefing PRIMARY KEY (id),
    CONSTRAINT uq_briefing_policy_id_enterprise_id_done_on UNIQUE (policy_id, enterprise_id, done_on),
    CONSTRAINT fk_briefing_policy_id FOREIGN KEY(policy_id) REFERENCES policy (id),
    CONSTRAINT fk_briefing_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id),
    CONSTRAINT fk_briefing_cadre_id FOREIGN KEY(cadre_id) REFERENCES cadre (id),
    CONSTRAINT fk_briefing_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id)
) STRICT;

CREATE INDEX ix_briefing_cadre_id ON briefing (cadre_id);

CREATE INDEX ix_briefing_enterprise_id_done_on ON briefing (enterprise_id, done_on);

CREATE INDEX ix_briefing_visit_id ON briefing (visit_id);

CREATE TABLE application (
    id INTEGER NOT NULL,
    policy_id INTEGER NOT NULL,
    enterprise_id INTEGER NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_application_kind CHECK (kind IN ('applied', 'declined', 'not_applicable')),
    done_on TEXT NOT NULL CONSTRAINT ck_application_done_on CHECK (done_on IS date(done_on, '+0 days')),
    note TEXT,
    CONSTRAINT pk_application PRIMARY KEY (id),
    CONSTRAINT uq_application_policy_id_enterprise_id_done_on UNIQUE (policy_id, enterprise_id, done_on),
    CONSTRAINT fk_application_policy_id FOREIGN KEY(policy_id) REFERENCES policy (id),
    CONSTRAINT fk_application_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id)
) STRICT;

CREATE INDEX ix_application_enterprise_id_done_on ON application (enterprise_id, done_on);

CREATE TABLE relief (
    id INTEGER NOT NULL,
    policy_id INTEGER NOT NULL,
    enterprise_id INTEGER NOT NULL,
    kind TEXT NOT NULL CONSTRAINT ck_relief_kind CHECK (kind IN ('tax_cut', 'fee_cut', 'subsidy', 'loan')),
    done_on TEXT NOT NULL CONSTRAINT ck_relief_done_on CHECK (done_on IS date(done_on, '+0 days')),
    amount INTEGER NOT NULL CONSTRAINT ck_relief_amount CHECK (amount > 0),
    CONSTRAINT pk_relief PRIMARY KEY (id),
    CONSTRAINT uq_relief_policy_id_enterprise_id_done_on_kind UNIQUE (policy_id, enterprise_id, done_on, kind),
    CONSTRAINT fk_relief_policy_id FOREIGN KEY(policy_id) REFERENCES policy (id),
    CONSTRAINT fk_relief_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id)
) STRICT;

CREATE INDEX ix_relief_done_on ON relief (done_on);

CREATE INDEX ix_relief_enterprise_id_done_on ON relief (enterprise_id, done_on)
"""


def upgrade() -> None:
    for statement in TABLES.split(";"):
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("Restore the backup that was made before the upgrade.")
