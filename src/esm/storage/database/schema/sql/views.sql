-- What the reading commands ask, and what any other program may ask. Days are bound by the caller.

CREATE VIEW counted_visit AS
SELECT DISTINCT enterprise_id, done_on FROM visit
WHERE counts(visit);

CREATE VIEW service AS
SELECT pairing.enterprise_id, pairing.cadre_id, cadre.staff_no, cadre.name AS cadre,
       later_of(pairing.start_on, coalesce(cadre.active_from, pairing.start_on)) AS start_on,
       CASE WHEN pairing.end_on IS NULL THEN cadre.left_on
            WHEN cadre.left_on IS NULL THEN pairing.end_on
            ELSE earlier_of(pairing.end_on, cadre.left_on) END AS end_on
FROM pairing JOIN cadre ON cadre.id = pairing.cadre_id;

CREATE VIEW pairing_with_deputies AS
SELECT pairing.*, (SELECT listed(staff_no, '、') FROM (
    SELECT staff_no FROM pairing_deputy JOIN cadre ON cadre.id = pairing_deputy.cadre_id
    WHERE pairing_id = pairing.id ORDER BY place) AS deputy) AS deputies
FROM pairing;

CREATE VIEW open_plan AS
SELECT enterprise_id, cadre_id, due_on, planned_on, confirmed, provisional, made_on FROM plan WHERE visit_id IS NULL;

CREATE VIEW enterprise_today AS
SELECT enterprise.*, profile.tier, profile.subdistrict, profile.industry_code,
       clock.start_on, clock.end_on, clock.last_visit_on, clock.due_on
FROM enterprise
JOIN profile ON profile.enterprise_id = enterprise.id AND profile.end_on IS NULL
LEFT JOIN clock ON clock.enterprise_id = enterprise.id;

CREATE VIEW cadre_today AS
SELECT cadre.*, posting.department, posting.capacity
FROM cadre LEFT JOIN posting ON posting.cadre_id = cadre.id AND posting.end_on IS NULL;
