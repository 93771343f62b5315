-- Every planned visit that a calendar may hold: those that stand, and those that no longer do. Of an enterprise or a
-- cadre whom an undo has taken away since, the journal still knows what was told: `firm` and `person`.
-- {{plan}} and {{cancelled_plan}} are the plans and what was called off on that day; :until is the first operation
-- after it.
SELECT plan_id, enterprise_id, coalesce(field_of(firm, uscc), uscc), coalesce(field_of(firm, name), enterprise.name),
       CASE WHEN firm IS NULL THEN address ELSE field_of(firm, address) END,
       coalesce(field_of(person, staff_no), staff_no) AS number, coalesce(field_of(person, name), cadre.name),
       planned_on, starts_at, due_on, status, cause, reason
FROM (
  -- A visit on the day itself leaves the appointment as it was; one on another day used it up.
  SELECT plan.id AS plan_id, plan.enterprise_id, plan.cadre_id, planned_on, starts_at,
         CASE WHEN visit_id IS NULL OR done_on = planned_on THEN due_on END AS due_on,
         CASE WHEN visit_id IS NOT NULL AND differs(done_on, planned_on) THEN 'cancelled'
              WHEN confirmed = 1 THEN 'confirmed' ELSE 'tentative' END AS status,
         CASE WHEN visit_id IS NOT NULL AND differs(done_on, planned_on) THEN 'visited' END AS cause,
         NULL AS reason, NULL AS firm, NULL AS person
  FROM {plan} AS plan LEFT JOIN visit ON visit.id = visit_id
  WHERE planned_on >= :since
  UNION ALL
  SELECT plan_id, enterprise_id, cadre_id, planned_on, starts_at, NULL, 'cancelled', cause, reason, NULL, NULL
  FROM {cancelled_plan} AS cancelled_plan
  WHERE planned_on >= :since
  UNION ALL
  -- An undo takes a plan away and leaves no row: only the journal knows of it.
  SELECT plan_id, enterprise_id, cadre_id, planned_on, starts_at, NULL, 'cancelled',
         CASE WHEN firm IS NULL THEN 'called_off' ELSE 'out_of_scope' END, NULL, firm, person
  FROM (
    SELECT row_id AS plan_id, field_of(old, enterprise_id) AS enterprise_id, field_of(old, cadre_id) AS cadre_id,
           field_of(old, planned_on) AS planned_on, field_of(old, starts_at) AS starts_at,
           (SELECT gone.old FROM change AS gone
            WHERE gone.subject = 'enterprise' AND gone.row_id = field_of(change.old, enterprise_id) AND gone.kind = 'D'
              AND gone.operation_id >= change.operation_id ORDER BY gone.seq LIMIT 1) AS firm,
           (SELECT gone.old FROM change AS gone
            WHERE gone.subject = 'cadre' AND gone.row_id = field_of(change.old, cadre_id) AND gone.kind = 'D'
              AND gone.operation_id >= change.operation_id ORDER BY gone.seq LIMIT 1) AS person
    FROM change
    WHERE subject = 'plan' AND kind = 'D' AND field_of(old, planned_on) >= :since
      AND seq = (SELECT max(seq) FROM change AS latest
                 WHERE latest.subject = 'plan' AND latest.row_id = change.row_id AND latest.operation_id < :until)
      AND NOT EXISTS (SELECT 1 FROM {cancelled_plan} AS cancelled_plan WHERE cancelled_plan.plan_id = row_id)) AS undone
) AS event
LEFT JOIN enterprise ON enterprise.id = event.enterprise_id
LEFT JOIN cadre ON cadre.id = event.cadre_id
-- Whose enterprise or cadre was undone only after that day is not told.
WHERE (firm IS NOT NULL OR enterprise.id IS NOT NULL) AND (person IS NOT NULL OR cadre.id IS NOT NULL)
  AND (:staff_no IS NULL OR coalesce(field_of(person, staff_no), staff_no) = :staff_no)
ORDER BY number, planned_on, plan_id
