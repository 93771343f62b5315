-- The due list: one row an enterprise in scope on :today, with the cadre in post who serves it and, where that one
-- is away for more than :deputy_after days, the first deputy who is in post, not away and not recused: that of the
-- absence, else those of the pairing in order.
-- {{clock}}, {{open_plan}} and {{deputies}} are the rolling clock, the open plans and the deputies of pairings of that day,
-- {{is_paused}} whether it is paused, {{filters}} what else is asked for.
-- The name is asked for by itself: a server takes as long to plan one more join as to run the whole for twenty lines.
-- The joins of the view `service` are spelled out: as the right side of a LEFT JOIN SQLite would compute all of it.
SELECT clock.uscc, (SELECT enterprise.name FROM enterprise WHERE enterprise.id = clock.enterprise_id) AS enterprise,
       clock.tier, profile.subdistrict, cadre.staff_no, cadre.name,
       clock.last_visit_on, clock.due_on,
       (SELECT min(open_plan.planned_on || coalesce(open_plan.starts_at, '')) FROM {open_plan} AS open_plan
        WHERE open_plan.enterprise_id = clock.enterprise_id) AS planned_at,
       (SELECT scope.basis FROM scope WHERE scope.enterprise_id = clock.enterprise_id AND holds(scope, :today)) AS basis,
       {is_paused} AS is_paused, deputy.staff_no, deputy.name, posting.department
FROM {clock} AS clock
JOIN profile ON profile.enterprise_id = clock.enterprise_id AND holds(profile, :today)
LEFT JOIN pairing ON pairing.enterprise_id = clock.enterprise_id AND holds(pairing, :today)
LEFT JOIN cadre ON cadre.id = pairing.cadre_id AND in_post(cadre, :today)
LEFT JOIN posting ON posting.cadre_id = cadre.id AND holds(posting, :today)
LEFT JOIN absence ON absence.cadre_id = cadre.id AND holds(absence, :today)
  AND days_between(absence.start_on, absence.end_on) > :deputy_after
LEFT JOIN cadre AS deputy ON deputy.id = CASE WHEN absence.id IS NOT NULL THEN (
  SELECT other.id
  FROM (SELECT absence.deputy_id AS cadre_id, 0 AS place
        UNION ALL SELECT own.cadre_id, own.place FROM {deputies} AS own WHERE own.pairing_id = pairing.id) AS named
  JOIN cadre AS other ON other.id = named.cadre_id AND in_post(other, :today)
  WHERE NOT EXISTS (SELECT 1 FROM recusal
                    WHERE recusal.cadre_id = other.id AND recusal.enterprise_id = clock.enterprise_id
                      AND holds(recusal, :today))
    AND NOT EXISTS (SELECT 1 FROM absence AS own WHERE own.cadre_id = other.id AND holds(own, :today))
  ORDER BY named.place LIMIT 1) END
WHERE holds(clock, :today) {filters}
