PRAGMA application_id=1163087153;
BEGIN TRANSACTION;
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
) STRICT;
INSERT INTO "absence" VALUES(1,1,NULL,'2026-12-01','2026-12-06',2);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0007');
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
    left_on TEXT CONSTRAINT ck_cadre_left_on CHECK (left_on IS date(left_on, '+0 days')), email TEXT,
    CONSTRAINT pk_cadre PRIMARY KEY (id),
    CONSTRAINT uq_cadre_staff_no UNIQUE (staff_no)
) STRICT;
INSERT INTO "cadre" VALUES(1,'1001','尹1001',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "cadre" VALUES(2,'1002','尹1002',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO "change" VALUES(10,4,'cadre',1,'I',NULL,'{"id":1,"staff_no":"1001","name":"尹1001","title":null,"rank":null,"subdistrict":null,"expertise":null,"phone":null,"capacity":null,"active_from":null,"left_on":null,"email":null}');
INSERT INTO "change" VALUES(11,4,'posting',1,'I',NULL,'{"id":1,"cadre_id":1,"department":null,"start_on":"0001-01-01","end_on":null}');
INSERT INTO "change" VALUES(12,5,'pairing',1,'I',NULL,'{"id":1,"enterprise_id":1,"cadre_id":1,"pinned":0,"why":null,"start_on":"2026-06-01","end_on":null}');
INSERT INTO "change" VALUES(13,6,'visit',1,'I',NULL,'{"id":1,"enterprise_id":1,"cadre_id":1,"done_on":"2026-09-01","channel":"on_site","outcome":"met","minutes":null,"recorded_on":"2026-11-23","cancelled_on":null,"cancel_reason":null,"met_with":null,"business":null,"satisfaction":null}');
INSERT INTO "change" VALUES(14,7,'cadre',2,'I',NULL,'{"id":2,"staff_no":"1002","name":"尹1002","title":null,"rank":null,"subdistrict":null,"expertise":null,"phone":null,"capacity":null,"active_from":null,"left_on":null,"email":null}');
INSERT INTO "change" VALUES(15,7,'posting',2,'I',NULL,'{"id":2,"cadre_id":2,"department":null,"start_on":"0001-01-01","end_on":null}');
INSERT INTO "change" VALUES(16,8,'enterprise',2,'U','{"id":2,"uscc":"91330205MA2AAAA21K","name":"江畔1号机电有限公司","address":null,"revenue":null,"employees":null,"qualified":null,"above_scale":1,"enrolled_on":"2026-06-01","exited_on":null,"contact_name":null,"contact_title":null,"contact_phone":null,"verified_on":null}','{"id":2,"uscc":"91330205MA2AAAA21K","name":"江畔1号机电有限公司","address":null,"revenue":null,"employees":null,"qualified":null,"above_scale":1,"enrolled_on":"2026-06-01","exited_on":"2026-10-01","contact_name":null,"contact_title":null,"contact_phone":null,"verified_on":null}');
INSERT INTO "change" VALUES(17,8,'scope',2,'U','{"id":2,"enterprise_id":2,"basis":"register","start_on":"2026-06-01","end_on":null}','{"id":2,"enterprise_id":2,"basis":"register","start_on":"2026-06-01","end_on":"2026-10-01"}');
INSERT INTO "change" VALUES(18,9,'scope',2,'U','{"id":2,"enterprise_id":2,"basis":"register","start_on":"2026-06-01","end_on":"2026-10-01"}','{"id":2,"enterprise_id":2,"basis":"register","start_on":"2026-06-01","end_on":null}');
INSERT INTO "change" VALUES(19,9,'enterprise',2,'U','{"id":2,"uscc":"91330205MA2AAAA21K","name":"江畔1号机电有限公司","address":null,"revenue":null,"employees":null,"qualified":null,"above_scale":1,"enrolled_on":"2026-06-01","exited_on":"2026-10-01","contact_name":null,"contact_title":null,"contact_phone":null,"verified_on":null}','{"id":2,"uscc":"91330205MA2AAAA21K","name":"江畔1号机电有限公司","address":null,"revenue":null,"employees":null,"qualified":null,"above_scale":1,"enrolled_on":"2026-06-01","exited_on":null,"contact_name":null,"contact_title":null,"contact_phone":null,"verified_on":null}');
INSERT INTO "change" VALUES(20,10,'recusal',1,'I',NULL,'{"id":1,"cadre_id":2,"enterprise_id":1,"reason":"kin","kind":"other"}');
INSERT INTO "change" VALUES(21,11,'absence',1,'I',NULL,'{"id":1,"cadre_id":1,"reason":null,"start_on":"2026-12-01","end_on":"2026-12-06","deputy_id":2}');
INSERT INTO "change" VALUES(22,12,'request',1,'I',NULL,'{"id":1,"enterprise_id":1,"cadre_id":1,"visit_id":null,"received_on":"2026-11-23","request_class":"labour","nature":"help","subject":"The road is closed to lorries","accept_days":1,"answer_days":3,"close_days":7}');
INSERT INTO "change" VALUES(23,12,'request_event',1,'I',NULL,'{"id":1,"request_id":1,"kind":"accept","done_on":"2026-11-23","who":"clerk","department":null,"supporting":null,"note":null,"until_on":null,"days":null,"outcome":null,"basis":null,"satisfied":null,"reason":null}');
INSERT INTO "change" VALUES(24,12,'request_event',2,'I',NULL,'{"id":2,"request_id":1,"kind":"dispatch","done_on":"2026-11-23","who":"clerk","department":"Roads","supporting":null,"note":null,"until_on":null,"days":null,"outcome":null,"basis":null,"satisfied":null,"reason":null}');
INSERT INTO "change" VALUES(25,13,'policy',1,'I',NULL,'{"id":1,"code":"P1","title":"Tax cut for small firms","source":null,"gives":null,"worth":null,"start_on":null,"until_on":null,"industries":null,"tiers":null,"sizes":null,"above_scale":0,"newly_entered":0}');
INSERT INTO "change" VALUES(26,14,'pairing',2,'I',NULL,'{"id":2,"enterprise_id":2,"cadre_id":2,"pinned":0,"why":"{\"change\": \"new\", \"previous\": null, \"penalty\": {\"subdistrict\": 0, \"expertise\": 0, \"rank\": 0, \"load\": 0}, \"skipped\": []}","start_on":"2026-11-23","end_on":null}');
INSERT INTO "change" VALUES(27,15,'plan',1,'I',NULL,'{"id":1,"enterprise_id":2,"cadre_id":2,"due_on":"2026-08-01","planned_on":"2026-11-23","confirmed":0,"provisional":0,"made_on":"2026-11-23","visit_id":null,"sequence":0}');
INSERT INTO "change" VALUES(28,15,'plan',2,'I',NULL,'{"id":2,"enterprise_id":2,"cadre_id":2,"due_on":"2027-01-23","planned_on":"2027-01-15","confirmed":0,"provisional":1,"made_on":"2026-11-23","visit_id":null,"sequence":0}');
INSERT INTO "change" VALUES(29,15,'plan',3,'I',NULL,'{"id":3,"enterprise_id":2,"cadre_id":2,"due_on":"2027-03-15","planned_on":"2027-03-08","confirmed":0,"provisional":1,"made_on":"2026-11-23","visit_id":null,"sequence":0}');
INSERT INTO "change" VALUES(30,15,'plan',4,'I',NULL,'{"id":4,"enterprise_id":1,"cadre_id":1,"due_on":"2026-11-01","planned_on":"2026-11-23","confirmed":0,"provisional":0,"made_on":"2026-11-23","visit_id":null,"sequence":0}');
INSERT INTO "change" VALUES(31,15,'plan',5,'I',NULL,'{"id":5,"enterprise_id":1,"cadre_id":1,"due_on":"2027-01-23","planned_on":"2027-01-15","confirmed":0,"provisional":1,"made_on":"2026-11-23","visit_id":null,"sequence":0}');
INSERT INTO "change" VALUES(32,15,'plan',6,'I',NULL,'{"id":6,"enterprise_id":1,"cadre_id":1,"due_on":"2027-03-15","planned_on":"2027-03-08","confirmed":0,"provisional":1,"made_on":"2026-11-23","visit_id":null,"sequence":0}');
INSERT INTO "change" VALUES(33,16,'setting',1,'I',NULL,'{"id":1,"key":"due_soon_days","value":"10"}');
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
INSERT INTO "clock" VALUES(2,'91330205MA2AAAA21K','C','2026-06-01',NULL,NULL,'2026-06-01','2026-08-01');
INSERT INTO "clock" VALUES(3,'91330205MA2AAAA31L','C','2026-06-01',NULL,NULL,'2026-06-01','2026-08-01');
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
INSERT INTO "enterprise" VALUES(1,'91330205MA2AAAA11J','江畔0号机电有限公司',NULL,NULL,NULL,NULL,1,'2026-06-01',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "enterprise" VALUES(2,'91330205MA2AAAA21K','江畔1号机电有限公司',NULL,NULL,NULL,NULL,1,'2026-06-01',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "enterprise" VALUES(3,'91330205MA2AAAA31L','江畔2号机电有限公司',NULL,NULL,NULL,NULL,1,'2026-06-01',NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO "operation" VALUES(1,'2026-11-23T01:00:00+00:00','2026-11-23','clerk','desk','["esm", "test"]','0007',NULL,3,'0000000000000000000000000000000000000000000000000000000000000000','99a1f1a2e9574eb5342df5f0f25ccc972a9e29d11f3b99d8f88ad258d21f2dd8');
INSERT INTO "operation" VALUES(2,'2026-11-23T01:00:00+00:00','2026-11-23','clerk','desk','["esm", "test"]','0007',NULL,3,'99a1f1a2e9574eb5342df5f0f25ccc972a9e29d11f3b99d8f88ad258d21f2dd8','b0586de0884ed63e951c99247d9c7b22f8ffd6d3244c46c6466f47f3ffd282b6');
INSERT INTO "operation" VALUES(3,'2026-11-23T01:00:00+00:00','2026-11-23','clerk','desk','["esm", "test"]','0007',NULL,3,'b0586de0884ed63e951c99247d9c7b22f8ffd6d3244c46c6466f47f3ffd282b6','7af6a672af1c252cab75c9fca312f1e81906c5da7b96285db4ffa38b5acf7488');
INSERT INTO "operation" VALUES(4,'2026-11-23T01:00:00+00:00','2026-11-23','clerk','desk','["esm", "test"]','0007',NULL,2,'7af6a672af1c252cab75c9fca312f1e81906c5da7b96285db4ffa38b5acf7488','5fe9e3d580d4b8a6152d89d4cb83ee3c5c481b8ff619136429b1da5d023c6443');
INSERT INTO "operation" VALUES(5,'2026-11-23T01:00:00+00:00','2026-11-23','clerk','desk','["esm", "test"]','0007',NULL,1,'5fe9e3d580d4b8a6152d89d4cb83ee3c5c481b8ff619136429b1da5d023c6443','529e13fe0e292cb564730fef24d5f3017a0c6b44b6e143790b2a626aded5eb95');
INSERT INTO "operation" VALUES(6,'2026-11-23T01:00:00+00:00','2026-11-23','clerk','desk','["esm", "test"]','0007',NULL,1,'529e13fe0e292cb564730fef24d5f3017a0c6b44b6e143790b2a626aded5eb95','271bddb12b97e692c0be78b98711a85bdb8aefa70abaaab01a3c886b5726eeb9');
INSERT INTO "operation" VALUES(7,'2026-11-23T01:00:00+00:00','2026-11-23','clerk','desk','["esm", "test"]','0007',NULL,2,'271bddb12b97e692c0be78b98711a85bdb8aefa70abaaab01a3c886b5726eeb9','8cb0097a268157df15e4d54a65fa5bab40d1dcb12d2a22d80ab5f8012c0006c5');
INSERT INTO "operation" VALUES(8,'2026-11-23T01:00:00+00:00','2026-11-23','clerk','desk','["esm", "test"]','0007',NULL,2,'8cb0097a268157df15e4d54a65fa5bab40d1dcb12d2a22d80ab5f8012c0006c5','097b1bc00b00b5d211c66d86af2d1ae1e3913bc64205202fa094029154a8879d');
INSERT INTO "operation" VALUES(9,'2026-11-23T01:00:00+00:00','2026-11-23','clerk','desk','["esm", "test"]','0007',8,2,'097b1bc00b00b5d211c66d86af2d1ae1e3913bc64205202fa094029154a8879d','e49a9ebbbe3efba70b9b99d84ab329a57e0ddd4ca4739bf1c8a238ac874ed7f0');
INSERT INTO "operation" VALUES(10,'2026-11-24T17:36:18+00:00','2026-11-23','clerk','desk','["esm", "recuse", "1002", "91330205MA2AAAA11J", "--reason", "kin"]','0007',NULL,1,'e49a9ebbbe3efba70b9b99d84ab329a57e0ddd4ca4739bf1c8a238ac874ed7f0','b0c9f4a3e003d08c234d277348689562c4f1401b4c2877f1bcd9d0dbd6833abf');
INSERT INTO "operation" VALUES(11,'2026-11-24T17:36:18+00:00','2026-11-23','clerk','desk','["esm", "cadre", "absence", "1001", "--from", "2026-12-01", "--until", "2026-12-05", "--deputy", "1002"]','0007',NULL,1,'b0c9f4a3e003d08c234d277348689562c4f1401b4c2877f1bcd9d0dbd6833abf','55b8f44fd387fe656ce2c530f56f1adbbc3b08601ce51f947d7cc42bc40f3b80');
INSERT INTO "operation" VALUES(12,'2026-11-24T17:36:19+00:00','2026-11-23','clerk','desk','["esm", "request", "open", "91330205MA2AAAA11J", "The road is closed to lorries", "--class", "labour", "--department", "Roads", "--new-department"]','0007',NULL,3,'55b8f44fd387fe656ce2c530f56f1adbbc3b08601ce51f947d7cc42bc40f3b80','b584b4a869efa5f51bb8c5af2928b8766a16a8ed9478ae90112a9244def04063');
INSERT INTO "operation" VALUES(13,'2026-11-24T17:36:20+00:00','2026-11-23','clerk','desk','["esm", "policy", "add", "P1", "--title", "Tax cut for small firms"]','0007',NULL,1,'b584b4a869efa5f51bb8c5af2928b8766a16a8ed9478ae90112a9244def04063','87cae179a1555404a9b67f7f2e1fc40aaf6f0b0718f21a2df1805bda5d9bb3e4');
INSERT INTO "operation" VALUES(14,'2026-11-24T17:36:21+00:00','2026-11-23','clerk','desk','["esm", "assign"]','0007',NULL,1,'87cae179a1555404a9b67f7f2e1fc40aaf6f0b0718f21a2df1805bda5d9bb3e4','aedb346e7afe5773dce336dad96c9e2c98dd66209163ae328126aea1790cb74c');
INSERT INTO "operation" VALUES(15,'2026-11-24T17:36:22+00:00','2026-11-23','clerk','desk','["esm", "schedule"]','0007',NULL,6,'aedb346e7afe5773dce336dad96c9e2c98dd66209163ae328126aea1790cb74c','d0a1a6f7e4ed03947f5bae1e0f4d920bbbddda01d97c4fbbcb5e47d982312fb0');
INSERT INTO "operation" VALUES(16,'2026-11-24T17:36:22+00:00','2026-11-23','clerk','desk','["esm", "config", "set", "due_soon_days", "10"]','0007',NULL,1,'d0a1a6f7e4ed03947f5bae1e0f4d920bbbddda01d97c4fbbcb5e47d982312fb0','7febb07aa24bc617ef0d847b90d3b8e19d98a5e58185e4b7010d8e2ebdcc9c08');
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
INSERT INTO "pairing" VALUES(2,2,2,0,'{"change": "new", "previous": null, "penalty": {"subdistrict": 0, "expertise": 0, "rank": 0, "load": 0}, "skipped": []}','2026-11-23',NULL);
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
    visit_id INTEGER, sequence INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_plan_sequence CHECK (sequence >= 0),
    CONSTRAINT pk_plan PRIMARY KEY (id),
    CONSTRAINT fk_plan_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id),
    CONSTRAINT fk_plan_cadre_id FOREIGN KEY(cadre_id) REFERENCES cadre (id),
    CONSTRAINT fk_plan_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id)
) STRICT;
INSERT INTO "plan" VALUES(1,2,2,'2026-08-01','2026-11-23',0,0,'2026-11-23',NULL,0);
INSERT INTO "plan" VALUES(2,2,2,'2027-01-23','2027-01-15',0,1,'2026-11-23',NULL,0);
INSERT INTO "plan" VALUES(3,2,2,'2027-03-15','2027-03-08',0,1,'2026-11-23',NULL,0);
INSERT INTO "plan" VALUES(4,1,1,'2026-11-01','2026-11-23',0,0,'2026-11-23',NULL,0);
INSERT INTO "plan" VALUES(5,1,1,'2027-01-23','2027-01-15',0,1,'2026-11-23',NULL,0);
INSERT INTO "plan" VALUES(6,1,1,'2027-03-15','2027-03-08',0,1,'2026-11-23',NULL,0);
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
INSERT INTO "policy" VALUES(1,'P1','Tax cut for small firms',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0);
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
INSERT INTO "posting" VALUES(2,2,NULL,'0001-01-01',NULL);
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
) STRICT;
INSERT INTO "recusal" VALUES(1,2,1,'kin','other');
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
INSERT INTO "request" VALUES(1,1,1,NULL,'2026-11-23','labour','help','The road is closed to lorries',1,3,7);
CREATE TABLE request_class (
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT,
    retired INTEGER NOT NULL CONSTRAINT ck_request_class_retired CHECK (retired IN (0, 1)),
    CONSTRAINT pk_request_class PRIMARY KEY (id),
    CONSTRAINT uq_request_class_code UNIQUE (code)
) STRICT;
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
INSERT INTO "request_event" VALUES(1,1,'accept','2026-11-23','clerk',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "request_event" VALUES(2,1,'dispatch','2026-11-23','clerk','Roads',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO "scope" VALUES(2,2,'register','2026-06-01',NULL);
INSERT INTO "scope" VALUES(3,3,'register','2026-06-01',NULL);
CREATE TABLE setting (
    id INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY (id),
    CONSTRAINT uq_setting_key UNIQUE ("key")
) STRICT;
INSERT INTO "setting" VALUES(1,'due_soon_days','10');
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
    cancel_reason TEXT, met_with TEXT, business TEXT CONSTRAINT ck_visit_business CHECK (business IN ('growing', 'steady', 'shrinking', 'stopped')), satisfaction TEXT CONSTRAINT ck_visit_satisfaction CHECK (satisfaction IN ('satisfied', 'partly', 'dissatisfied')),
    CONSTRAINT pk_visit PRIMARY KEY (id),
    CONSTRAINT fk_visit_enterprise_id FOREIGN KEY(enterprise_id) REFERENCES enterprise (id),
    CONSTRAINT fk_visit_cadre_id FOREIGN KEY(cadre_id) REFERENCES cadre (id)
) STRICT;
INSERT INTO "visit" VALUES(1,1,1,'2026-09-01','on_site','met',NULL,'2026-11-23',NULL,NULL,NULL,NULL,NULL);
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
CREATE INDEX ix_recusal_enterprise_id ON recusal (enterprise_id);
CREATE INDEX ix_absence_deputy_id ON absence (deputy_id);
CREATE INDEX ix_blackout_enterprise_id_start_on ON blackout (enterprise_id, start_on);
CREATE INDEX ix_companion_cadre_id ON companion (cadre_id);
CREATE INDEX ix_companion_visit_id ON companion (visit_id);
CREATE INDEX ix_promise_open ON promise (enterprise_id, due_on) WHERE kept_on IS NULL;
CREATE INDEX ix_promise_visit_id ON promise (visit_id);
CREATE INDEX ix_outside_visit_done_on ON outside_visit (done_on);
CREATE UNIQUE INDEX uq_outside_visit_standing ON outside_visit (enterprise_id, department, done_on) WHERE cancelled_on IS NULL;
CREATE INDEX ix_cancelled_plan_cadre_id_planned_on ON cancelled_plan (cadre_id, planned_on);
CREATE INDEX ix_cancelled_plan_plan_id ON cancelled_plan (plan_id);
CREATE INDEX ix_request_cadre_id ON request (cadre_id);
CREATE INDEX ix_request_enterprise_id_received_on ON request (enterprise_id, received_on);
CREATE INDEX ix_request_received_on ON request (received_on);
CREATE INDEX ix_request_visit_id ON request (visit_id);
CREATE INDEX ix_request_event_department ON request_event (department);
CREATE INDEX ix_request_event_request_id_done_on ON request_event (request_id, done_on);
CREATE INDEX ix_briefing_cadre_id ON briefing (cadre_id);
CREATE INDEX ix_briefing_enterprise_id_done_on ON briefing (enterprise_id, done_on);
CREATE INDEX ix_briefing_visit_id ON briefing (visit_id);
CREATE INDEX ix_application_enterprise_id_done_on ON application (enterprise_id, done_on);
CREATE INDEX ix_relief_done_on ON relief (done_on);
CREATE INDEX ix_relief_enterprise_id_done_on ON relief (enterprise_id, done_on)
;
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
    SELECT scope.enterprise_id, enterprise.uscc, profile.tier, scope.start_on, scope.end_on,
           CAST(coalesce((SELECT value FROM setting WHERE key = 'cadence_months_' || lower(profile.tier)), '2')
                AS INTEGER) AS months,
           EXISTS (SELECT 1 FROM scope AS earlier
                   WHERE earlier.enterprise_id = scope.enterprise_id
                     AND earlier.start_on < scope.start_on) AS reentered,
           (SELECT max(visit.done_on) FROM visit
            WHERE visit.enterprise_id = scope.enterprise_id AND visit.channel = 'on_site'
              AND visit.outcome = 'met' AND visit.cancelled_on IS NULL ) AS last_visit_on
    FROM scope
    JOIN enterprise ON enterprise.id = scope.enterprise_id
    JOIN profile ON profile.enterprise_id = scope.enterprise_id AND profile.end_on IS NULL
    WHERE scope.start_on = (SELECT max(latest.start_on) FROM scope AS latest
                                     WHERE latest.enterprise_id = scope.enterprise_id) ) );
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
       cadre.expertise, cadre.phone, cadre.capacity, cadre.active_from, cadre.left_on, cadre.email
FROM cadre LEFT JOIN posting ON posting.cadre_id = cadre.id AND posting.end_on IS NULL;
CREATE TRIGGER journal_setting_insert AFTER INSERT ON setting BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'setting', NEW.id, 'I', NULL, json_object('id', NEW.id, 'key', NEW.key, 'value', NEW.value));
            END;
CREATE TRIGGER journal_setting_update AFTER UPDATE ON setting BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'setting', NEW.id, 'U', json_object('id', OLD.id, 'key', OLD.key, 'value', OLD.value), json_object('id', NEW.id, 'key', NEW.key, 'value', NEW.value));
            END;
CREATE TRIGGER journal_setting_delete AFTER DELETE ON setting BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'setting', OLD.id, 'D', json_object('id', OLD.id, 'key', OLD.key, 'value', OLD.value), NULL);
            END;
CREATE TRIGGER setting_id_is_fixed BEFORE UPDATE OF id ON setting WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER setting_is_not_replaced BEFORE INSERT ON setting
        WHEN EXISTS (SELECT 1 FROM setting WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_cadre_insert AFTER INSERT ON cadre BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'cadre', NEW.id, 'I', NULL, json_object('id', NEW.id, 'staff_no', NEW.staff_no, 'name', NEW.name, 'title', NEW.title, 'rank', NEW.rank, 'subdistrict', NEW.subdistrict, 'expertise', NEW.expertise, 'phone', NEW.phone, 'capacity', NEW.capacity, 'active_from', NEW.active_from, 'left_on', NEW.left_on, 'email', NEW.email));
            END;
CREATE TRIGGER journal_cadre_update AFTER UPDATE ON cadre BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'cadre', NEW.id, 'U', json_object('id', OLD.id, 'staff_no', OLD.staff_no, 'name', OLD.name, 'title', OLD.title, 'rank', OLD.rank, 'subdistrict', OLD.subdistrict, 'expertise', OLD.expertise, 'phone', OLD.phone, 'capacity', OLD.capacity, 'active_from', OLD.active_from, 'left_on', OLD.left_on, 'email', OLD.email), json_object('id', NEW.id, 'staff_no', NEW.staff_no, 'name', NEW.name, 'title', NEW.title, 'rank', NEW.rank, 'subdistrict', NEW.subdistrict, 'expertise', NEW.expertise, 'phone', NEW.phone, 'capacity', NEW.capacity, 'active_from', NEW.active_from, 'left_on', NEW.left_on, 'email', NEW.email));
            END;
CREATE TRIGGER journal_cadre_delete AFTER DELETE ON cadre BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'cadre', OLD.id, 'D', json_object('id', OLD.id, 'staff_no', OLD.staff_no, 'name', OLD.name, 'title', OLD.title, 'rank', OLD.rank, 'subdistrict', OLD.subdistrict, 'expertise', OLD.expertise, 'phone', OLD.phone, 'capacity', OLD.capacity, 'active_from', OLD.active_from, 'left_on', OLD.left_on, 'email', OLD.email), NULL);
            END;
CREATE TRIGGER cadre_id_is_fixed BEFORE UPDATE OF id ON cadre WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER cadre_is_not_replaced BEFORE INSERT ON cadre
        WHEN EXISTS (SELECT 1 FROM cadre WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_posting_insert AFTER INSERT ON posting BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'posting', NEW.id, 'I', NULL, json_object('id', NEW.id, 'cadre_id', NEW.cadre_id, 'department', NEW.department, 'start_on', NEW.start_on, 'end_on', NEW.end_on));
            END;
CREATE TRIGGER journal_posting_update AFTER UPDATE ON posting BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'posting', NEW.id, 'U', json_object('id', OLD.id, 'cadre_id', OLD.cadre_id, 'department', OLD.department, 'start_on', OLD.start_on, 'end_on', OLD.end_on), json_object('id', NEW.id, 'cadre_id', NEW.cadre_id, 'department', NEW.department, 'start_on', NEW.start_on, 'end_on', NEW.end_on));
            END;
CREATE TRIGGER journal_posting_delete AFTER DELETE ON posting BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'posting', OLD.id, 'D', json_object('id', OLD.id, 'cadre_id', OLD.cadre_id, 'department', OLD.department, 'start_on', OLD.start_on, 'end_on', OLD.end_on), NULL);
            END;
CREATE TRIGGER posting_id_is_fixed BEFORE UPDATE OF id ON posting WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER posting_is_not_replaced BEFORE INSERT ON posting
        WHEN EXISTS (SELECT 1 FROM posting WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_enterprise_insert AFTER INSERT ON enterprise BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'enterprise', NEW.id, 'I', NULL, json_object('id', NEW.id, 'uscc', NEW.uscc, 'name', NEW.name, 'address', NEW.address, 'revenue', NEW.revenue, 'employees', NEW.employees, 'qualified', NEW.qualified, 'above_scale', NEW.above_scale, 'enrolled_on', NEW.enrolled_on, 'exited_on', NEW.exited_on, 'contact_name', NEW.contact_name, 'contact_title', NEW.contact_title, 'contact_phone', NEW.contact_phone, 'verified_on', NEW.verified_on));
            END;
CREATE TRIGGER journal_enterprise_update AFTER UPDATE ON enterprise BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'enterprise', NEW.id, 'U', json_object('id', OLD.id, 'uscc', OLD.uscc, 'name', OLD.name, 'address', OLD.address, 'revenue', OLD.revenue, 'employees', OLD.employees, 'qualified', OLD.qualified, 'above_scale', OLD.above_scale, 'enrolled_on', OLD.enrolled_on, 'exited_on', OLD.exited_on, 'contact_name', OLD.contact_name, 'contact_title', OLD.contact_title, 'contact_phone', OLD.contact_phone, 'verified_on', OLD.verified_on), json_object('id', NEW.id, 'uscc', NEW.uscc, 'name', NEW.name, 'address', NEW.address, 'revenue', NEW.revenue, 'employees', NEW.employees, 'qualified', NEW.qualified, 'above_scale', NEW.above_scale, 'enrolled_on', NEW.enrolled_on, 'exited_on', NEW.exited_on, 'contact_name', NEW.contact_name, 'contact_title', NEW.contact_title, 'contact_phone', NEW.contact_phone, 'verified_on', NEW.verified_on));
            END;
CREATE TRIGGER journal_enterprise_delete AFTER DELETE ON enterprise BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'enterprise', OLD.id, 'D', json_object('id', OLD.id, 'uscc', OLD.uscc, 'name', OLD.name, 'address', OLD.address, 'revenue', OLD.revenue, 'employees', OLD.employees, 'qualified', OLD.qualified, 'above_scale', OLD.above_scale, 'enrolled_on', OLD.enrolled_on, 'exited_on', OLD.exited_on, 'contact_name', OLD.contact_name, 'contact_title', OLD.contact_title, 'contact_phone', OLD.contact_phone, 'verified_on', OLD.verified_on), NULL);
            END;
CREATE TRIGGER enterprise_id_is_fixed BEFORE UPDATE OF id ON enterprise WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER enterprise_is_not_replaced BEFORE INSERT ON enterprise
        WHEN EXISTS (SELECT 1 FROM enterprise WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_profile_insert AFTER INSERT ON profile BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'profile', NEW.id, 'I', NULL, json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'tier', NEW.tier, 'subdistrict', NEW.subdistrict, 'industry_code', NEW.industry_code, 'start_on', NEW.start_on, 'end_on', NEW.end_on));
            END;
CREATE TRIGGER journal_profile_update AFTER UPDATE ON profile BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'profile', NEW.id, 'U', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'tier', OLD.tier, 'subdistrict', OLD.subdistrict, 'industry_code', OLD.industry_code, 'start_on', OLD.start_on, 'end_on', OLD.end_on), json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'tier', NEW.tier, 'subdistrict', NEW.subdistrict, 'industry_code', NEW.industry_code, 'start_on', NEW.start_on, 'end_on', NEW.end_on));
            END;
CREATE TRIGGER journal_profile_delete AFTER DELETE ON profile BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'profile', OLD.id, 'D', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'tier', OLD.tier, 'subdistrict', OLD.subdistrict, 'industry_code', OLD.industry_code, 'start_on', OLD.start_on, 'end_on', OLD.end_on), NULL);
            END;
CREATE TRIGGER profile_id_is_fixed BEFORE UPDATE OF id ON profile WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER profile_is_not_replaced BEFORE INSERT ON profile
        WHEN EXISTS (SELECT 1 FROM profile WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_scope_insert AFTER INSERT ON scope BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'scope', NEW.id, 'I', NULL, json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'basis', NEW.basis, 'start_on', NEW.start_on, 'end_on', NEW.end_on));
            END;
CREATE TRIGGER journal_scope_update AFTER UPDATE ON scope BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'scope', NEW.id, 'U', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'basis', OLD.basis, 'start_on', OLD.start_on, 'end_on', OLD.end_on), json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'basis', NEW.basis, 'start_on', NEW.start_on, 'end_on', NEW.end_on));
            END;
CREATE TRIGGER journal_scope_delete AFTER DELETE ON scope BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'scope', OLD.id, 'D', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'basis', OLD.basis, 'start_on', OLD.start_on, 'end_on', OLD.end_on), NULL);
            END;
CREATE TRIGGER scope_id_is_fixed BEFORE UPDATE OF id ON scope WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER scope_is_not_replaced BEFORE INSERT ON scope
        WHEN EXISTS (SELECT 1 FROM scope WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_pause_insert AFTER INSERT ON pause BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'pause', NEW.id, 'I', NULL, json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'reason', NEW.reason, 'start_on', NEW.start_on, 'end_on', NEW.end_on));
            END;
CREATE TRIGGER journal_pause_update AFTER UPDATE ON pause BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'pause', NEW.id, 'U', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'reason', OLD.reason, 'start_on', OLD.start_on, 'end_on', OLD.end_on), json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'reason', NEW.reason, 'start_on', NEW.start_on, 'end_on', NEW.end_on));
            END;
CREATE TRIGGER journal_pause_delete AFTER DELETE ON pause BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'pause', OLD.id, 'D', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'reason', OLD.reason, 'start_on', OLD.start_on, 'end_on', OLD.end_on), NULL);
            END;
CREATE TRIGGER pause_id_is_fixed BEFORE UPDATE OF id ON pause WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER pause_is_not_replaced BEFORE INSERT ON pause
        WHEN EXISTS (SELECT 1 FROM pause WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_pairing_insert AFTER INSERT ON pairing BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'pairing', NEW.id, 'I', NULL, json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'cadre_id', NEW.cadre_id, 'pinned', NEW.pinned, 'why', NEW.why, 'start_on', NEW.start_on, 'end_on', NEW.end_on));
            END;
CREATE TRIGGER journal_pairing_update AFTER UPDATE ON pairing BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'pairing', NEW.id, 'U', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'cadre_id', OLD.cadre_id, 'pinned', OLD.pinned, 'why', OLD.why, 'start_on', OLD.start_on, 'end_on', OLD.end_on), json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'cadre_id', NEW.cadre_id, 'pinned', NEW.pinned, 'why', NEW.why, 'start_on', NEW.start_on, 'end_on', NEW.end_on));
            END;
CREATE TRIGGER journal_pairing_delete AFTER DELETE ON pairing BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'pairing', OLD.id, 'D', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'cadre_id', OLD.cadre_id, 'pinned', OLD.pinned, 'why', OLD.why, 'start_on', OLD.start_on, 'end_on', OLD.end_on), NULL);
            END;
CREATE TRIGGER pairing_id_is_fixed BEFORE UPDATE OF id ON pairing WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER pairing_is_not_replaced BEFORE INSERT ON pairing
        WHEN EXISTS (SELECT 1 FROM pairing WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_visit_insert AFTER INSERT ON visit BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'visit', NEW.id, 'I', NULL, json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'cadre_id', NEW.cadre_id, 'done_on', NEW.done_on, 'channel', NEW.channel, 'outcome', NEW.outcome, 'minutes', NEW.minutes, 'recorded_on', NEW.recorded_on, 'cancelled_on', NEW.cancelled_on, 'cancel_reason', NEW.cancel_reason, 'met_with', NEW.met_with, 'business', NEW.business, 'satisfaction', NEW.satisfaction));
            END;
CREATE TRIGGER journal_visit_update AFTER UPDATE ON visit BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'visit', NEW.id, 'U', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'cadre_id', OLD.cadre_id, 'done_on', OLD.done_on, 'channel', OLD.channel, 'outcome', OLD.outcome, 'minutes', OLD.minutes, 'recorded_on', OLD.recorded_on, 'cancelled_on', OLD.cancelled_on, 'cancel_reason', OLD.cancel_reason, 'met_with', OLD.met_with, 'business', OLD.business, 'satisfaction', OLD.satisfaction), json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'cadre_id', NEW.cadre_id, 'done_on', NEW.done_on, 'channel', NEW.channel, 'outcome', NEW.outcome, 'minutes', NEW.minutes, 'recorded_on', NEW.recorded_on, 'cancelled_on', NEW.cancelled_on, 'cancel_reason', NEW.cancel_reason, 'met_with', NEW.met_with, 'business', NEW.business, 'satisfaction', NEW.satisfaction));
            END;
CREATE TRIGGER journal_visit_delete AFTER DELETE ON visit BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'visit', OLD.id, 'D', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'cadre_id', OLD.cadre_id, 'done_on', OLD.done_on, 'channel', OLD.channel, 'outcome', OLD.outcome, 'minutes', OLD.minutes, 'recorded_on', OLD.recorded_on, 'cancelled_on', OLD.cancelled_on, 'cancel_reason', OLD.cancel_reason, 'met_with', OLD.met_with, 'business', OLD.business, 'satisfaction', OLD.satisfaction), NULL);
            END;
CREATE TRIGGER visit_id_is_fixed BEFORE UPDATE OF id ON visit WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER visit_is_not_replaced BEFORE INSERT ON visit
        WHEN EXISTS (SELECT 1 FROM visit WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_plan_insert AFTER INSERT ON plan BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'plan', NEW.id, 'I', NULL, json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'cadre_id', NEW.cadre_id, 'due_on', NEW.due_on, 'planned_on', NEW.planned_on, 'confirmed', NEW.confirmed, 'provisional', NEW.provisional, 'made_on', NEW.made_on, 'visit_id', NEW.visit_id, 'sequence', NEW.sequence));
            END;
CREATE TRIGGER journal_plan_update AFTER UPDATE ON plan BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'plan', NEW.id, 'U', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'cadre_id', OLD.cadre_id, 'due_on', OLD.due_on, 'planned_on', OLD.planned_on, 'confirmed', OLD.confirmed, 'provisional', OLD.provisional, 'made_on', OLD.made_on, 'visit_id', OLD.visit_id, 'sequence', OLD.sequence), json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'cadre_id', NEW.cadre_id, 'due_on', NEW.due_on, 'planned_on', NEW.planned_on, 'confirmed', NEW.confirmed, 'provisional', NEW.provisional, 'made_on', NEW.made_on, 'visit_id', NEW.visit_id, 'sequence', NEW.sequence));
            END;
CREATE TRIGGER journal_plan_delete AFTER DELETE ON plan BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'plan', OLD.id, 'D', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'cadre_id', OLD.cadre_id, 'due_on', OLD.due_on, 'planned_on', OLD.planned_on, 'confirmed', OLD.confirmed, 'provisional', OLD.provisional, 'made_on', OLD.made_on, 'visit_id', OLD.visit_id, 'sequence', OLD.sequence), NULL);
            END;
CREATE TRIGGER plan_id_is_fixed BEFORE UPDATE OF id ON plan WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER plan_is_not_replaced BEFORE INSERT ON plan
        WHEN EXISTS (SELECT 1 FROM plan WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_recusal_insert AFTER INSERT ON recusal BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'recusal', NEW.id, 'I', NULL, json_object('id', NEW.id, 'cadre_id', NEW.cadre_id, 'enterprise_id', NEW.enterprise_id, 'reason', NEW.reason, 'kind', NEW.kind));
            END;
CREATE TRIGGER journal_recusal_update AFTER UPDATE ON recusal BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'recusal', NEW.id, 'U', json_object('id', OLD.id, 'cadre_id', OLD.cadre_id, 'enterprise_id', OLD.enterprise_id, 'reason', OLD.reason, 'kind', OLD.kind), json_object('id', NEW.id, 'cadre_id', NEW.cadre_id, 'enterprise_id', NEW.enterprise_id, 'reason', NEW.reason, 'kind', NEW.kind));
            END;
CREATE TRIGGER journal_recusal_delete AFTER DELETE ON recusal BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'recusal', OLD.id, 'D', json_object('id', OLD.id, 'cadre_id', OLD.cadre_id, 'enterprise_id', OLD.enterprise_id, 'reason', OLD.reason, 'kind', OLD.kind), NULL);
            END;
CREATE TRIGGER recusal_id_is_fixed BEFORE UPDATE OF id ON recusal WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER recusal_is_not_replaced BEFORE INSERT ON recusal
        WHEN EXISTS (SELECT 1 FROM recusal WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_absence_insert AFTER INSERT ON absence BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'absence', NEW.id, 'I', NULL, json_object('id', NEW.id, 'cadre_id', NEW.cadre_id, 'reason', NEW.reason, 'start_on', NEW.start_on, 'end_on', NEW.end_on, 'deputy_id', NEW.deputy_id));
            END;
CREATE TRIGGER journal_absence_update AFTER UPDATE ON absence BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'absence', NEW.id, 'U', json_object('id', OLD.id, 'cadre_id', OLD.cadre_id, 'reason', OLD.reason, 'start_on', OLD.start_on, 'end_on', OLD.end_on, 'deputy_id', OLD.deputy_id), json_object('id', NEW.id, 'cadre_id', NEW.cadre_id, 'reason', NEW.reason, 'start_on', NEW.start_on, 'end_on', NEW.end_on, 'deputy_id', NEW.deputy_id));
            END;
CREATE TRIGGER journal_absence_delete AFTER DELETE ON absence BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'absence', OLD.id, 'D', json_object('id', OLD.id, 'cadre_id', OLD.cadre_id, 'reason', OLD.reason, 'start_on', OLD.start_on, 'end_on', OLD.end_on, 'deputy_id', OLD.deputy_id), NULL);
            END;
CREATE TRIGGER absence_id_is_fixed BEFORE UPDATE OF id ON absence WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER absence_is_not_replaced BEFORE INSERT ON absence
        WHEN EXISTS (SELECT 1 FROM absence WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_holiday_insert AFTER INSERT ON holiday BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'holiday', NEW.id, 'I', NULL, json_object('id', NEW.id, 'falls_on', NEW.falls_on, 'worked', NEW.worked, 'name', NEW.name, 'notice', NEW.notice, 'source', NEW.source));
            END;
CREATE TRIGGER journal_holiday_update AFTER UPDATE ON holiday BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'holiday', NEW.id, 'U', json_object('id', OLD.id, 'falls_on', OLD.falls_on, 'worked', OLD.worked, 'name', OLD.name, 'notice', OLD.notice, 'source', OLD.source), json_object('id', NEW.id, 'falls_on', NEW.falls_on, 'worked', NEW.worked, 'name', NEW.name, 'notice', NEW.notice, 'source', NEW.source));
            END;
CREATE TRIGGER journal_holiday_delete AFTER DELETE ON holiday BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'holiday', OLD.id, 'D', json_object('id', OLD.id, 'falls_on', OLD.falls_on, 'worked', OLD.worked, 'name', OLD.name, 'notice', OLD.notice, 'source', OLD.source), NULL);
            END;
CREATE TRIGGER holiday_id_is_fixed BEFORE UPDATE OF id ON holiday WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER holiday_is_not_replaced BEFORE INSERT ON holiday
        WHEN EXISTS (SELECT 1 FROM holiday WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_blackout_insert AFTER INSERT ON blackout BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'blackout', NEW.id, 'I', NULL, json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'reason', NEW.reason, 'start_on', NEW.start_on, 'end_on', NEW.end_on));
            END;
CREATE TRIGGER journal_blackout_update AFTER UPDATE ON blackout BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'blackout', NEW.id, 'U', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'reason', OLD.reason, 'start_on', OLD.start_on, 'end_on', OLD.end_on), json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'reason', NEW.reason, 'start_on', NEW.start_on, 'end_on', NEW.end_on));
            END;
CREATE TRIGGER journal_blackout_delete AFTER DELETE ON blackout BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'blackout', OLD.id, 'D', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'reason', OLD.reason, 'start_on', OLD.start_on, 'end_on', OLD.end_on), NULL);
            END;
CREATE TRIGGER blackout_id_is_fixed BEFORE UPDATE OF id ON blackout WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER blackout_is_not_replaced BEFORE INSERT ON blackout
        WHEN EXISTS (SELECT 1 FROM blackout WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_companion_insert AFTER INSERT ON companion BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'companion', NEW.id, 'I', NULL, json_object('id', NEW.id, 'visit_id', NEW.visit_id, 'cadre_id', NEW.cadre_id, 'department', NEW.department));
            END;
CREATE TRIGGER journal_companion_update AFTER UPDATE ON companion BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'companion', NEW.id, 'U', json_object('id', OLD.id, 'visit_id', OLD.visit_id, 'cadre_id', OLD.cadre_id, 'department', OLD.department), json_object('id', NEW.id, 'visit_id', NEW.visit_id, 'cadre_id', NEW.cadre_id, 'department', NEW.department));
            END;
CREATE TRIGGER journal_companion_delete AFTER DELETE ON companion BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'companion', OLD.id, 'D', json_object('id', OLD.id, 'visit_id', OLD.visit_id, 'cadre_id', OLD.cadre_id, 'department', OLD.department), NULL);
            END;
CREATE TRIGGER companion_id_is_fixed BEFORE UPDATE OF id ON companion WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER companion_is_not_replaced BEFORE INSERT ON companion
        WHEN EXISTS (SELECT 1 FROM companion WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_promise_insert AFTER INSERT ON promise BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'promise', NEW.id, 'I', NULL, json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'visit_id', NEW.visit_id, 'words', NEW.words, 'due_on', NEW.due_on, 'kept_on', NEW.kept_on));
            END;
CREATE TRIGGER journal_promise_update AFTER UPDATE ON promise BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'promise', NEW.id, 'U', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'visit_id', OLD.visit_id, 'words', OLD.words, 'due_on', OLD.due_on, 'kept_on', OLD.kept_on), json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'visit_id', NEW.visit_id, 'words', NEW.words, 'due_on', NEW.due_on, 'kept_on', NEW.kept_on));
            END;
CREATE TRIGGER journal_promise_delete AFTER DELETE ON promise BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'promise', OLD.id, 'D', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'visit_id', OLD.visit_id, 'words', OLD.words, 'due_on', OLD.due_on, 'kept_on', OLD.kept_on), NULL);
            END;
CREATE TRIGGER promise_id_is_fixed BEFORE UPDATE OF id ON promise WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER promise_is_not_replaced BEFORE INSERT ON promise
        WHEN EXISTS (SELECT 1 FROM promise WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_outside_visit_insert AFTER INSERT ON outside_visit BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'outside_visit', NEW.id, 'I', NULL, json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'department', NEW.department, 'done_on', NEW.done_on, 'minutes', NEW.minutes, 'recorded_on', NEW.recorded_on, 'cancelled_on', NEW.cancelled_on, 'cancel_reason', NEW.cancel_reason));
            END;
CREATE TRIGGER journal_outside_visit_update AFTER UPDATE ON outside_visit BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'outside_visit', NEW.id, 'U', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'department', OLD.department, 'done_on', OLD.done_on, 'minutes', OLD.minutes, 'recorded_on', OLD.recorded_on, 'cancelled_on', OLD.cancelled_on, 'cancel_reason', OLD.cancel_reason), json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'department', NEW.department, 'done_on', NEW.done_on, 'minutes', NEW.minutes, 'recorded_on', NEW.recorded_on, 'cancelled_on', NEW.cancelled_on, 'cancel_reason', NEW.cancel_reason));
            END;
CREATE TRIGGER journal_outside_visit_delete AFTER DELETE ON outside_visit BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'outside_visit', OLD.id, 'D', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'department', OLD.department, 'done_on', OLD.done_on, 'minutes', OLD.minutes, 'recorded_on', OLD.recorded_on, 'cancelled_on', OLD.cancelled_on, 'cancel_reason', OLD.cancel_reason), NULL);
            END;
CREATE TRIGGER outside_visit_id_is_fixed BEFORE UPDATE OF id ON outside_visit WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER outside_visit_is_not_replaced BEFORE INSERT ON outside_visit
        WHEN EXISTS (SELECT 1 FROM outside_visit WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_cancelled_plan_insert AFTER INSERT ON cancelled_plan BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'cancelled_plan', NEW.id, 'I', NULL, json_object('id', NEW.id, 'plan_id', NEW.plan_id, 'enterprise_id', NEW.enterprise_id, 'cadre_id', NEW.cadre_id, 'planned_on', NEW.planned_on, 'sequence', NEW.sequence, 'cancelled_on', NEW.cancelled_on, 'reason', NEW.reason));
            END;
CREATE TRIGGER journal_cancelled_plan_update AFTER UPDATE ON cancelled_plan BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'cancelled_plan', NEW.id, 'U', json_object('id', OLD.id, 'plan_id', OLD.plan_id, 'enterprise_id', OLD.enterprise_id, 'cadre_id', OLD.cadre_id, 'planned_on', OLD.planned_on, 'sequence', OLD.sequence, 'cancelled_on', OLD.cancelled_on, 'reason', OLD.reason), json_object('id', NEW.id, 'plan_id', NEW.plan_id, 'enterprise_id', NEW.enterprise_id, 'cadre_id', NEW.cadre_id, 'planned_on', NEW.planned_on, 'sequence', NEW.sequence, 'cancelled_on', NEW.cancelled_on, 'reason', NEW.reason));
            END;
CREATE TRIGGER journal_cancelled_plan_delete AFTER DELETE ON cancelled_plan BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'cancelled_plan', OLD.id, 'D', json_object('id', OLD.id, 'plan_id', OLD.plan_id, 'enterprise_id', OLD.enterprise_id, 'cadre_id', OLD.cadre_id, 'planned_on', OLD.planned_on, 'sequence', OLD.sequence, 'cancelled_on', OLD.cancelled_on, 'reason', OLD.reason), NULL);
            END;
CREATE TRIGGER cancelled_plan_id_is_fixed BEFORE UPDATE OF id ON cancelled_plan WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER cancelled_plan_is_not_replaced BEFORE INSERT ON cancelled_plan
        WHEN EXISTS (SELECT 1 FROM cancelled_plan WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_request_class_insert AFTER INSERT ON request_class BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'request_class', NEW.id, 'I', NULL, json_object('id', NEW.id, 'code', NEW.code, 'name', NEW.name, 'retired', NEW.retired));
            END;
CREATE TRIGGER journal_request_class_update AFTER UPDATE ON request_class BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'request_class', NEW.id, 'U', json_object('id', OLD.id, 'code', OLD.code, 'name', OLD.name, 'retired', OLD.retired), json_object('id', NEW.id, 'code', NEW.code, 'name', NEW.name, 'retired', NEW.retired));
            END;
CREATE TRIGGER journal_request_class_delete AFTER DELETE ON request_class BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'request_class', OLD.id, 'D', json_object('id', OLD.id, 'code', OLD.code, 'name', OLD.name, 'retired', OLD.retired), NULL);
            END;
CREATE TRIGGER request_class_id_is_fixed BEFORE UPDATE OF id ON request_class WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER request_class_is_not_replaced BEFORE INSERT ON request_class
        WHEN EXISTS (SELECT 1 FROM request_class WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_request_insert AFTER INSERT ON request BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'request', NEW.id, 'I', NULL, json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'cadre_id', NEW.cadre_id, 'visit_id', NEW.visit_id, 'received_on', NEW.received_on, 'request_class', NEW.request_class, 'nature', NEW.nature, 'subject', NEW.subject, 'accept_days', NEW.accept_days, 'answer_days', NEW.answer_days, 'close_days', NEW.close_days));
            END;
CREATE TRIGGER journal_request_update AFTER UPDATE ON request BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'request', NEW.id, 'U', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'cadre_id', OLD.cadre_id, 'visit_id', OLD.visit_id, 'received_on', OLD.received_on, 'request_class', OLD.request_class, 'nature', OLD.nature, 'subject', OLD.subject, 'accept_days', OLD.accept_days, 'answer_days', OLD.answer_days, 'close_days', OLD.close_days), json_object('id', NEW.id, 'enterprise_id', NEW.enterprise_id, 'cadre_id', NEW.cadre_id, 'visit_id', NEW.visit_id, 'received_on', NEW.received_on, 'request_class', NEW.request_class, 'nature', NEW.nature, 'subject', NEW.subject, 'accept_days', NEW.accept_days, 'answer_days', NEW.answer_days, 'close_days', NEW.close_days));
            END;
CREATE TRIGGER journal_request_delete AFTER DELETE ON request BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'request', OLD.id, 'D', json_object('id', OLD.id, 'enterprise_id', OLD.enterprise_id, 'cadre_id', OLD.cadre_id, 'visit_id', OLD.visit_id, 'received_on', OLD.received_on, 'request_class', OLD.request_class, 'nature', OLD.nature, 'subject', OLD.subject, 'accept_days', OLD.accept_days, 'answer_days', OLD.answer_days, 'close_days', OLD.close_days), NULL);
            END;
CREATE TRIGGER request_id_is_fixed BEFORE UPDATE OF id ON request WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER request_is_not_replaced BEFORE INSERT ON request
        WHEN EXISTS (SELECT 1 FROM request WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_request_event_insert AFTER INSERT ON request_event BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'request_event', NEW.id, 'I', NULL, json_object('id', NEW.id, 'request_id', NEW.request_id, 'kind', NEW.kind, 'done_on', NEW.done_on, 'who', NEW.who, 'department', NEW.department, 'supporting', NEW.supporting, 'note', NEW.note, 'until_on', NEW.until_on, 'days', NEW.days, 'outcome', NEW.outcome, 'basis', NEW.basis, 'satisfied', NEW.satisfied, 'reason', NEW.reason));
            END;
CREATE TRIGGER journal_request_event_update AFTER UPDATE ON request_event BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'request_event', NEW.id, 'U', json_object('id', OLD.id, 'request_id', OLD.request_id, 'kind', OLD.kind, 'done_on', OLD.done_on, 'who', OLD.who, 'department', OLD.department, 'supporting', OLD.supporting, 'note', OLD.note, 'until_on', OLD.until_on, 'days', OLD.days, 'outcome', OLD.outcome, 'basis', OLD.basis, 'satisfied', OLD.satisfied, 'reason', OLD.reason), json_object('id', NEW.id, 'request_id', NEW.request_id, 'kind', NEW.kind, 'done_on', NEW.done_on, 'who', NEW.who, 'department', NEW.department, 'supporting', NEW.supporting, 'note', NEW.note, 'until_on', NEW.until_on, 'days', NEW.days, 'outcome', NEW.outcome, 'basis', NEW.basis, 'satisfied', NEW.satisfied, 'reason', NEW.reason));
            END;
CREATE TRIGGER journal_request_event_delete AFTER DELETE ON request_event BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'request_event', OLD.id, 'D', json_object('id', OLD.id, 'request_id', OLD.request_id, 'kind', OLD.kind, 'done_on', OLD.done_on, 'who', OLD.who, 'department', OLD.department, 'supporting', OLD.supporting, 'note', OLD.note, 'until_on', OLD.until_on, 'days', OLD.days, 'outcome', OLD.outcome, 'basis', OLD.basis, 'satisfied', OLD.satisfied, 'reason', OLD.reason), NULL);
            END;
CREATE TRIGGER request_event_id_is_fixed BEFORE UPDATE OF id ON request_event WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER request_event_is_not_replaced BEFORE INSERT ON request_event
        WHEN EXISTS (SELECT 1 FROM request_event WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_policy_insert AFTER INSERT ON policy BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'policy', NEW.id, 'I', NULL, json_object('id', NEW.id, 'code', NEW.code, 'title', NEW.title, 'source', NEW.source, 'gives', NEW.gives, 'worth', NEW.worth, 'start_on', NEW.start_on, 'until_on', NEW.until_on, 'industries', NEW.industries, 'tiers', NEW.tiers, 'sizes', NEW.sizes, 'above_scale', NEW.above_scale, 'newly_entered', NEW.newly_entered));
            END;
CREATE TRIGGER journal_policy_update AFTER UPDATE ON policy BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'policy', NEW.id, 'U', json_object('id', OLD.id, 'code', OLD.code, 'title', OLD.title, 'source', OLD.source, 'gives', OLD.gives, 'worth', OLD.worth, 'start_on', OLD.start_on, 'until_on', OLD.until_on, 'industries', OLD.industries, 'tiers', OLD.tiers, 'sizes', OLD.sizes, 'above_scale', OLD.above_scale, 'newly_entered', OLD.newly_entered), json_object('id', NEW.id, 'code', NEW.code, 'title', NEW.title, 'source', NEW.source, 'gives', NEW.gives, 'worth', NEW.worth, 'start_on', NEW.start_on, 'until_on', NEW.until_on, 'industries', NEW.industries, 'tiers', NEW.tiers, 'sizes', NEW.sizes, 'above_scale', NEW.above_scale, 'newly_entered', NEW.newly_entered));
            END;
CREATE TRIGGER journal_policy_delete AFTER DELETE ON policy BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'policy', OLD.id, 'D', json_object('id', OLD.id, 'code', OLD.code, 'title', OLD.title, 'source', OLD.source, 'gives', OLD.gives, 'worth', OLD.worth, 'start_on', OLD.start_on, 'until_on', OLD.until_on, 'industries', OLD.industries, 'tiers', OLD.tiers, 'sizes', OLD.sizes, 'above_scale', OLD.above_scale, 'newly_entered', OLD.newly_entered), NULL);
            END;
CREATE TRIGGER policy_id_is_fixed BEFORE UPDATE OF id ON policy WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER policy_is_not_replaced BEFORE INSERT ON policy
        WHEN EXISTS (SELECT 1 FROM policy WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_briefing_insert AFTER INSERT ON briefing BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'briefing', NEW.id, 'I', NULL, json_object('id', NEW.id, 'policy_id', NEW.policy_id, 'enterprise_id', NEW.enterprise_id, 'cadre_id', NEW.cadre_id, 'visit_id', NEW.visit_id, 'done_on', NEW.done_on));
            END;
CREATE TRIGGER journal_briefing_update AFTER UPDATE ON briefing BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'briefing', NEW.id, 'U', json_object('id', OLD.id, 'policy_id', OLD.policy_id, 'enterprise_id', OLD.enterprise_id, 'cadre_id', OLD.cadre_id, 'visit_id', OLD.visit_id, 'done_on', OLD.done_on), json_object('id', NEW.id, 'policy_id', NEW.policy_id, 'enterprise_id', NEW.enterprise_id, 'cadre_id', NEW.cadre_id, 'visit_id', NEW.visit_id, 'done_on', NEW.done_on));
            END;
CREATE TRIGGER journal_briefing_delete AFTER DELETE ON briefing BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'briefing', OLD.id, 'D', json_object('id', OLD.id, 'policy_id', OLD.policy_id, 'enterprise_id', OLD.enterprise_id, 'cadre_id', OLD.cadre_id, 'visit_id', OLD.visit_id, 'done_on', OLD.done_on), NULL);
            END;
CREATE TRIGGER briefing_id_is_fixed BEFORE UPDATE OF id ON briefing WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER briefing_is_not_replaced BEFORE INSERT ON briefing
        WHEN EXISTS (SELECT 1 FROM briefing WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_application_insert AFTER INSERT ON application BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'application', NEW.id, 'I', NULL, json_object('id', NEW.id, 'policy_id', NEW.policy_id, 'enterprise_id', NEW.enterprise_id, 'kind', NEW.kind, 'done_on', NEW.done_on, 'note', NEW.note));
            END;
CREATE TRIGGER journal_application_update AFTER UPDATE ON application BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'application', NEW.id, 'U', json_object('id', OLD.id, 'policy_id', OLD.policy_id, 'enterprise_id', OLD.enterprise_id, 'kind', OLD.kind, 'done_on', OLD.done_on, 'note', OLD.note), json_object('id', NEW.id, 'policy_id', NEW.policy_id, 'enterprise_id', NEW.enterprise_id, 'kind', NEW.kind, 'done_on', NEW.done_on, 'note', NEW.note));
            END;
CREATE TRIGGER journal_application_delete AFTER DELETE ON application BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'application', OLD.id, 'D', json_object('id', OLD.id, 'policy_id', OLD.policy_id, 'enterprise_id', OLD.enterprise_id, 'kind', OLD.kind, 'done_on', OLD.done_on, 'note', OLD.note), NULL);
            END;
CREATE TRIGGER application_id_is_fixed BEFORE UPDATE OF id ON application WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER application_is_not_replaced BEFORE INSERT ON application
        WHEN EXISTS (SELECT 1 FROM application WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'esm: a row with this id exists'); END;
CREATE TRIGGER journal_relief_insert AFTER INSERT ON relief BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'relief', NEW.id, 'I', NULL, json_object('id', NEW.id, 'policy_id', NEW.policy_id, 'enterprise_id', NEW.enterprise_id, 'kind', NEW.kind, 'done_on', NEW.done_on, 'amount', NEW.amount));
            END;
CREATE TRIGGER journal_relief_update AFTER UPDATE ON relief BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'relief', NEW.id, 'U', json_object('id', OLD.id, 'policy_id', OLD.policy_id, 'enterprise_id', OLD.enterprise_id, 'kind', OLD.kind, 'done_on', OLD.done_on, 'amount', OLD.amount), json_object('id', NEW.id, 'policy_id', NEW.policy_id, 'enterprise_id', NEW.enterprise_id, 'kind', NEW.kind, 'done_on', NEW.done_on, 'amount', NEW.amount));
            END;
CREATE TRIGGER journal_relief_delete AFTER DELETE ON relief BEGIN
              INSERT INTO change (operation_id, subject, row_id, kind, old, new)
              VALUES (coalesce((SELECT id FROM operation WHERE hash IS NULL), RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change')), 'relief', OLD.id, 'D', json_object('id', OLD.id, 'policy_id', OLD.policy_id, 'enterprise_id', OLD.enterprise_id, 'kind', OLD.kind, 'done_on', OLD.done_on, 'amount', OLD.amount), NULL);
            END;
CREATE TRIGGER relief_id_is_fixed BEFORE UPDATE OF id ON relief WHEN NEW.id IS NOT OLD.id
        BEGIN SELECT RAISE(ABORT, 'esm: an id never changes'); END;
CREATE TRIGGER relief_is_not_replaced BEFORE INSERT ON relief
        WHEN EXISTS (SELECT 1 FROM relief WHERE id = NEW.id)
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
CREATE TRIGGER blackout_overlap_insert BEFORE INSERT ON blackout
            WHEN EXISTS (SELECT 1 FROM blackout WHERE enterprise_id = NEW.enterprise_id 
                         AND start_on < coalesce(NEW.end_on, '9999-12-31')
                         AND NEW.start_on < coalesce(end_on, '9999-12-31'))
            BEGIN SELECT RAISE(ABORT, 'esm: overlapping blackout intervals'); END;
CREATE TRIGGER blackout_overlap_update BEFORE UPDATE OF enterprise_id, start_on, end_on ON blackout
            WHEN EXISTS (SELECT 1 FROM blackout WHERE enterprise_id = NEW.enterprise_id AND id <> NEW.id
                         AND start_on < coalesce(NEW.end_on, '9999-12-31')
                         AND NEW.start_on < coalesce(end_on, '9999-12-31'))
            BEGIN SELECT RAISE(ABORT, 'esm: overlapping blackout intervals'); END;
CREATE TRIGGER clock_scope_insert AFTER INSERT ON scope BEGIN
              INSERT INTO clock SELECT * FROM (
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
    SELECT scope.enterprise_id, enterprise.uscc, profile.tier, scope.start_on, scope.end_on,
           CAST(coalesce((SELECT value FROM setting WHERE key = 'cadence_months_' || lower(profile.tier)), '2')
                AS INTEGER) AS months,
           EXISTS (SELECT 1 FROM scope AS earlier
                   WHERE earlier.enterprise_id = scope.enterprise_id
                     AND earlier.start_on < scope.start_on) AS reentered,
           (SELECT max(visit.done_on) FROM visit
            WHERE visit.enterprise_id = scope.enterprise_id AND visit.channel = 'on_site'
              AND visit.outcome = 'met' AND visit.cancelled_on IS NULL ) AS last_visit_on
    FROM scope
    JOIN enterprise ON enterprise.id = scope.enterprise_id
    JOIN profile ON profile.enterprise_id = scope.enterprise_id AND profile.end_on IS NULL
    WHERE scope.enterprise_id IN (NEW.enterprise_id) AND scope.start_on = (SELECT max(latest.start_on) FROM scope AS latest
                                     WHERE latest.enterprise_id = scope.enterprise_id) LIMIT -1) LIMIT -1)
) WHERE TRUE
              ON CONFLICT (enterprise_id) DO UPDATE SET uscc = excluded.uscc, tier = excluded.tier, start_on = excluded.start_on, end_on = excluded.end_on, last_visit_on = excluded.last_visit_on, anchor_on = excluded.anchor_on, due_on = excluded.due_on WHERE uscc IS NOT excluded.uscc OR tier IS NOT excluded.tier OR start_on IS NOT excluded.start_on OR end_on IS NOT excluded.end_on OR last_visit_on IS NOT excluded.last_visit_on OR anchor_on IS NOT excluded.anchor_on OR due_on IS NOT excluded.due_on;
            END;
CREATE TRIGGER clock_scope_update AFTER UPDATE ON scope BEGIN
              DELETE FROM clock WHERE enterprise_id IN (OLD.enterprise_id, NEW.enterprise_id)
                AND NOT EXISTS (SELECT 1 FROM clock_now WHERE clock_now.enterprise_id = clock.enterprise_id);
              INSERT INTO clock SELECT * FROM (
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
    SELECT scope.enterprise_id, enterprise.uscc, profile.tier, scope.start_on, scope.end_on,
           CAST(coalesce((SELECT value FROM setting WHERE key = 'cadence_months_' || lower(profile.tier)), '2')
                AS INTEGER) AS months,
           EXISTS (SELECT 1 FROM scope AS earlier
                   WHERE earlier.enterprise_id = scope.enterprise_id
                     AND earlier.start_on < scope.start_on) AS reentered,
           (SELECT max(visit.done_on) FROM visit
            WHERE visit.enterprise_id = scope.enterprise_id AND visit.channel = 'on_site'
              AND visit.outcome = 'met' AND visit.cancelled_on IS NULL ) AS last_visit_on
    FROM scope
    JOIN enterprise ON enterprise.id = scope.enterprise_id
    JOIN profile ON profile.enterprise_id = scope.enterprise_id AND profile.end_on IS NULL
    WHERE scope.enterprise_id IN (OLD.enterprise_id, NEW.enterprise_id) AND scope.start_on = (SELECT max(latest.start_on) FROM scope AS latest
                                     WHERE latest.enterprise_id = scope.enterprise_id) LIMIT -1) LIMIT -1)
) WHERE TRUE
              ON CONFLICT (enterprise_id) DO UPDATE SET uscc = excluded.uscc, tier = excluded.tier, start_on = excluded.start_on, end_on = excluded.end_on, last_visit_on = excluded.last_visit_on, anchor_on = excluded.anchor_on, due_on = excluded.due_on WHERE uscc IS NOT excluded.uscc OR tier IS NOT excluded.tier OR start_on IS NOT excluded.start_on OR end_on IS NOT excluded.end_on OR last_visit_on IS NOT excluded.last_visit_on OR anchor_on IS NOT excluded.anchor_on OR due_on IS NOT excluded.due_on;
            END;
CREATE TRIGGER clock_scope_delete AFTER DELETE ON scope BEGIN
              DELETE FROM clock WHERE enterprise_id IN (OLD.enterprise_id)
                AND NOT EXISTS (SELECT 1 FROM clock_now WHERE clock_now.enterprise_id = clock.enterprise_id);
              INSERT INTO clock SELECT * FROM (
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
    SELECT scope.enterprise_id, enterprise.uscc, profile.tier, scope.start_on, scope.end_on,
           CAST(coalesce((SELECT value FROM setting WHERE key = 'cadence_months_' || lower(profile.tier)), '2')
                AS INTEGER) AS months,
           EXISTS (SELECT 1 FROM scope AS earlier
                   WHERE earlier.enterprise_id = scope.enterprise_id
                     AND earlier.start_on < scope.start_on) AS reentered,
           (SELECT max(visit.done_on) FROM visit
            WHERE visit.enterprise_id = scope.enterprise_id AND visit.channel = 'on_site'
              AND visit.outcome = 'met' AND visit.cancelled_on IS NULL ) AS last_visit_on
    FROM scope
    JOIN enterprise ON enterprise.id = scope.enterprise_id
    JOIN profile ON profile.enterprise_id = scope.enterprise_id AND profile.end_on IS NULL
    WHERE scope.enterprise_id IN (OLD.enterprise_id) AND scope.start_on = (SELECT max(latest.start_on) FROM scope AS latest
                                     WHERE latest.enterprise_id = scope.enterprise_id) LIMIT -1) LIMIT -1)
) WHERE TRUE
              ON CONFLICT (enterprise_id) DO UPDATE SET uscc = excluded.uscc, tier = excluded.tier, start_on = excluded.start_on, end_on = excluded.end_on, last_visit_on = excluded.last_visit_on, anchor_on = excluded.anchor_on, due_on = excluded.due_on WHERE uscc IS NOT excluded.uscc OR tier IS NOT excluded.tier OR start_on IS NOT excluded.start_on OR end_on IS NOT excluded.end_on OR last_visit_on IS NOT excluded.last_visit_on OR anchor_on IS NOT excluded.anchor_on OR due_on IS NOT excluded.due_on;
            END;
CREATE TRIGGER clock_visit_insert AFTER INSERT ON visit BEGIN
              INSERT INTO clock SELECT * FROM (
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
    SELECT scope.enterprise_id, enterprise.uscc, profile.tier, scope.start_on, scope.end_on,
           CAST(coalesce((SELECT value FROM setting WHERE key = 'cadence_months_' || lower(profile.tier)), '2')
                AS INTEGER) AS months,
           EXISTS (SELECT 1 FROM scope AS earlier
                   WHERE earlier.enterprise_id = scope.enterprise_id
                     AND earlier.start_on < scope.start_on) AS reentered,
           (SELECT max(visit.done_on) FROM visit
            WHERE visit.enterprise_id = scope.enterprise_id AND visit.channel = 'on_site'
              AND visit.outcome = 'met' AND visit.cancelled_on IS NULL ) AS last_visit_on
    FROM scope
    JOIN enterprise ON enterprise.id = scope.enterprise_id
    JOIN profile ON profile.enterprise_id = scope.enterprise_id AND profile.end_on IS NULL
    WHERE scope.enterprise_id IN (NEW.enterprise_id) AND scope.start_on = (SELECT max(latest.start_on) FROM scope AS latest
                                     WHERE latest.enterprise_id = scope.enterprise_id) LIMIT -1) LIMIT -1)
) WHERE TRUE
              ON CONFLICT (enterprise_id) DO UPDATE SET uscc = excluded.uscc, tier = excluded.tier, start_on = excluded.start_on, end_on = excluded.end_on, last_visit_on = excluded.last_visit_on, anchor_on = excluded.anchor_on, due_on = excluded.due_on WHERE uscc IS NOT excluded.uscc OR tier IS NOT excluded.tier OR start_on IS NOT excluded.start_on OR end_on IS NOT excluded.end_on OR last_visit_on IS NOT excluded.last_visit_on OR anchor_on IS NOT excluded.anchor_on OR due_on IS NOT excluded.due_on;
            END;
CREATE TRIGGER clock_visit_update AFTER UPDATE ON visit BEGIN
              INSERT INTO clock SELECT * FROM (
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
    SELECT scope.enterprise_id, enterprise.uscc, profile.tier, scope.start_on, scope.end_on,
           CAST(coalesce((SELECT value FROM setting WHERE key = 'cadence_months_' || lower(profile.tier)), '2')
                AS INTEGER) AS months,
           EXISTS (SELECT 1 FROM scope AS earlier
                   WHERE earlier.enterprise_id = scope.enterprise_id
                     AND earlier.start_on < scope.start_on) AS reentered,
           (SELECT max(visit.done_on) FROM visit
            WHERE visit.enterprise_id = scope.enterprise_id AND visit.channel = 'on_site'
              AND visit.outcome = 'met' AND visit.cancelled_on IS NULL ) AS last_visit_on
    FROM scope
    JOIN enterprise ON enterprise.id = scope.enterprise_id
    JOIN profile ON profile.enterprise_id = scope.enterprise_id AND profile.end_on IS NULL
    WHERE scope.enterprise_id IN (OLD.enterprise_id, NEW.enterprise_id) AND scope.start_on = (SELECT max(latest.start_on) FROM scope AS latest
                                     WHERE latest.enterprise_id = scope.enterprise_id) LIMIT -1) LIMIT -1)
) WHERE TRUE
              ON CONFLICT (enterprise_id) DO UPDATE SET uscc = excluded.uscc, tier = excluded.tier, start_on = excluded.start_on, end_on = excluded.end_on, last_visit_on = excluded.last_visit_on, anchor_on = excluded.anchor_on, due_on = excluded.due_on WHERE uscc IS NOT excluded.uscc OR tier IS NOT excluded.tier OR start_on IS NOT excluded.start_on OR end_on IS NOT excluded.end_on OR last_visit_on IS NOT excluded.last_visit_on OR anchor_on IS NOT excluded.anchor_on OR due_on IS NOT excluded.due_on;
            END;
CREATE TRIGGER clock_visit_delete AFTER DELETE ON visit BEGIN
              INSERT INTO clock SELECT * FROM (
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
    SELECT scope.enterprise_id, enterprise.uscc, profile.tier, scope.start_on, scope.end_on,
           CAST(coalesce((SELECT value FROM setting WHERE key = 'cadence_months_' || lower(profile.tier)), '2')
                AS INTEGER) AS months,
           EXISTS (SELECT 1 FROM scope AS earlier
                   WHERE earlier.enterprise_id = scope.enterprise_id
                     AND earlier.start_on < scope.start_on) AS reentered,
           (SELECT max(visit.done_on) FROM visit
            WHERE visit.enterprise_id = scope.enterprise_id AND visit.channel = 'on_site'
              AND visit.outcome = 'met' AND visit.cancelled_on IS NULL ) AS last_visit_on
    FROM scope
    JOIN enterprise ON enterprise.id = scope.enterprise_id
    JOIN profile ON profile.enterprise_id = scope.enterprise_id AND profile.end_on IS NULL
    WHERE scope.enterprise_id IN (OLD.enterprise_id) AND scope.start_on = (SELECT max(latest.start_on) FROM scope AS latest
                                     WHERE latest.enterprise_id = scope.enterprise_id) LIMIT -1) LIMIT -1)
) WHERE TRUE
              ON CONFLICT (enterprise_id) DO UPDATE SET uscc = excluded.uscc, tier = excluded.tier, start_on = excluded.start_on, end_on = excluded.end_on, last_visit_on = excluded.last_visit_on, anchor_on = excluded.anchor_on, due_on = excluded.due_on WHERE uscc IS NOT excluded.uscc OR tier IS NOT excluded.tier OR start_on IS NOT excluded.start_on OR end_on IS NOT excluded.end_on OR last_visit_on IS NOT excluded.last_visit_on OR anchor_on IS NOT excluded.anchor_on OR due_on IS NOT excluded.due_on;
            END;
CREATE TRIGGER clock_profile_insert AFTER INSERT ON profile BEGIN
              INSERT INTO clock SELECT * FROM (
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
    SELECT scope.enterprise_id, enterprise.uscc, profile.tier, scope.start_on, scope.end_on,
           CAST(coalesce((SELECT value FROM setting WHERE key = 'cadence_months_' || lower(profile.tier)), '2')
                AS INTEGER) AS months,
           EXISTS (SELECT 1 FROM scope AS earlier
                   WHERE earlier.enterprise_id = scope.enterprise_id
                     AND earlier.start_on < scope.start_on) AS reentered,
           (SELECT max(visit.done_on) FROM visit
            WHERE visit.enterprise_id = scope.enterprise_id AND visit.channel = 'on_site'
              AND visit.outcome = 'met' AND visit.cancelled_on IS NULL ) AS last_visit_on
    FROM scope
    JOIN enterprise ON enterprise.id = scope.enterprise_id
    JOIN profile ON profile.enterprise_id = scope.enterprise_id AND profile.end_on IS NULL
    WHERE scope.enterprise_id IN (NEW.enterprise_id) AND scope.start_on = (SELECT max(latest.start_on) FROM scope AS latest
                                     WHERE latest.enterprise_id = scope.enterprise_id) LIMIT -1) LIMIT -1)
) WHERE TRUE
              ON CONFLICT (enterprise_id) DO UPDATE SET uscc = excluded.uscc, tier = excluded.tier, start_on = excluded.start_on, end_on = excluded.end_on, last_visit_on = excluded.last_visit_on, anchor_on = excluded.anchor_on, due_on = excluded.due_on WHERE uscc IS NOT excluded.uscc OR tier IS NOT excluded.tier OR start_on IS NOT excluded.start_on OR end_on IS NOT excluded.end_on OR last_visit_on IS NOT excluded.last_visit_on OR anchor_on IS NOT excluded.anchor_on OR due_on IS NOT excluded.due_on;
            END;
CREATE TRIGGER clock_profile_update AFTER UPDATE ON profile BEGIN
              DELETE FROM clock WHERE enterprise_id IN (OLD.enterprise_id, NEW.enterprise_id)
                AND NOT EXISTS (SELECT 1 FROM clock_now WHERE clock_now.enterprise_id = clock.enterprise_id);
              INSERT INTO clock SELECT * FROM (
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
    SELECT scope.enterprise_id, enterprise.uscc, profile.tier, scope.start_on, scope.end_on,
           CAST(coalesce((SELECT value FROM setting WHERE key = 'cadence_months_' || lower(profile.tier)), '2')
                AS INTEGER) AS months,
           EXISTS (SELECT 1 FROM scope AS earlier
                   WHERE earlier.enterprise_id = scope.enterprise_id
                     AND earlier.start_on < scope.start_on) AS reentered,
           (SELECT max(visit.done_on) FROM visit
            WHERE visit.enterprise_id = scope.enterprise_id AND visit.channel = 'on_site'
              AND visit.outcome = 'met' AND visit.cancelled_on IS NULL ) AS last_visit_on
    FROM scope
    JOIN enterprise ON enterprise.id = scope.enterprise_id
    JOIN profile ON profile.enterprise_id = scope.enterprise_id AND profile.end_on IS NULL
    WHERE scope.enterprise_id IN (OLD.enterprise_id, NEW.enterprise_id) AND scope.start_on = (SELECT max(latest.start_on) FROM scope AS latest
                                     WHERE latest.enterprise_id = scope.enterprise_id) LIMIT -1) LIMIT -1)
) WHERE TRUE
              ON CONFLICT (enterprise_id) DO UPDATE SET uscc = excluded.uscc, tier = excluded.tier, start_on = excluded.start_on, end_on = excluded.end_on, last_visit_on = excluded.last_visit_on, anchor_on = excluded.anchor_on, due_on = excluded.due_on WHERE uscc IS NOT excluded.uscc OR tier IS NOT excluded.tier OR start_on IS NOT excluded.start_on OR end_on IS NOT excluded.end_on OR last_visit_on IS NOT excluded.last_visit_on OR anchor_on IS NOT excluded.anchor_on OR due_on IS NOT excluded.due_on;
            END;
CREATE TRIGGER clock_profile_delete AFTER DELETE ON profile BEGIN
              DELETE FROM clock WHERE enterprise_id IN (OLD.enterprise_id)
                AND NOT EXISTS (SELECT 1 FROM clock_now WHERE clock_now.enterprise_id = clock.enterprise_id);
              INSERT INTO clock SELECT * FROM (
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
    SELECT scope.enterprise_id, enterprise.uscc, profile.tier, scope.start_on, scope.end_on,
           CAST(coalesce((SELECT value FROM setting WHERE key = 'cadence_months_' || lower(profile.tier)), '2')
                AS INTEGER) AS months,
           EXISTS (SELECT 1 FROM scope AS earlier
                   WHERE earlier.enterprise_id = scope.enterprise_id
                     AND earlier.start_on < scope.start_on) AS reentered,
           (SELECT max(visit.done_on) FROM visit
            WHERE visit.enterprise_id = scope.enterprise_id AND visit.channel = 'on_site'
              AND visit.outcome = 'met' AND visit.cancelled_on IS NULL ) AS last_visit_on
    FROM scope
    JOIN enterprise ON enterprise.id = scope.enterprise_id
    JOIN profile ON profile.enterprise_id = scope.enterprise_id AND profile.end_on IS NULL
    WHERE scope.enterprise_id IN (OLD.enterprise_id) AND scope.start_on = (SELECT max(latest.start_on) FROM scope AS latest
                                     WHERE latest.enterprise_id = scope.enterprise_id) LIMIT -1) LIMIT -1)
) WHERE TRUE
              ON CONFLICT (enterprise_id) DO UPDATE SET uscc = excluded.uscc, tier = excluded.tier, start_on = excluded.start_on, end_on = excluded.end_on, last_visit_on = excluded.last_visit_on, anchor_on = excluded.anchor_on, due_on = excluded.due_on WHERE uscc IS NOT excluded.uscc OR tier IS NOT excluded.tier OR start_on IS NOT excluded.start_on OR end_on IS NOT excluded.end_on OR last_visit_on IS NOT excluded.last_visit_on OR anchor_on IS NOT excluded.anchor_on OR due_on IS NOT excluded.due_on;
            END;
CREATE TRIGGER clock_enterprise_update AFTER UPDATE OF uscc ON enterprise BEGIN
              DELETE FROM clock WHERE enterprise_id IN (OLD.id, NEW.id)
                AND NOT EXISTS (SELECT 1 FROM clock_now WHERE clock_now.enterprise_id = clock.enterprise_id);
              INSERT INTO clock SELECT * FROM (
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
    SELECT scope.enterprise_id, enterprise.uscc, profile.tier, scope.start_on, scope.end_on,
           CAST(coalesce((SELECT value FROM setting WHERE key = 'cadence_months_' || lower(profile.tier)), '2')
                AS INTEGER) AS months,
           EXISTS (SELECT 1 FROM scope AS earlier
                   WHERE earlier.enterprise_id = scope.enterprise_id
                     AND earlier.start_on < scope.start_on) AS reentered,
           (SELECT max(visit.done_on) FROM visit
            WHERE visit.enterprise_id = scope.enterprise_id AND visit.channel = 'on_site'
              AND visit.outcome = 'met' AND visit.cancelled_on IS NULL ) AS last_visit_on
    FROM scope
    JOIN enterprise ON enterprise.id = scope.enterprise_id
    JOIN profile ON profile.enterprise_id = scope.enterprise_id AND profile.end_on IS NULL
    WHERE scope.enterprise_id IN (OLD.id, NEW.id) AND scope.start_on = (SELECT max(latest.start_on) FROM scope AS latest
                                     WHERE latest.enterprise_id = scope.enterprise_id) LIMIT -1) LIMIT -1)
) WHERE TRUE
              ON CONFLICT (enterprise_id) DO UPDATE SET uscc = excluded.uscc, tier = excluded.tier, start_on = excluded.start_on, end_on = excluded.end_on, last_visit_on = excluded.last_visit_on, anchor_on = excluded.anchor_on, due_on = excluded.due_on WHERE uscc IS NOT excluded.uscc OR tier IS NOT excluded.tier OR start_on IS NOT excluded.start_on OR end_on IS NOT excluded.end_on OR last_visit_on IS NOT excluded.last_visit_on OR anchor_on IS NOT excluded.anchor_on OR due_on IS NOT excluded.due_on;
            END;
CREATE TRIGGER clock_enterprise_delete AFTER DELETE ON enterprise BEGIN
              DELETE FROM clock WHERE enterprise_id IN (OLD.id)
                AND NOT EXISTS (SELECT 1 FROM clock_now WHERE clock_now.enterprise_id = clock.enterprise_id);
              INSERT INTO clock SELECT * FROM (
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
    SELECT scope.enterprise_id, enterprise.uscc, profile.tier, scope.start_on, scope.end_on,
           CAST(coalesce((SELECT value FROM setting WHERE key = 'cadence_months_' || lower(profile.tier)), '2')
                AS INTEGER) AS months,
           EXISTS (SELECT 1 FROM scope AS earlier
                   WHERE earlier.enterprise_id = scope.enterprise_id
                     AND earlier.start_on < scope.start_on) AS reentered,
           (SELECT max(visit.done_on) FROM visit
            WHERE visit.enterprise_id = scope.enterprise_id AND visit.channel = 'on_site'
              AND visit.outcome = 'met' AND visit.cancelled_on IS NULL ) AS last_visit_on
    FROM scope
    JOIN enterprise ON enterprise.id = scope.enterprise_id
    JOIN profile ON profile.enterprise_id = scope.enterprise_id AND profile.end_on IS NULL
    WHERE scope.enterprise_id IN (OLD.id) AND scope.start_on = (SELECT max(latest.start_on) FROM scope AS latest
                                     WHERE latest.enterprise_id = scope.enterprise_id) LIMIT -1) LIMIT -1)
) WHERE TRUE
              ON CONFLICT (enterprise_id) DO UPDATE SET uscc = excluded.uscc, tier = excluded.tier, start_on = excluded.start_on, end_on = excluded.end_on, last_visit_on = excluded.last_visit_on, anchor_on = excluded.anchor_on, due_on = excluded.due_on WHERE uscc IS NOT excluded.uscc OR tier IS NOT excluded.tier OR start_on IS NOT excluded.start_on OR end_on IS NOT excluded.end_on OR last_visit_on IS NOT excluded.last_visit_on OR anchor_on IS NOT excluded.anchor_on OR due_on IS NOT excluded.due_on;
            END;
CREATE TRIGGER clock_setting_insert AFTER INSERT ON setting
            WHEN NEW.key IN ('cadence_months_a', 'cadence_months_b', 'cadence_months_c', 'scheme_start_on') BEGIN
              INSERT INTO clock SELECT * FROM clock_now WHERE TRUE
              ON CONFLICT (enterprise_id) DO UPDATE SET uscc = excluded.uscc, tier = excluded.tier, start_on = excluded.start_on, end_on = excluded.end_on, last_visit_on = excluded.last_visit_on, anchor_on = excluded.anchor_on, due_on = excluded.due_on WHERE uscc IS NOT excluded.uscc OR tier IS NOT excluded.tier OR start_on IS NOT excluded.start_on OR end_on IS NOT excluded.end_on OR last_visit_on IS NOT excluded.last_visit_on OR anchor_on IS NOT excluded.anchor_on OR due_on IS NOT excluded.due_on;
            END;
CREATE TRIGGER clock_setting_update AFTER UPDATE ON setting
            WHEN NEW.key IN ('cadence_months_a', 'cadence_months_b', 'cadence_months_c', 'scheme_start_on') BEGIN
              INSERT INTO clock SELECT * FROM clock_now WHERE TRUE
              ON CONFLICT (enterprise_id) DO UPDATE SET uscc = excluded.uscc, tier = excluded.tier, start_on = excluded.start_on, end_on = excluded.end_on, last_visit_on = excluded.last_visit_on, anchor_on = excluded.anchor_on, due_on = excluded.due_on WHERE uscc IS NOT excluded.uscc OR tier IS NOT excluded.tier OR start_on IS NOT excluded.start_on OR end_on IS NOT excluded.end_on OR last_visit_on IS NOT excluded.last_visit_on OR anchor_on IS NOT excluded.anchor_on OR due_on IS NOT excluded.due_on;
            END;
CREATE TRIGGER clock_setting_delete AFTER DELETE ON setting
            WHEN OLD.key IN ('cadence_months_a', 'cadence_months_b', 'cadence_months_c', 'scheme_start_on') BEGIN
              INSERT INTO clock SELECT * FROM clock_now WHERE TRUE
              ON CONFLICT (enterprise_id) DO UPDATE SET uscc = excluded.uscc, tier = excluded.tier, start_on = excluded.start_on, end_on = excluded.end_on, last_visit_on = excluded.last_visit_on, anchor_on = excluded.anchor_on, due_on = excluded.due_on WHERE uscc IS NOT excluded.uscc OR tier IS NOT excluded.tier OR start_on IS NOT excluded.start_on OR end_on IS NOT excluded.end_on OR last_visit_on IS NOT excluded.last_visit_on OR anchor_on IS NOT excluded.anchor_on OR due_on IS NOT excluded.due_on;
            END;
CREATE TRIGGER clock_is_derived_insert AFTER INSERT ON clock BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change') WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              SELECT RAISE(ABORT, 'esm: the clock follows the facts; nobody else writes it')
              WHERE NOT EXISTS (SELECT 1 FROM (
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
    SELECT scope.enterprise_id, enterprise.uscc, profile.tier, scope.start_on, scope.end_on,
           CAST(coalesce((SELECT value FROM setting WHERE key = 'cadence_months_' || lower(profile.tier)), '2')
                AS INTEGER) AS months,
           EXISTS (SELECT 1 FROM scope AS earlier
                   WHERE earlier.enterprise_id = scope.enterprise_id
                     AND earlier.start_on < scope.start_on) AS reentered,
           (SELECT max(visit.done_on) FROM visit
            WHERE visit.enterprise_id = scope.enterprise_id AND visit.channel = 'on_site'
              AND visit.outcome = 'met' AND visit.cancelled_on IS NULL ) AS last_visit_on
    FROM scope
    JOIN enterprise ON enterprise.id = scope.enterprise_id
    JOIN profile ON profile.enterprise_id = scope.enterprise_id AND profile.end_on IS NULL
    WHERE scope.enterprise_id IN (NEW.enterprise_id) AND scope.start_on = (SELECT max(latest.start_on) FROM scope AS latest
                                     WHERE latest.enterprise_id = scope.enterprise_id) LIMIT -1) LIMIT -1)
) WHERE uscc IS NEW.uscc AND tier IS NEW.tier AND start_on IS NEW.start_on AND end_on IS NEW.end_on AND last_visit_on IS NEW.last_visit_on AND anchor_on IS NEW.anchor_on AND due_on IS NEW.due_on);
            END;
CREATE TRIGGER clock_is_derived_update AFTER UPDATE ON clock BEGIN
              SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change') WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
              SELECT RAISE(ABORT, 'esm: the clock follows the facts; nobody else writes it')
              WHERE NOT EXISTS (SELECT 1 FROM (
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
    SELECT scope.enterprise_id, enterprise.uscc, profile.tier, scope.start_on, scope.end_on,
           CAST(coalesce((SELECT value FROM setting WHERE key = 'cadence_months_' || lower(profile.tier)), '2')
                AS INTEGER) AS months,
           EXISTS (SELECT 1 FROM scope AS earlier
                   WHERE earlier.enterprise_id = scope.enterprise_id
                     AND earlier.start_on < scope.start_on) AS reentered,
           (SELECT max(visit.done_on) FROM visit
            WHERE visit.enterprise_id = scope.enterprise_id AND visit.channel = 'on_site'
              AND visit.outcome = 'met' AND visit.cancelled_on IS NULL ) AS last_visit_on
    FROM scope
    JOIN enterprise ON enterprise.id = scope.enterprise_id
    JOIN profile ON profile.enterprise_id = scope.enterprise_id AND profile.end_on IS NULL
    WHERE scope.enterprise_id IN (NEW.enterprise_id) AND scope.start_on = (SELECT max(latest.start_on) FROM scope AS latest
                                     WHERE latest.enterprise_id = scope.enterprise_id) LIMIT -1) LIMIT -1)
) WHERE uscc IS NEW.uscc AND tier IS NEW.tier AND start_on IS NEW.start_on AND end_on IS NEW.end_on AND last_visit_on IS NEW.last_visit_on AND anchor_on IS NEW.anchor_on AND due_on IS NEW.due_on);
            END;
CREATE TRIGGER clock_is_derived_delete BEFORE DELETE ON clock BEGIN
          SELECT RAISE(ABORT, 'esm: data change only through esm, so that the journal holds every change') WHERE NOT EXISTS (SELECT 1 FROM operation WHERE hash IS NULL);
          SELECT RAISE(ABORT, 'esm: the clock follows the facts; nobody else writes it') WHERE EXISTS (SELECT 1 FROM clock_now WHERE enterprise_id = OLD.enterprise_id);
        END;
COMMIT;
