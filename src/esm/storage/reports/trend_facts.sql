-- Everyone in scope on the last day of one period, with what the figures of the trend count: those of
-- coverage_facts.sql that it needs, by the same rules.
-- Bound are the last day of the period or the day asked about, :today, the :first of the period and, by tier, the
-- earliest anchor that is on time on that day, for adding months to every anchor takes as long as all the rest.
-- {{clock}} is the rolling clock of that day.
WITH
held AS MATERIALIZED (
  SELECT enterprise_id, start_on < :first AS is_throughout FROM scope WHERE holds(scope, :today)),
served AS MATERIALIZED (
  SELECT pairing.enterprise_id
  FROM pairing JOIN cadre ON cadre.id = pairing.cadre_id
  WHERE holds(pairing, :today) AND in_post(cadre, :today)),
resting AS MATERIALIZED (SELECT enterprise_id FROM pause WHERE holds(pause, :today)),
visited AS MATERIALIZED (
  SELECT DISTINCT enterprise_id FROM visit WHERE done_on BETWEEN :first AND :today AND counts(visit)),
fact AS MATERIALIZED (
  SELECT held.enterprise_id, profile.subdistrict, held.is_throughout,
         clock.anchor_on < CASE clock.tier WHEN 'A' THEN :on_time_a WHEN 'B' THEN :on_time_b ELSE :on_time_c END AS is_late,
         held.enterprise_id IN (SELECT enterprise_id FROM served) AS is_served,
         held.enterprise_id IN (SELECT enterprise_id FROM resting) AS is_paused,
         held.enterprise_id IN (SELECT enterprise_id FROM visited) AS is_visited
  FROM held
  JOIN profile ON profile.enterprise_id = held.enterprise_id AND holds(profile, :today)
  JOIN {clock} AS clock ON clock.enterprise_id = held.enterprise_id AND holds(clock, :today))
