-- The figures of the coverage report, by subdistrict, industry, tier and department, in one pass.
-- Bound are the day :today, the period's :first and :last day up to it, :scheme, when the scheme began, and the
-- key of those served by a cadre of :no_department. {{clock}} is the rolling clock of that day.
WITH
-- Few ever come back into scope, and adding up the stretches of everyone takes twice the time of reading them: only
-- theirs are added up.
returned AS MATERIALIZED (SELECT enterprise_id FROM scope GROUP BY enterprise_id HAVING count(*) > 1),

-- Everyone in scope on any day since the period began, and where the days in scope lie in the period.
member AS (
  SELECT enterprise_id, start_on AS entered_on, FALSE AS is_reentered, touches(scope, :first, :last) AS is_in,
         holds(scope, :last) AS is_in_on_last, start_on < :first AND lasts(scope, :last) AS is_in_throughout
  FROM scope
  WHERE touches(scope, :first, :today) AND enterprise_id NOT IN (SELECT enterprise_id FROM returned)
  UNION ALL
  SELECT enterprise_id, min(start_on), TRUE, count(*) FILTER (WHERE touches(scope, :first, :last)) > 0,
         count(*) FILTER (WHERE holds(scope, :last)) > 0,
         count(*) FILTER (WHERE start_on < :first AND lasts(scope, :last)) > 0
  FROM scope WHERE enterprise_id IN (SELECT enterprise_id FROM returned)
  GROUP BY enterprise_id HAVING count(*) FILTER (WHERE touches(scope, :first, :today)) > 0),

-- What is true of each. Materialized, for SQLite would compute a column anew for every figure that it stands in.
fact AS MATERIALIZED (
  SELECT profile.subdistrict, profile.tier,
         CASE WHEN cadre.id IS NOT NULL THEN coalesce(posting.department, :no_department) END AS department,
         CASE WHEN substr(profile.industry_code, 1, 1) BETWEEN 'A' AND 'T'
              THEN substr(profile.industry_code, 1, 1) END AS industry,
         clock.enterprise_id IS NOT NULL AS in_scope, cadre.id IS NOT NULL AS is_served,
         EXISTS (SELECT 1 FROM pause
                 WHERE pause.enterprise_id = member.enterprise_id AND holds(pause, :today)) AS is_paused,
         EXISTS (SELECT 1 FROM pause
                 WHERE pause.enterprise_id = member.enterprise_id AND holds(pause, :last)) AS is_paused_on_last,
         clock.due_on < :today AS is_late, clock.last_visit_on IS NULL AS is_never_visited,
         member.is_in, member.is_in_on_last, member.is_in_throughout,
         EXISTS (SELECT 1 FROM visit WHERE visit.enterprise_id = member.enterprise_id
                 AND visit.done_on BETWEEN :first AND :last AND counts(visit)) AS is_visited,
         -- The gap that is still open, or the longest that ended with a visit since the period began (`cadence.gaps`).
         -- One search of the index a visit; scope is asked only for those that came back.
         later_of(
           days_between(clock.anchor_on, :today),
           coalesce((
             SELECT max(days_between(
               later_of(
                 coalesce(
                   (SELECT max(earlier.done_on) FROM visit AS earlier
                    WHERE earlier.enterprise_id = member.enterprise_id
                      AND earlier.done_on < visit.done_on AND counts(earlier)),
                   CASE WHEN entered_on <= visit.done_on
                        THEN earlier_of(later_of(entered_on, :scheme), visit.done_on) END),
                 CASE WHEN is_reentered
                      THEN (SELECT coalesce(nullif(max(scope.start_on), entered_on), '') FROM scope
                            WHERE scope.enterprise_id = member.enterprise_id AND scope.start_on <= visit.done_on)
                      ELSE '' END),
               visit.done_on))
             FROM visit
             WHERE visit.enterprise_id = member.enterprise_id
               AND visit.done_on BETWEEN :first AND :today AND counts(visit)), 0)) AS gap
  FROM member
  JOIN profile ON profile.enterprise_id = member.enterprise_id AND holds(profile, :today)
  LEFT JOIN {clock} AS clock ON clock.enterprise_id = member.enterprise_id AND holds(clock, :today)
  LEFT JOIN pairing ON pairing.enterprise_id = member.enterprise_id AND holds(pairing, :today)
  LEFT JOIN cadre ON cadre.id = pairing.cadre_id AND in_post(cadre, :today)
  LEFT JOIN posting ON posting.cadre_id = cadre.id AND holds(posting, :today)),

-- Sorting the facts is dear: they are sorted once, by all groups together, and the breakdowns add those up.
grouped AS MATERIALIZED (
  SELECT subdistrict, industry, tier, department,
         count(*) FILTER (WHERE in_scope) AS in_scope,
         count(*) FILTER (WHERE in_scope AND is_served) AS served,
         count(*) FILTER (WHERE in_scope AND NOT is_served) AS unserved,
         count(*) FILTER (WHERE is_in_throughout AND NOT is_paused_on_last) AS due_in_period,
         count(*) FILTER (WHERE is_in_throughout AND NOT is_paused_on_last AND is_visited) AS visited_of_due,
         count(*) FILTER (WHERE is_in AND is_visited) AS visited_in_period,
         count(*) FILTER (WHERE is_in_on_last AND NOT is_in_throughout) AS new_in_period,
         count(*) FILTER (WHERE is_in AND NOT is_in_on_last) AS left_in_period,
         count(*) FILTER (WHERE is_in_throughout AND is_paused_on_last) AS paused,
         count(*) FILTER (WHERE in_scope AND is_paused) AS paused_on,
         count(*) FILTER (WHERE in_scope AND NOT is_paused AND NOT is_late) AS on_time_rolling,
         count(*) FILTER (WHERE in_scope AND NOT is_paused AND is_late) AS overdue,
         count(*) FILTER (WHERE in_scope AND is_never_visited) AS never_visited,
         max(gap) FILTER (WHERE in_scope) AS longest_gap_days
  FROM fact GROUP BY subdistrict, industry, tier, department),

breakdown AS (SELECT 'subdistrict' AS kind UNION ALL SELECT 'industry' UNION ALL SELECT 'tier'
              UNION ALL SELECT 'department')
SELECT kind,
       CASE kind WHEN 'subdistrict' THEN subdistrict WHEN 'industry' THEN industry WHEN 'tier' THEN tier
                 ELSE department END AS name,
       sum(in_scope), sum(served), sum(unserved), sum(due_in_period), sum(visited_of_due), sum(visited_in_period),
       sum(new_in_period), sum(left_in_period), sum(paused), sum(paused_on), sum(on_time_rolling), sum(overdue),
       sum(never_visited), max(longest_gap_days)
FROM breakdown CROSS JOIN grouped
GROUP BY 1, 2 ORDER BY 1, 2 NULLS LAST
