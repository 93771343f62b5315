-- Every planned visit that a calendar may hold: those that stand, and those that no longer do.
SELECT plan_id, enterprise_id, uscc, enterprise.name, address, staff_no, cadre.name, planned_on, starts_at, due_on,
       status, cause, reason
FROM (
  -- A visit on the day itself leaves the appointment as it was; one on another day used it up.
  SELECT plan.id AS plan_id, plan.enterprise_id, plan.cadre_id, planned_on, starts_at,
         CASE WHEN done_on IS NULL OR done_on = planned_on THEN due_on END AS due_on,
         CASE WHEN done_on <> planned_on THEN 'cancelled' WHEN confirmed = 1 THEN 'confirmed' ELSE 'tentative' END
           AS status,
         CASE WHEN done_on <> planned_on THEN 'visited' END AS cause, NULL AS reason
  FROM plan LEFT JOIN visit ON visit.id = visit_id AND done_on <= :today
  WHERE planned_on >= :since AND made_on <= :today
  UNION ALL
  SELECT plan_id, enterprise_id, cadre_id, planned_on, starts_at, NULL, 'cancelled', cause, reason
  FROM cancelled_plan
  WHERE planned_on >= :since
  UNION ALL
  -- An undo takes a plan away and leaves no row: only the journal knows of it.
  SELECT row_id, field_of(old, enterprise_id), field_of(old, cadre_id), field_of(old, planned_on),
         field_of(old, starts_at), NULL, 'cancelled', 'called_off', NULL
  FROM change
  WHERE subject = 'plan' AND kind = 'D' AND field_of(old, planned_on) >= :since
    AND seq = (SELECT max(seq) FROM change AS latest WHERE latest.subject = 'plan' AND latest.row_id = change.row_id)
    AND NOT EXISTS (SELECT 1 FROM cancelled_plan WHERE plan_id = row_id)
) AS event
JOIN enterprise ON enterprise.id = event.enterprise_id
JOIN cadre ON cadre.id = event.cadre_id
WHERE :staff_no IS NULL OR staff_no = :staff_no
ORDER BY staff_no, planned_on, plan_id
