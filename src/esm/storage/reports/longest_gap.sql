-- The longest gap that ended since the period began or is still open (docs/rules.md, The two clocks), twice its days and
-- one more where it began before the records. Each stretch in scope is by itself, from its beginning on.
(SELECT max(CASE WHEN ended_on > :floor
                 THEN 2 * days_between(later_of(begun_on, :floor), ended_on)
                   + CASE WHEN later_of(begun_on, :scheme) < :records THEN 1 ELSE 0 END
                 ELSE 0 END)
 FROM (
   SELECT visit.done_on AS ended_on,
          coalesce((SELECT max(earlier.done_on) FROM visit AS earlier
                    WHERE earlier.enterprise_id = scope.enterprise_id AND earlier.done_on < visit.done_on
                      AND earlier.done_on >= scope.start_on AND counts(earlier)), scope.start_on) AS begun_on
   FROM scope JOIN visit ON visit.enterprise_id = scope.enterprise_id AND holds(scope, visit.done_on)
   WHERE scope.enterprise_id = member.enterprise_id AND visit.done_on BETWEEN :first AND :today
     AND counts(visit)
   UNION ALL
   SELECT coalesce(earlier_of(scope.end_on, :today), :today),
          coalesce((SELECT max(last.done_on) FROM visit AS last
                    WHERE last.enterprise_id = scope.enterprise_id AND last.done_on <= :today
                      AND holds(scope, last.done_on) AND counts(last)), scope.start_on)
   FROM scope
   WHERE scope.enterprise_id = member.enterprise_id AND touches(scope, :first, :today)) AS gap)
