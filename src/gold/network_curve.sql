-- How did the stock go through time, by type?
--
-- Grain:  one row a step of :step_h hours since the window's beginning, oldest first.
-- Inputs: chosen_hours, chosen_area_hours; :step_h.
--
-- mechanical, ebikes, docks  Bikes and free docks at all stations together, means weighted by time. NULL in a step that
--                            was not observed: unknown, not nought.
-- observed_ms                How much of the step was observed.
WITH times AS (
  SELECT
    floor(hour_number / :step_h) AS step,
    min(hour_ms) AS from_ms,
    CAST(sum(observed_ms) AS DOUBLE) AS observed_ms
  FROM chosen_hours
  GROUP BY floor(hour_number / :step_h)
),
figures AS (
  SELECT
    floor(hour_number / :step_h) AS step,
    CAST(sum(mechanical) AS DOUBLE) AS mechanical,
    CAST(sum(ebikes) AS DOUBLE) AS ebikes,
    CAST(sum(docks) AS DOUBLE) AS docks
  FROM chosen_area_hours
  GROUP BY floor(hour_number / :step_h)
)
SELECT
  t.from_ms,
  t.observed_ms,
  f.mechanical / nullif(t.observed_ms, 0) AS mechanical,
  f.ebikes / nullif(t.observed_ms, 0) AS ebikes,
  f.docks / nullif(t.observed_ms, 0) AS docks
FROM times AS t
LEFT JOIN figures AS f ON f.step = t.step
ORDER BY t.from_ms
