PRAGMA application_id=1163087153;
BEGIN TRANSACTION;
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
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
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
INSERT INTO "cadre" VALUES(1,'1001','尹1001',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO "change" VALUES(1,1,'enterprise',1,'I',NULL,'{"id":1,"uscc":"91330205MA2AAAA11J","name":"江畔0号机电有限公司","address":null,"revenue":null,"employees":null,"qualified":null,"above_scale":1,"enrolled_on":"2026-06-01","exited_on":null,"contact_name":null,"contact_title":null,"contact_phone":null,"verified_on":null}');
INSERT INTO "change" VALUES(2,1,'profile',1,'I',NULL,'{"id":1,"enterprise_id":1,"tier":"C","subdistrict":null,"industry_code":null,"start_on":"0001-01-01","end_on":null}');
INSERT INTO "change" VALUES(3,1,'scope',1,'I',NULL,'{"id":1,"enterprise_id":1,"basis":"register","start_on":"2026-06-01","end_on":null}');
INSERT INTO "change" VALUES(4,2,'enterprise',2,'I',NULL,'{"id":2,"uscc":"91330205MA2AAAA21K","name":"江畔1号机电有限公司","address":null,"revenue":null,"employees":null,"qualified":null,"above_scale":1,"enrolled_on":"2026-06-01","exited_on":null,"contact_name":null,"contact_title":null,"contact_phone":null,"verified_on":null}');
INSERT INTO "change" VALUES(5,2,'profile',2,'I',NULL,'{"id":2,"enterprise_id":2,"tier":"C","subdistrict":null,"industry_code":null,"start_on":"0001-01-01","end_on":null}');
INSERT INTO "change" VALUES(6,2,'scope',2,'I',NULL,'{"id":2,"enterprise_id":2,"basis":"register","start_on":"2026-06-01","end_on":null}');
INSERT INTO "change" VALUES(7,3,'enterprise',3,'I',NULL,'{"id":3,"uscc":"91330205MA2AAAA31L","name":"江畔2号机电有限公司","address":null,"revenue":null,"employees":null,"qualified":null,"above_scale":1,"enrolled_on":"2026-06-01","exited_on":null,"contact_name":null,"contact_title":null,"contact_phone":null,"verified_on":null}');
INSERT INTO "change" VALUES(8,3,'profile',3,'I',NULL,'{"id":3,"enterprise_id":3,"tier":"C","subdistrict":null,"industry_code":null,"start_on":"0001-01-01","end_on":null}');
INSERT INTO "change" VALUES(9,3,'scope',3,'I',NULL,'{"id":3,"enterprise_id":3,"basis":"register","start_on":"2026-06-01","end_on":null}');
INSERT INTO "change" VALUES(10,4,'cadre',1,'I',NULL,'{"id":1,"staff_no":"1001","name":"尹1001","title":null,"rank":null,"subdistrict":null,"expertise":null,"phone":null,"capacity":null,"active_from":null,"left_on":null}');
INSERT INTO "change" VALUES(11,4,'posting',1,'I',NULL,'{"id":1,"cadre_id":1,"department":null,"start_on":"0001-01-01","end_on":null}');
INSERT INTO "change" VALUES(12,5,'pairing',1,'I',NULL,'{"id":1,"enterprise_id":1,"cadre_id":1,"pinned":0,"why":null,"start_on":"2026-06-01","end_on":null}');
INSERT INTO "change" VALUES(13,6,'visit',1,'I',NULL,'{"id":1,"enterprise_id":1,"cadre_id":1,"done_on":"2026-09-01","channel":"on_site","outcome":"met","minutes":null,"recorded_on":"2026-11-23","cancelled_on":null,"cancel_reason":null}');
INSERT INTO "change" VALUES(14,6,'enterprise',1,'U','{"id":1,"uscc":"91330205MA2AAAA11J","name":"江畔0号机电有限公司","address":null,"revenue":null,"employees":null,"qualified":null,"above_scale":1,"enrolled_on":"2026-06-01","exited_on":null,"contact_name":null,"contact_title":null,"contact_phone":null,"verified_on":null}','{"id":1,"uscc":"91330205MA2AAAA11J","name":"江畔0号机电有限公司","address":null,"revenue":null,"employees":null,"qualified":null,"above_scale":1,"enrolled_on":"2026-06-01","exited_on":null,"contact_name":null,"contact_title":null,"contact_phone":null,"verified_on":"2026-09-01"}');
INSERT INTO "change" VALUES(15,7,'enterprise',2,'U','{"id":2,"uscc":"91330205MA2AAAA21K","name":"江畔1号机电有限公司","address":null,"revenue":null,"employees":null,"qualified":null,"above_scale":1,"enrolled_on":"2026-06-01","exited_on":null,"contact_name":null,"contact_title":null,"contact_phone":null,"verified_on":null}','{"id":2,"uscc":"91330205MA2AAAA21K","name":"江畔1号机电有限公司","address":null,"revenue":null,"employees":null,"qualified":null,"above_scale":1,"enrolled_on":"2026-06-01","exited_on":"2026-10-01","contact_name":null,"contact_title":null,"contact_phone":null,"verified_on":null}');
INSERT INTO "change" VALUES(16,7,'scope',2,'U','{"id":2,"enterprise_id":2,"basis":"register","start_on":"2026-06-01","end_on":null}','{"id":2,"enterprise_id":2,"basis":"register","start_on":"2026-06-01","end_on":"2026-10-01"}');
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
INSERT INTO "clock" VALUES(1,'91330205MA2AAAA11J','C','2026-06-01',NULL,'2026-09-01','2026-09-01','2026-11-01');
INSERT INTO "clock" VALUES(2,'91330205MA2AAAA21K','C','2026-06-01','2026-10-01',NULL,'2026-06-01','2026-08-01');
INSERT INTO "clock" VALUES(3,'91330205MA2AAAA31L','C','2026-06-01',NULL,NULL,'2026-06-01','2026-08-01');
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
INSERT INTO "enterprise" VALUES(1,'91330205MA2AAAA11J','江畔0号机电有限公司',NULL,NULL,NULL,NULL,1,'2026-06-01',NULL,NULL,NULL,NULL,'2026-09-01');
INSERT INTO "enterprise" VALUES(2,'91330205MA2AAAA21K','江畔1号机电有限公司',NULL,NULL,NULL,NULL,1,'2026-06-01','2026-10-01',NULL,NULL,NULL,NULL);
INSERT INTO "enterprise" VALUES(3,'91330205MA2AAAA31L','江畔2号机电有限公司',NULL,NULL,NULL,NULL,1,'2026-06-01',NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO "operation" VALUES(1,'2026-11-23T01:00:00+00:00','2026-11-23','clerk','desk','["esm", "test"]','0001',NULL,3,'0000000000000000000000000000000000000000000000000000000000000000','3969704b00f1a803b9d8849df1b776e1d784449d6fef37192ef661631cbf28ac');
INSERT INTO "operation" VALUES(2,'2026-11-23T01:00:00+00:00','2026-11-23','clerk','desk','["esm", "test"]','0001',NULL,3,'3969704b00f1a803b9d8849df1b776e1d784449d6fef37192ef661631cbf28ac','af0e44ab00f473f6cff0fa5f13ae1b5b2d059d8a6db1d564131d063c7f38d104');
INSERT INTO "operation" VALUES(3,'2026-11-23T01:00:00+00:00','2026-11-23','clerk','desk','["esm", "test"]','0001',NULL,3,'af0e44ab00f473f6cff0fa5f13ae1b5b2d059d8a6db1d564131d063c7f38d104','117391e8da3fc47043a38769a9847b4922e3b0949037e17884ac2f1534296016');
INSERT INTO "operation" VALUES(4,'2026-11-23T01:00:00+00:00','2026-11-23','clerk','desk','["esm", "test"]','0001',NULL,2,'117391e8da3fc47043a38769a9847b4922e3b0949037e17884ac2f1534296016','4878a9259d3de84e341e8dda41ec1f6e081cf6c158fd0a4a9648a8fc93cea32d');
INSERT INTO "operation" VALUES(5,'2026-11-23T01:00:00+00:00','2026-11-23','clerk','desk','["esm", "test"]','0001',NULL,1,'4878a9259d3de84e341e8dda41ec1f6e081cf6c158fd0a4a9648a8fc93cea32d','536e6a19ded73cbba92f7dfa66e18bf3724fb8f90045c79726b22e878752344f');
INSERT INTO "operation" VALUES(6,'2026-11-23T01:00:00+00:00','2026-11-23','clerk','desk','["esm", "test"]','0001',NULL,2,'536e6a19ded73cbba92f7dfa66e18bf3724fb8f90045c79726b22e878752344f','a9605415ec2b73621874475bb3abc0608c75d9ecf9806e330dd213376e973b43');
INSERT INTO "operation" VALUES(7,'2026-11-23T01:00:00+00:00','2026-11-23','clerk','desk','["esm", "test"]','0001',NULL,2,'a9605415ec2b73621874475bb3abc0608c75d9ecf9806e330dd213376e973b43','11aa2395e444ce899c68c5c26ea2e79138b1844c83724562efa1f75addd4909f');
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
INSERT INTO "pairing" VALUES(1,1,1,0,NULL,'2026-06-01',NULL);
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
INSERT INTO "posting" VALUES(1,1,NULL,'0001-01-01',NULL);
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
INSERT INTO "profile" VALUES(1,1,'C',NULL,NULL,'0001-01-01',NULL);
INSERT INTO "profile" VALUES(2,2,'C',NULL,NULL,'0001-01-01',NULL);
INSERT INTO "profile" VALUES(3,3,'C',NULL,NULL,'0001-01-01',NULL);
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
INSERT INTO "scope" VALUES(1,1,'register','2026-06-01',NULL);
INSERT INTO "scope" VALUES(2,2,'register','2026-06-01','2026-10-01');
INSERT INTO "scope" VALUES(3,3,'register','2026-06-01',NULL);
CREATE TABLE setting (
    id INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY (id),
    CONSTRAINT uq_setting_key UNIQUE ("key")
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
INSERT INTO "visit" VALUES(1,1,1,'2026-09-01','on_site','met',NULL,'2026-11-23',NULL,NULL);
CREATE INDEX ix_posting_cadre_id_start_on ON posting (cadre_id, start_on);
CREATE INDEX ix_enterprise_name ON enterprise (name);
CREATE INDEX ix_profile_enterprise_id_start_on ON profile (enterprise_id, start_on);
CREATE INDEX ix_profile_start_on ON profile (start_on);
CREATE INDEX ix_scope_enterprise_id_start_on ON scope (enterprise_id, start_on);
CREATE INDEX ix_scope_start_on ON scope (start_on);
CREATE INDEX ix_pause_enterprise_id_start_on ON pause (enterprise_id, start_on);
CREATE INDEX ix_pairing_cadre_id_start_on ON pairing (cadre_id, start_on);
CREATE INDEX ix_pairing_enterprise_id_start_on ON pairing (enterprise_id, start_on);
CREATE UNIQUE INDEX ix_pairing_open ON pairing (enterprise_id) WHERE end_on IS NULL;
CREATE INDEX ix_recusal_enterprise_id ON recusal (enterprise_id);
CREATE INDEX ix_visit_cadre_id_done_on ON visit (cadre_id, done_on);
CREATE INDEX ix_visit_counted ON visit (enterprise_id, done_on) WHERE channel = 'on_site' AND outcome = 'met' AND cancelled_on IS NULL;
CREATE INDEX ix_visit_done_on ON visit (done_on);
CREATE UNIQUE INDEX uq_visit_standing ON visit (enterprise_id, cadre_id, done_on) WHERE cancelled_on IS NULL;
CREATE INDEX ix_plan_cadre_id ON "plan" (cadre_id);
CREATE INDEX ix_plan_enterprise_id_planned_on ON "plan" (enterprise_id, planned_on);
CREATE INDEX ix_plan_open ON "plan" (enterprise_id, planned_on) WHERE visit_id IS NULL;
CREATE INDEX ix_plan_visit_id ON "plan" (visit_id);
CREATE INDEX ix_clock_due ON clock (due_on, tier, uscc);
CREATE UNIQUE INDEX ix_operation_open ON operation (hash IS NULL) WHERE hash IS NULL;
CREATE INDEX ix_change_operation_id ON change (operation_id);
CREATE INDEX ix_change_subject_row_id ON change (subject, row_id)
;
CREATE VIEW cadence AS
    SELECT tier, CAST(coalesce((SELECT value FROM setting WHERE key = 'cadence_months_' || lower(tier)), '2')
                      AS INTEGER) AS months
    FROM (SELECT 'A' AS tier UNION ALL SELECT 'B' UNION ALL SELECT 'C');
CREATE VIEW clock_now AS 
SELECT enterprise_id, uscc, tier, start_on, end_on, last_visit_on, anchor_on,
       min(date(anchor_on, '+' || months || ' months'),
           date(anchor_on, 'start of month', '+' || (months + 1) || ' months', '-1 day')) AS due_on
FROM (
  SELECT enterprise_id, uscc, tier, start_on, end_on, last_visit_on, months,
         CASE WHEN last_visit_on IS NULL
                THEN max(start_on, coalesce((SELECT value FROM setting WHERE key = 'scheme_start_on'), '2012-01-01'))
              WHEN reentered THEN max(last_visit_on, start_on)
              ELSE last_visit_on END AS anchor_on
  FROM (
    SELECT scope.enterprise_id, enterprise.uscc, profile.tier, scope.start_on, scope.end_on, cadence.months,
           EXISTS (SELECT 1 FROM scope AS earlier
                   WHERE earlier.enterprise_id = scope.enterprise_id
                     AND earlier.start_on < scope.start_on) AS reentered,
           (SELECT max(visit.done_on) FROM visit
            WHERE visit.enterprise_id = scope.enterprise_id AND visit.channel = 'on_site'
              AND visit.outcome = 'met' AND visit.cancelled_on IS NULL ) AS last_visit_on
    FROM scope
    JOIN enterprise ON enterprise.id = scope.enterprise_id
    JOIN profile ON profile.enterprise_id = scope.enterprise_id AND profile.end_on IS NULL
    JOIN cadence ON cadence.tier = profile.tier
    WHERE scope.start_on = (SELECT max(latest.start_on) FROM scope AS latest
                                     WHERE latest.enterprise_id = scope.enterprise_id)));
CREATE TRIGGER change_is_append_only_update BEFORE UPDATE ON change
BEGIN SELECT RAISE(ABORT, 'esm: the journal is append-only'); END;
CREATE TRIGGER change_is_append_only_delete BEFORE DELETE ON change
BEGIN SELECT RAISE(ABORT, 'esm: the journal is append-only'); END;
CREATE TRIGGER change_is_append_only_insert BEFORE INSERT ON change
WHEN EXISTS (SELECT 1 FROM change WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'esm: the journal is append-only'); END;
CREATE TRIGGER operation_is_append_only_update BEFORE UPDATE ON operation
WHEN OLD.hash IS NOT NULL OR NEW.id <> OLD.id
BEGIN SELECT RAISE(ABORT, 'esm: the journal is append-only'); END;
CREATE TRIGGER operation_is_append_only_delete BEFORE DELETE ON operation
BEGIN SELECT RAISE(ABORT, 'esm: the journal is append-only'); END;
CREATE TRIGGER operation_is_append_only_insert BEFORE INSERT ON operation
WHEN EXISTS (SELECT 1 FROM operation WHERE id = NEW.id OR (NEW.hash IS NULL AND hash IS NULL))
BEGIN SELECT RAISE(ABORT, 'esm: the journal is append-only'); END;
CREATE VIEW counted_visit AS
SELECT DISTINCT enterprise_id, done_on FROM visit
WHERE channel = 'on_site' AND outcome = 'met' AND cancelled_on IS NULL;
CREATE VIEW service AS
SELECT pairing.enterprise_id, pairing.cadre_id, cadre.staff_no, cadre.name AS cadre,
       max(pairing.start_on, coalesce(cadre.active_from, pairing.start_on)) AS start_on,
       CASE WHEN pairing.end_on IS NULL THEN cadre.left_on
            WHEN cadre.left_on IS NULL THEN pairing.end_on
            ELSE min(pairing.end_on, cadre.left_on) END AS end_on
FROM pairing JOIN cadre ON cadre.id = pairing.cadre_id;
CREATE VIEW open_plan AS
SELECT enterprise_id, cadre_id, due_on, planned_on, confirmed, provisional, made_on FROM plan WHERE visit_id IS NULL;
CREATE VIEW enterprise_today AS
SELECT enterprise.id, enterprise.uscc, enterprise.name, profile.tier, profile.subdistrict, profile.industry_code,
       enterprise.address, enterprise.revenue, enterprise.employees, enterprise.qualified, enterprise.above_scale,
       enterprise.enrolled_on, enterprise.exited_on, enterprise.contact_name, enterprise.contact_title,
       enterprise.contact_phone, enterprise.verified_on, clock.start_on, clock.end_on, clock.last_visit_on, clock.due_on
FROM enterprise
JOIN profile ON profile.enterprise_id = enterprise.id AND profile.end_on IS NULL
LEFT JOIN clock ON clock.enterprise_id = enterprise.id;
CREATE VIEW cadre_today AS
SELECT cadre.id, cadre.staff_no, cadre.name, posting.department, cadre.title, cadre.rank, cadre.subdistrict,
       cadre.expertise, cadre.phone, cadre.capacity, cadre.active_from, cadre.left_on
FROM cadre LEFT JOIN posting ON posting.cadre_id = cadre.id AND posting.end_on IS NULL;
CREATE TRIGGER journal_setting_insert AFTER INSERT ON setting BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'setting', NEW.id, 'I', NULL, json_object('id', NEW.id, 'key', NEW.key, 'value', NEW.value));
            END;
CREATE TRIGGER journal_setting_update AFTER UPDATE ON setting BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'setting', NEW.id, 'U', json_object('id', OLD.id, 'key', OLD.key, 'value', OLD.value), json_object('id', NEW.id, 'key', NEW.key, 'value', NEW.value));
            END;
CREATE TRIGGER journal_setting_delete AFTER DELETE ON setting BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'setting', OLD.id, 'D', json_object('id', OLD.id, 'key', OLD.key, 'value', OLD.value), NULL);
            END;
CREATE TRIGGER setting_id_is_fixed BEFORE UPDATE OF id ON setting WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER setting_is_not_replaced BEFORE INSERT ON setting
        WHEN EXISTS (SELECT 1 FROM setting WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_cadre_insert AFTER INSERT ON cadre BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'cadre', NEW.id, 'I', NULL, json_object('id', NEW.id, 'staff_no', NEW.staff_no, 'name', NEW.name, 'title', NEW.title, 'rank', NEW.rank, 'subdistrict', NEW.subdistrict, 'expertise', NEW.expertise, 'phone', NEW.phone, 'capacity', NEW.capacity, 'active_from', NEW.active_from, 'left_on', NEW.left_on));
            END;
CREATE TRIGGER journal_cadre_update AFTER UPDATE ON cadre BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'cadre', NEW.id, 'U', json_object('id', OLD.id, 'staff_no', OLD.staff_no, 'name', OLD.name, 'title', OLD.title, 'rank', OLD.rank, 'subdistrict', OLD.subdistrict, 'expertise', OLD.expertise, 'phone', OLD.phone, 'capacity', OLD.capacity, 'active_from', OLD.active_from, 'left_on', OLD.left_on), json_object('id', NEW.id, 'staff_no', NEW.staff_no, 'name', NEW.name, 'title', NEW.title, 'rank', NEW.rank, 'subdistrict', NEW.subdistrict, 'expertise', NEW.expertise, 'phone', NEW.phone, 'capacity', NEW.capacity, 'active_from', NEW.active_from, 'left_on', NEW.left_on));
            END;
CREATE TRIGGER journal_cadre_delete AFTER DELETE ON cadre BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'cadre', OLD.id, 'D', json_object('id', OLD.id, 'staff_no', OLD.staff_no, 'name', OLD.name, 'title', OLD.title, 'rank', OLD.rank, 'subdistrict', OLD.subdistrict, 'expertise', OLD.expertise, 'phone', OLD.phone, 'capacity', OLD.capacity, 'active_from', OLD.active_from, 'left_on', OLD.left_on), NULL);
            END;
CREATE TRIGGER cadre_id_is_fixed BEFORE UPDATE OF id ON cadre WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER cadre_is_not_replaced BEFORE INSERT ON cadre
        WHEN EXISTS (SELECT 1 FROM cadre WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_posting_insert AFTER INSERT ON posting BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'posting', NEW.id, 'I', NULL, json_object('id', NEW.id, 'cadre_id', NEW.cadre_id, 'department', NEW.department, 'start_on', NEW.start_on, 'end_on', NEW.end_on));
            END;
CREATE TRIGGER journal_posting_update AFTER UPDATE ON posting BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'posting', NEW.id, 'U', json_object('id', OLD.id, 'cadre_id', OLD.cadre_id, 'department', OLD.department, 'start_on', OLD.start_on, 'end_on', OLD.end_on), json_object('id', NEW.id, 'cadre_id', NEW.cadre_id, 'department', NEW.department, 'start_on', NEW.start_on, 'end_on', NEW.end_on));
            END;
CREATE TRIGGER journal_posting_delete AFTER DELETE ON posting BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'posting', OLD.id, 'D', json_object('id', OLD.id, 'cadre_id', OLD.cadre_id, 'department', OLD.department, 'start_on', OLD.start_on, 'end_on', OLD.end_on), NULL);
            END;
CREATE TRIGGER posting_id_is_fixed BEFORE UPDATE OF id ON posting WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER posting_is_not_replaced BEFORE INSERT ON posting
        WHEN EXISTS (SELECT 1 FROM posting WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_enterprise_insert AFTER INSERT ON enterprise BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'enterprise', NEW.id, 'I', NULL, json_object('id', NEW.id, 'uscc', NEW.uscc, 'name', NEW.name, 'address', NEW.address, 'revenue', NEW.revenue, 'employees', NEW.employees, 'qualified', NEW.qualified, 'above_scale', NEW.above_scale, 'enrolled_on', NEW.enrolled_on, 'exited_on', NEW.exited_on, 'contact_name', NEW.contact_name, 'contact_title', NEW.contact_title, 'contact_phone', NEW.contact_phone, 'verified_on', NEW.verified_on));
            END;
CREATE TRIGGER journal_enterprise_update AFTER UPDATE ON enterprise BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'enterprise', NEW.id, 'U', json_object('id', OLD.id, 'uscc', OLD.uscc, 'name', OLD.name, 'address', OLD.address, 'revenue', OLD.revenue, 'employees', OLD.employees, 'qualified', OLD.qualified, 'above_scale', OLD.above_scale, 'enrolled_on', OLD.enrolled_on, 'exited_on', OLD.exited_on, 'contact_name', OLD.contact_name, 'contact_title', OLD.contact_title, 'contact_phone', OLD.contact_phone, 'verified_on', OLD.verified_on), json_object('id', NEW.id, 'uscc', NEW.uscc, 'name', NEW.name, 'address', NEW.address, 'revenue', NEW.revenue, 'employees', NEW.employees, 'qualified', NEW.qualified, 'above_scale', NEW.above_scale, 'enrolled_on', NEW.enrolled_on, 'exited_on', NEW.exited_on, 'contact_name', NEW.contact_name, 'contact_title', NEW.contact_title, 'contact_phone', NEW.contact_phone, 'verified_on', NEW.verified_on));
            END;
CREATE TRIGGER journal_enterprise_delete AFTER DELETE ON enterprise BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'enterprise', OLD.id, 'D', json_object('id', OLD.id, 'uscc', OLD.uscc, 'name', OLD.name, 'address', OLD.address, 'revenue', OLD.revenue, 'employees', OLD.employees, 'qualified', OLD.qualified, 'above_scale', OLD.above_scale, 'enrolled_on', OLD.enrolled_on, 'exited_on', OLD.exited_on, 'contact_name', OLD.contact_name, 'contact_title', OLD.contact_title, 'contact_phone', OLD.contact_phone, 'verified_on', OLD.verified_on), NULL);
            END;
CREATE TRIGGER enterprise_id_is_fixed BEFORE UPDATE OF id ON enterprise WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER enterprise_is_not_replaced BEFORE INSERT ON enterprise
        WHEN EXISTS (SELECT 1 FROM enterprise WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_profile_insert AFTER INSERT ON profile BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'profile', NEW.id, 'I', NULL, json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'tier', NEW.tier, 'subdistrict', NEW.subdistrict, 'industry_code', NEW.industry_code, 'start_on', NEW.start_on, 'end_on', NEW.end_on));
            END;
CREATE TRIGGER journal_profile_update AFTER UPDATE ON profile BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'profile', NEW.id, 'U', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'tier', OLD.tier, 'subdistrict', OLD.subdistrict, 'industry_code', OLD.industry_code, 'start_on', OLD.start_on, 'end_on', OLD.end_on), json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'tier', NEW.tier, 'subdistrict', NEW.subdistrict, 'industry_code', NEW.industry_code, 'start_on', NEW.start_on, 'end_on', NEW.end_on));
            END;
CREATE TRIGGER journal_profile_delete AFTER DELETE ON profile BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'profile', OLD.id, 'D', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'tier', OLD.tier, 'subdistrict', OLD.subdistrict, 'industry_code', OLD.industry_code, 'start_on', OLD.start_on, 'end_on', OLD.end_on), NULL);
            END;
CREATE TRIGGER profile_id_is_fixed BEFORE UPDATE OF id ON profile WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER profile_is_not_replaced BEFORE INSERT ON profile
        WHEN EXISTS (SELECT 1 FROM profile WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_scope_insert AFTER INSERT ON scope BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'scope', NEW.id, 'I', NULL, json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'basis', NEW.basis, 'start_on', NEW.start_on, 'end_on', NEW.end_on));
            END;
CREATE TRIGGER journal_scope_update AFTER UPDATE ON scope BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'scope', NEW.id, 'U', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'basis', OLD.basis, 'start_on', OLD.start_on, 'end_on', OLD.end_on), json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'basis', NEW.basis, 'start_on', NEW.start_on, 'end_on', NEW.end_on));
            END;
CREATE TRIGGER journal_scope_delete AFTER DELETE ON scope BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'scope', OLD.id, 'D', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'basis', OLD.basis, 'start_on', OLD.start_on, 'end_on', OLD.end_on), NULL);
            END;
CREATE TRIGGER scope_id_is_fixed BEFORE UPDATE OF id ON scope WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER scope_is_not_replaced BEFORE INSERT ON scope
        WHEN EXISTS (SELECT 1 FROM scope WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_pause_insert AFTER INSERT ON pause BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'pause', NEW.id, 'I', NULL, json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'reason', NEW.reason, 'start_on', NEW.start_on, 'end_on', NEW.end_on));
            END;
CREATE TRIGGER journal_pause_update AFTER UPDATE ON pause BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'pause', NEW.id, 'U', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'reason', OLD.reason, 'start_on', OLD.start_on, 'end_on', OLD.end_on), json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'reason', NEW.reason, 'start_on', NEW.start_on, 'end_on', NEW.end_on));
            END;
CREATE TRIGGER journal_pause_delete AFTER DELETE ON pause BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'pause', OLD.id, 'D', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'reason', OLD.reason, 'start_on', OLD.start_on, 'end_on', OLD.end_on), NULL);
            END;
CREATE TRIGGER pause_id_is_fixed BEFORE UPDATE OF id ON pause WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER pause_is_not_replaced BEFORE INSERT ON pause
        WHEN EXISTS (SELECT 1 FROM pause WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_pairing_insert AFTER INSERT ON pairing BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'pairing', NEW.id, 'I', NULL, json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'cadre_id', NEW.cadre_id, 'pinned', NEW.pinned, 'why', NEW.why, 'start_on', NEW.start_on, 'end_on', NEW.end_on));
            END;
CREATE TRIGGER journal_pairing_update AFTER UPDATE ON pairing BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'pairing', NEW.id, 'U', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'cadre_id', OLD.cadre_id, 'pinned', OLD.pinned, 'why', OLD.why, 'start_on', OLD.start_on, 'end_on', OLD.end_on), json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'cadre_id', NEW.cadre_id, 'pinned', NEW.pinned, 'why', NEW.why, 'start_on', NEW.start_on, 'end_on', NEW.end_on));
            END;
CREATE TRIGGER journal_pairing_delete AFTER DELETE ON pairing BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'pairing', OLD.id, 'D', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'cadre_id', OLD.cadre_id, 'pinned', OLD.pinned, 'why', OLD.why, 'start_on', OLD.start_on, 'end_on', OLD.end_on), NULL);
            END;
CREATE TRIGGER pairing_id_is_fixed BEFORE UPDATE OF id ON pairing WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER pairing_is_not_replaced BEFORE INSERT ON pairing
        WHEN EXISTS (SELECT 1 FROM pairing WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_recusal_insert AFTER INSERT ON recusal BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'recusal', NEW.id, 'I', NULL, json_object('id', NEW.id, 'cadre_id', NEW.cadre_id, 'enterprise_id', NEW.enterprise_id, 'reason', NEW.reason));
            END;
CREATE TRIGGER journal_recusal_update AFTER UPDATE ON recusal BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'recusal', NEW.id, 'U', json_object('id', OLD.id, 'cadre_id', OLD.cadre_id, 'enterprise_id', OLD.enterprise_id, 'reason', OLD.reason), json_object('id', NEW.id, 'cadre_id', NEW.cadre_id, 'enterprise_id', NEW.enterprise_id, 'reason', NEW.reason));
            END;
CREATE TRIGGER journal_recusal_delete AFTER DELETE ON recusal BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'recusal', OLD.id, 'D', json_object('id', OLD.id, 'cadre_id', OLD.cadre_id, 'enterprise_id', OLD.enterprise_id, 'reason', OLD.reason), NULL);
            END;
CREATE TRIGGER recusal_id_is_fixed BEFORE UPDATE OF id ON recusal WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER recusal_is_not_replaced BEFORE INSERT ON recusal
        WHEN EXISTS (SELECT 1 FROM recusal WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_absence_insert AFTER INSERT ON absence BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'absence', NEW.id, 'I', NULL, json_object('id', NEW.id, 'cadre_id', NEW.cadre_id, 'reason', NEW.reason, 'start_on', NEW.start_on, 'end_on', NEW.end_on));
            END;
CREATE TRIGGER journal_absence_update AFTER UPDATE ON absence BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'absence', NEW.id, 'U', json_object('id', OLD.id, 'cadre_id', OLD.cadre_id, 'reason', OLD.reason, 'start_on', OLD.start_on, 'end_on', OLD.end_on), json_object('id', NEW.id, 'cadre_id', NEW.cadre_id, 'reason', NEW.reason, 'start_on', NEW.start_on, 'end_on', NEW.end_on));
            END;
CREATE TRIGGER journal_absence_delete AFTER DELETE ON absence BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'absence', OLD.id, 'D', json_object('id', OLD.id, 'cadre_id', OLD.cadre_id, 'reason', OLD.reason, 'start_on', OLD.start_on, 'end_on', OLD.end_on), NULL);
            END;
CREATE TRIGGER absence_id_is_fixed BEFORE UPDATE OF id ON absence WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER absence_is_not_replaced BEFORE INSERT ON absence
        WHEN EXISTS (SELECT 1 FROM absence WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_visit_insert AFTER INSERT ON visit BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'visit', NEW.id, 'I', NULL, json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'cadre_id', NEW.cadre_id, 'done_on', NEW.done_on, 'channel', NEW.channel, 'outcome', NEW.outcome, 'minutes', NEW.minutes, 'recorded_on', NEW.recorded_on, 'cancelled_on', NEW.cancelled_on, 'cancel_reason', NEW.cancel_reason));
            END;
CREATE TRIGGER journal_visit_update AFTER UPDATE ON visit BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'visit', NEW.id, 'U', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'cadre_id', OLD.cadre_id, 'done_on', OLD.done_on, 'channel', OLD.channel, 'outcome', OLD.outcome, 'minutes', OLD.minutes, 'recorded_on', OLD.recorded_on, 'cancelled_on', OLD.cancelled_on, 'cancel_reason', OLD.cancel_reason), json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'cadre_id', NEW.cadre_id, 'done_on', NEW.done_on, 'channel', NEW.channel, 'outcome', NEW.outcome, 'minutes', NEW.minutes, 'recorded_on', NEW.recorded_on, 'cancelled_on', NEW.cancelled_on, 'cancel_reason', NEW.cancel_reason));
            END;
CREATE TRIGGER journal_visit_delete AFTER DELETE ON visit BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'visit', OLD.id, 'D', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'cadre_id', OLD.cadre_id, 'done_on', OLD.done_on, 'channel', OLD.channel, 'outcome', OLD.outcome, 'minutes', OLD.minutes, 'recorded_on', OLD.recorded_on, 'cancelled_on', OLD.cancelled_on, 'cancel_reason', OLD.cancel_reason), NULL);
            END;
CREATE TRIGGER visit_id_is_fixed BEFORE UPDATE OF id ON visit WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER visit_is_not_replaced BEFORE INSERT ON visit
        WHEN EXISTS (SELECT 1 FROM visit WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_plan_insert AFTER INSERT ON plan BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'plan', NEW.id, 'I', NULL, json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'cadre_id', NEW.cadre_id, 'due_on', NEW.due_on, 'planned_on', NEW.planned_on, 'confirmed', NEW.confirmed, 'provisional', NEW.provisional, 'made_on', NEW.made_on, 'visit_id', NEW.visit_id));
            END;
CREATE TRIGGER journal_plan_update AFTER UPDATE ON plan BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'plan', NEW.id, 'U', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'cadre_id', OLD.cadre_id, 'due_on', OLD.due_on, 'planned_on', OLD.planned_on, 'confirmed', OLD.confirmed, 'provisional', OLD.provisional, 'made_on', OLD.made_on, 'visit_id', OLD.visit_id), json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'cadre_id', NEW.cadre_id, 'due_on', NEW.due_on, 'planned_on', NEW.planned_on, 'confirmed', NEW.confirmed, 'provisional', NEW.provisional, 'made_on', NEW.made_on, 'visit_id', NEW.visit_id));
            END;
CREATE TRIGGER journal_plan_delete AFTER DELETE ON plan BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')
              WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES ((SELECT id FROM operation WHERE hash IS NULL), 'plan', OLD.id, 'D', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'cadre_id', OLD.cadre_id, 'due_on', OLD.due_on, 'planned_on', OLD.planned_on, 'confirmed', OLD.confirmed, 'provisional', OLD.provisional, 'made_on', OLD.made_on, 'visit_id', OLD.visit_id), NULL);
            END;
CREATE TRIGGER plan_id_is_fixed BEFORE UPDATE OF id ON plan WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER plan_is_not_replaced BEFORE INSERT ON plan
        WHEN EXISTS (SELECT 1 FROM plan WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER pairing_overlap_insert BEFORE INSERT ON pairing
            WHEN EXISTS (SELECT 1 FROM pairing WHERE enterprise_id = NEW.enterprise_id 
                         AND start_on < coalesce(NEW.end_on, '9999-12-31')
                         AND NEW.start_on < coalesce(end_on, '9999-12-31'))
            BEGIN SELECT RAISE(ABORT, 'esm: overlapping pairing intervals'); END;
CREATE TRIGGER pairing_overlap_update BEFORE UPDATE OF enterprise_id, start_on, end_on ON pairing
            WHEN EXISTS (SELECT 1 FROM pairing WHERE enterprise_id = NEW.enterprise_id AND id <> NEW.id
                         AND start_on < coalesce(NEW.end_on, '9999-12-31')
                         AND NEW.start_on < coalesce(end_on, '9999-12-31'))
            BEGIN SELECT RAISE(ABORT, 'esm: overlapping pairing intervals'); END;
CREATE TRIGGER profile_overlap_insert BEFORE INSERT ON profile
            WHEN EXISTS (SELECT 1 FROM profile WHERE enterprise_id = NEW.enterprise_id 
                         AND start_on < coalesce(NEW.end_on, '9999-12-31')
                         AND NEW.start_on < coalesce(end_on, '9999-12-31'))
            BEGIN SELECT RAISE(ABORT, 'esm: overlapping profile intervals'); END;
CREATE TRIGGER profile_overlap_update BEFORE UPDATE OF enterprise_id, start_on, end_on ON profile
            WHEN EXISTS (SELECT 1 FROM profile WHERE enterprise_id = NEW.enterprise_id AND id <> NEW.id
                         AND start_on < coalesce(NEW.end_on, '9999-12-31')
                         AND NEW.start_on < coalesce(end_on, '9999-12-31'))
            BEGIN SELECT RAISE(ABORT, 'esm: overlapping profile intervals'); END;
CREATE TRIGGER scope_overlap_insert BEFORE INSERT ON scope
            WHEN EXISTS (SELECT 1 FROM scope WHERE enterprise_id = NEW.enterprise_id 
                         AND start_on < coalesce(NEW.end_on, '9999-12-31')
                         AND NEW.start_on < coalesce(end_on, '9999-12-31'))
            BEGIN SELECT RAISE(ABORT, 'esm: overlapping scope intervals'); END;
CREATE TRIGGER scope_overlap_update BEFORE UPDATE OF enterprise_id, start_on, end_on ON scope
            WHEN EXISTS (SELECT 1 FROM scope WHERE enterprise_id = NEW.enterprise_id AND id <> NEW.id
                         AND start_on < coalesce(NEW.end_on, '9999-12-31')
                         AND NEW.start_on < coalesce(end_on, '9999-12-31'))
            BEGIN SELECT RAISE(ABORT, 'esm: overlapping scope intervals'); END;
CREATE TRIGGER posting_overlap_insert BEFORE INSERT ON posting
            WHEN EXISTS (SELECT 1 FROM posting WHERE cadre_id = NEW.cadre_id 
                         AND start_on < coalesce(NEW.end_on, '9999-12-31')
                         AND NEW.start_on < coalesce(end_on, '9999-12-31'))
            BEGIN SELECT RAISE(ABORT, 'esm: overlapping posting intervals'); END;
CREATE TRIGGER posting_overlap_update BEFORE UPDATE OF cadre_id, start_on, end_on ON posting
            WHEN EXISTS (SELECT 1 FROM posting WHERE cadre_id = NEW.cadre_id AND id <> NEW.id
                         AND start_on < coalesce(NEW.end_on, '9999-12-31')
                         AND NEW.start_on < coalesce(end_on, '9999-12-31'))
            BEGIN SELECT RAISE(ABORT, 'esm: overlapping posting intervals'); END;
CREATE TRIGGER pause_overlap_insert BEFORE INSERT ON pause
            WHEN EXISTS (SELECT 1 FROM pause WHERE enterprise_id = NEW.enterprise_id 
                         AND start_on < coalesce(NEW.end_on, '9999-12-31')
                         AND NEW.start_on < coalesce(end_on, '9999-12-31'))
            BEGIN SELECT RAISE(ABORT, 'esm: overlapping pause intervals'); END;
CREATE TRIGGER pause_overlap_update BEFORE UPDATE OF enterprise_id, start_on, end_on ON pause
            WHEN EXISTS (SELECT 1 FROM pause WHERE enterprise_id = NEW.enterprise_id AND id <> NEW.id
                         AND start_on < coalesce(NEW.end_on, '9999-12-31')
                         AND NEW.start_on < coalesce(end_on, '9999-12-31'))
            BEGIN SELECT RAISE(ABORT, 'esm: overlapping pause intervals'); END;
CREATE TRIGGER absence_overlap_insert BEFORE INSERT ON absence
            WHEN EXISTS (SELECT 1 FROM absence WHERE cadre_id = NEW.cadre_id 
                         AND start_on < coalesce(NEW.end_on, '9999-12-31')
                         AND NEW.start_on < coalesce(end_on, '9999-12-31'))
            BEGIN SELECT RAISE(ABORT, 'esm: overlapping absence intervals'); END;
CREATE TRIGGER absence_overlap_update BEFORE UPDATE OF cadre_id, start_on, end_on ON absence
            WHEN EXISTS (SELECT 1 FROM absence WHERE cadre_id = NEW.cadre_id AND id <> NEW.id
                         AND start_on < coalesce(NEW.end_on, '9999-12-31')
                         AND NEW.start_on < coalesce(end_on, '9999-12-31'))
            BEGIN SELECT RAISE(ABORT, 'esm: overlapping absence intervals'); END;
CREATE TRIGGER clock_scope_insert AFTER INSERT ON scope BEGIN
              DELETE FROM clock WHERE enterprise_id IN (NEW.enterprise_id);
              INSERT INTO clock SELECT * FROM clock_now WHERE enterprise_id IN (NEW.enterprise_id);
            END;
CREATE TRIGGER clock_scope_update AFTER UPDATE ON scope BEGIN
              DELETE FROM clock WHERE enterprise_id IN (OLD.enterprise_id, NEW.enterprise_id);
              INSERT INTO clock SELECT * FROM clock_now WHERE enterprise_id IN (OLD.enterprise_id, NEW.enterprise_id);
            END;
CREATE TRIGGER clock_scope_delete AFTER DELETE ON scope BEGIN
              DELETE FROM clock WHERE enterprise_id IN (OLD.enterprise_id);
              INSERT INTO clock SELECT * FROM clock_now WHERE enterprise_id IN (OLD.enterprise_id);
            END;
CREATE TRIGGER clock_visit_insert AFTER INSERT ON visit BEGIN
              DELETE FROM clock WHERE enterprise_id IN (NEW.enterprise_id);
              INSERT INTO clock SELECT * FROM clock_now WHERE enterprise_id IN (NEW.enterprise_id);
            END;
CREATE TRIGGER clock_visit_update AFTER UPDATE ON visit BEGIN
              DELETE FROM clock WHERE enterprise_id IN (OLD.enterprise_id, NEW.enterprise_id);
              INSERT INTO clock SELECT * FROM clock_now WHERE enterprise_id IN (OLD.enterprise_id, NEW.enterprise_id);
            END;
CREATE TRIGGER clock_visit_delete AFTER DELETE ON visit BEGIN
              DELETE FROM clock WHERE enterprise_id IN (OLD.enterprise_id);
              INSERT INTO clock SELECT * FROM clock_now WHERE enterprise_id IN (OLD.enterprise_id);
            END;
CREATE TRIGGER clock_profile_insert AFTER INSERT ON profile BEGIN
              DELETE FROM clock WHERE enterprise_id IN (NEW.enterprise_id);
              INSERT INTO clock SELECT * FROM clock_now WHERE enterprise_id IN (NEW.enterprise_id);
            END;
CREATE TRIGGER clock_profile_update AFTER UPDATE ON profile BEGIN
              DELETE FROM clock WHERE enterprise_id IN (OLD.enterprise_id, NEW.enterprise_id);
              INSERT INTO clock SELECT * FROM clock_now WHERE enterprise_id IN (OLD.enterprise_id, NEW.enterprise_id);
            END;
CREATE TRIGGER clock_profile_delete AFTER DELETE ON profile BEGIN
              DELETE FROM clock WHERE enterprise_id IN (OLD.enterprise_id);
              INSERT INTO clock SELECT * FROM clock_now WHERE enterprise_id IN (OLD.enterprise_id);
            END;
CREATE TRIGGER clock_enterprise_update AFTER UPDATE OF uscc ON enterprise BEGIN
              DELETE FROM clock WHERE enterprise_id IN (OLD.id, NEW.id);
              INSERT INTO clock SELECT * FROM clock_now WHERE enterprise_id IN (OLD.id, NEW.id);
            END;
CREATE TRIGGER clock_enterprise_delete AFTER DELETE ON enterprise BEGIN
              DELETE FROM clock WHERE enterprise_id IN (OLD.id);
              INSERT INTO clock SELECT * FROM clock_now WHERE enterprise_id IN (OLD.id);
            END;
CREATE TRIGGER clock_setting_insert AFTER INSERT ON setting
            WHEN NEW.key IN ('cadence_months_a', 'cadence_months_b', 'cadence_months_c', 'scheme_start_on') BEGIN
              DELETE FROM clock;
              INSERT INTO clock SELECT * FROM clock_now;
            END;
CREATE TRIGGER clock_setting_update AFTER UPDATE ON setting
            WHEN NEW.key IN ('cadence_months_a', 'cadence_months_b', 'cadence_months_c', 'scheme_start_on') BEGIN
              DELETE FROM clock;
              INSERT INTO clock SELECT * FROM clock_now;
            END;
CREATE TRIGGER clock_setting_delete AFTER DELETE ON setting
            WHEN OLD.key IN ('cadence_months_a', 'cadence_months_b', 'cadence_months_c', 'scheme_start_on') BEGIN
              DELETE FROM clock;
              INSERT INTO clock SELECT * FROM clock_now;
            END;
COMMIT;
