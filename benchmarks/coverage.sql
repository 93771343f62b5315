-- The figures of `esm report coverage` as somebody would write them by hand for one day: the peer of the benchmark.
-- It knows that the district of the benchmark has no pauses, no one who came back and no cadre who left.
CREATE TEMP TABLE fact AS
SELECT profile.subdistrict, profile.tier, substr(profile.industry_code, 1, 1) AS industry, posting.department,
       pairing.cadre_id IS NOT NULL AS served, scope.start_on < '2026-11-01' AS due,
       EXISTS (SELECT 1 FROM visit WHERE visit.enterprise_id = scope.enterprise_id AND done_on >= '2026-11-01'
               AND channel = 'on_site' AND outcome = 'met' AND cancelled_on IS NULL) AS visited,
       clock.due_on < '2026-11-23' AS overdue, clock.last_visit_on IS NULL AS never_visited,
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
LEFT JOIN posting ON posting.cadre_id = pairing.cadre_id AND posting.end_on IS NULL;

CREATE TEMP TABLE figures AS
SELECT subdistrict, industry, tier, department, count(*) AS in_scope, sum(served) AS served, sum(due) AS due,
       sum(due AND visited) AS visited_of_due, sum(visited) AS visited, sum(NOT overdue) AS on_time,
       sum(overdue) AS overdue, sum(never_visited) AS never_visited, max(gap) AS gap
FROM fact GROUP BY subdistrict, industry, tier, department;

.mode json
SELECT sum(in_scope), sum(served), sum(due), sum(visited_of_due), sum(visited), sum(on_time), sum(overdue),
       sum(never_visited), max(gap) FROM figures;
SELECT subdistrict, sum(in_scope), sum(served), sum(due), sum(visited_of_due), sum(visited), sum(on_time),
       sum(overdue), sum(never_visited), max(gap) FROM figures GROUP BY subdistrict;
SELECT industry, sum(in_scope), sum(served), sum(due), sum(visited_of_due), sum(visited), sum(on_time),
       sum(overdue), sum(never_visited), max(gap) FROM figures GROUP BY industry;
SELECT tier, sum(in_scope), sum(served), sum(due), sum(visited_of_due), sum(visited), sum(on_time),
       sum(overdue), sum(never_visited), max(gap) FROM figures GROUP BY tier;
SELECT department, sum(in_scope), sum(served), sum(due), sum(visited_of_due), sum(visited), sum(on_time),
       sum(overdue), sum(never_visited), max(gap) FROM figures GROUP BY department;
SELECT enterprise.uscc, enterprise.name, profile.tier, profile.subdistrict
FROM scope JOIN enterprise ON enterprise.id = scope.enterprise_id
JOIN profile ON profile.enterprise_id = scope.enterprise_id AND profile.end_on IS NULL
WHERE NOT EXISTS (SELECT 1 FROM pairing WHERE pairing.enterprise_id = scope.enterprise_id AND end_on IS NULL)
ORDER BY profile.tier, enterprise.uscc;
