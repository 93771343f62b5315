-- The counters of the coverage report by the {{groups}}, which are columns of `standing`, in one pass.
{facts},

-- Sorting the facts is dear: they are sorted once, by all groups together, and the breakdowns add those up.
grouped AS MATERIALIZED (
  SELECT {groups},
         count(*) FILTER (WHERE in_scope) AS in_scope,
         count(*) FILTER (WHERE served) AS served,
         count(*) FILTER (WHERE in_scope AND NOT served) AS unserved,
         count(*) FILTER (WHERE due_in_period) AS due_in_period,
         count(*) FILTER (WHERE visited_of_due) AS visited_of_due,
         count(*) FILTER (WHERE visited_in_period) AS visited_in_period,
         count(*) FILTER (WHERE new_in_period) AS new_in_period,
         count(*) FILTER (WHERE left_in_period) AS left_in_period,
         count(*) FILTER (WHERE paused) AS paused,
         count(*) FILTER (WHERE paused_on) AS paused_on,
         count(*) FILTER (WHERE on_time_rolling) AS on_time_rolling,
         count(*) FILTER (WHERE overdue) AS overdue,
         count(*) FILTER (WHERE never_visited) AS never_visited,
         count(*) FILTER (WHERE never_visited AND overdue) AS never_visited_overdue,
         max(gap) AS gap
  FROM standing GROUP BY {groups})
