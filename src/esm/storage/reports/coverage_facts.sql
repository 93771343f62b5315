-- What the figures of a period count: everyone who was in scope on any day since it began (docs/rules.md, Report).
-- Bound are the day :today, the period's :first and :last day up to it, :scheme and :records, when the scheme and the
-- records began, :floor, the later of them, and the key of those served by a cadre of :no_department. {{clock}} is the
-- rolling clock of that day, {{gap}} the column of the longest gap.
WITH
-- Few ever come back into scope, and adding up the stretches of everyone takes twice the time of reading them: only
-- theirs are added up.
returned AS MATERIALIZED (SELECT enterprise_id FROM scope GROUP BY enterprise_id HAVING count(*) > 1),

-- Everyone in scope on any day since the period began, and where the days in scope lie in the period.
member AS (
  SELECT enterprise_id, touches(scope, :first, :last) AS is_in,
         holds(scope, :last) AS is_in_on_last, start_on < :first AND lasts(scope, :last) AS is_in_throughout
  FROM scope
  WHERE touches(scope, :first, :today) AND enterprise_id NOT IN (SELECT enterprise_id FROM returned)
  UNION ALL
  SELECT enterprise_id, count(*) FILTER (WHERE touches(scope, :first, :last)) > 0,
         count(*) FILTER (WHERE holds(scope, :last)) > 0,
         count(*) FILTER (WHERE start_on < :first AND lasts(scope, :last)) > 0
  FROM scope WHERE enterprise_id IN (SELECT enterprise_id FROM returned)
  GROUP BY enterprise_id HAVING count(*) FILTER (WHERE touches(scope, :first, :today)) > 0),

-- What is true of each. Materialized, for SQLite would compute a column anew for every figure that it stands in.
fact AS MATERIALIZED (
  SELECT member.enterprise_id, profile.subdistrict, profile.tier, cadre.staff_no AS cadre,
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
         {gap} AS gap
  FROM member
  JOIN profile ON profile.enterprise_id = member.enterprise_id AND holds(profile, :today)
  LEFT JOIN {clock} AS clock ON clock.enterprise_id = member.enterprise_id AND holds(clock, :today)
  LEFT JOIN pairing ON pairing.enterprise_id = member.enterprise_id AND holds(pairing, :today)
  LEFT JOIN cadre ON cadre.id = pairing.cadre_id AND in_post(cadre, :today)
  LEFT JOIN posting ON posting.cadre_id = cadre.id AND holds(posting, :today)),

-- What each counts as, in the words of docs/rules.md, Report.
standing AS (
  SELECT enterprise_id, subdistrict, tier, industry, department, cadre, in_scope, gap,
         in_scope AND is_served AS served,
         is_in_throughout AND NOT is_paused_on_last AS due_in_period,
         is_in_throughout AND NOT is_paused_on_last AND is_visited AS visited_of_due,
         is_in AND is_visited AS visited_in_period,
         is_in_on_last AND NOT is_in_throughout AS new_in_period,
         is_in AND NOT is_in_on_last AS left_in_period,
         is_in_throughout AND is_paused_on_last AS paused,
         in_scope AND is_paused AS paused_on,
         in_scope AND NOT is_paused AND NOT is_late AS on_time_rolling,
         in_scope AND NOT is_paused AND is_late AS overdue,
         in_scope AND is_never_visited AS never_visited
  FROM fact)
