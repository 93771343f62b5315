-- The figures of `esm report coverage` for one day, as somebody would write them by hand: the peer of the benchmark.
-- It looks at pauses, leavers and newcomers as the report must, but takes for granted what the district of the
-- benchmark happens to be: nobody came back into scope, and no fact lies after the day.
CREATE TEMP TABLE fact AS
SELECT profile.subdistrict, profile.tier, substr(profile.industry_code, 1, 1) AS industry,
       CASE WHEN cadre.id IS NOT NULL THEN coalesce(posting.department, '-') END AS department,
       cadre.id IS NOT NULL AS served, scope.end_on IS NULL AS in_scope, scope.start_on < '2026-11-01' AS is_old,
       EXISTS (SELECT 1 FROM pause WHERE pause.enterprise_id = scope.enterprise_id AND pause.start_on <= '2026-11-23'
               AND (pause.end_on IS NULL OR pause.end_on > '2026-11-23')) AS paused,
       EXISTS (SELECT 1 FROM visit WHERE visit.enterprise_id = scope.enterprise_id AND done_on >= '2026-11-01'
               AND channel = 'on_site' AND outcome = 'met' AND cancelled_on IS NULL) AS visited,
       clock.due_on < '2026-11-23' AS late, clock.last_visit_on IS NULL AS never_visited,
       max(julianday('2026-11-23') - julianday(clock.anchor_on),
           coalesce((SELECT max(julianday(done_on) - julianday(coalesce(
                       (SELECT max(done_on) FROM visit AS earlier
                        WHERE earlier.enterprise_id = scope.enterprise_id AND earlier.done_on < visit.done_on
                          AND channel = 'on_site' AND outcome = 'met' AND cancelled_on IS NULL), scope.start_on)))
                     FROM visit WHERE visit.enterprise_id = scope.enterprise_id AND done_on >= '2026-11-01'
                       AND channel = 'on_site' AND outcome = 'met' AND cancelled_on IS NULL), 0)) AS gap
FROM scope
JOIN profile ON profile.enterprise_id = scope.enterprise_id AND profile.end_on IS NULL
JOIN clock ON clock.enterprise_id = scope.enterprise_id
LEFT JOIN pairing ON pairing.enterprise_id = scope.enterprise_id AND pairing.end_on IS NULL
LEFT JOIN cadre ON cadre.id = pairing.cadre_id AND cadre.left_on IS NULL
LEFT JOIN posting ON posting.cadre_id = cadre.id AND posting.end_on IS NULL
WHERE scope.end_on IS NULL OR scope.end_on > '2026-11-01';

CREATE TEMP TABLE figures AS
SELECT subdistrict, industry, tier, department, sum(in_scope) AS in_scope, sum(in_scope AND served) AS served,
       sum(in_scope AND is_old AND NOT paused) AS due, sum(in_scope AND is_old AND NOT paused AND visited) AS met,
       sum(visited) AS visited, sum(in_scope AND NOT is_old) AS new, sum(NOT in_scope) AS gone,
       sum(in_scope AND paused) AS paused, sum(in_scope AND NOT paused AND NOT late) AS on_time,
       sum(in_scope AND NOT paused AND late) AS late, sum(in_scope AND never_visited) AS never, max(gap) AS gap
FROM fact GROUP BY subdistrict, industry, tier, department;

.mode json
SELECT 'total', NULL, sum(in_scope), sum(served), sum(due), sum(met), sum(visited), sum(new), sum(gone), sum(paused),
       sum(on_time), sum(late), sum(never), max(gap) FROM figures;
SELECT 'subdistrict', subdistrict, sum(in_scope), sum(served), sum(due), sum(met), sum(visited), sum(new), sum(gone),
       sum(paused), sum(on_time), sum(late), sum(never), max(gap) FROM figures GROUP BY subdistrict;
SELECT 'industry', industry, sum(in_scope), sum(served), sum(due), sum(met), sum(visited), sum(new), sum(gone),
       sum(paused), sum(on_time), sum(late), sum(never), max(gap) FROM figures GROUP BY industry;
SELECT 'tier', tier, sum(in_scope), sum(served), sum(due), sum(met), sum(visited), sum(new), sum(gone),
       sum(paused), sum(on_time), sum(late), sum(never), max(gap) FROM figures GROUP BY tier;
SELECT 'department', department, sum(in_scope), sum(served), sum(due), sum(met), sum(visited), sum(new), sum(gone),
       sum(paused), sum(on_time), sum(late), sum(never), max(gap) FROM figures GROUP BY department;
SELECT enterprise.uscc, enterprise.name, profile.tier, profile.subdistrict, cadre.staff_no
FROM scope
LEFT JOIN pairing ON pairing.enterprise_id = scope.enterprise_id AND pairing.end_on IS NULL
LEFT JOIN cadre ON cadre.id = pairing.cadre_id
JOIN enterprise ON enterprise.id = scope.enterprise_id
JOIN profile ON profile.enterprise_id = scope.enterprise_id AND profile.end_on IS NULL
WHERE scope.end_on IS NULL AND (cadre.id IS NULL OR cadre.left_on IS NOT NULL)
ORDER BY profile.tier, enterprise.uscc;
