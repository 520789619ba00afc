-- How much of the network is out of service?
--
-- Grain:  one row a step of :step_h hours since the window's beginning, oldest first.
-- Inputs: chosen_hours, chosen_area_hours; :step_h.
--
-- stations      Mean number of stations with a flag that says NO, without docks, or whose last report is older than
--               24 hours (gbfs-toolkit's audits). silent: of those, the ones whose report is too old.
-- docks         Mean number of docks out of order: capacity - bikes - free docks, where positive, at stations in
--               service (Velib' studies). Readings that tell no capacity stand as those do that tell one; NULL where
--               none does.
-- observed_ms   How much of the step was observed; figures are NULL where nothing was.
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
    CAST(sum(out_ms) AS DOUBLE) AS out_ms,
    CAST(sum(stale_ms) AS DOUBLE) AS stale_ms,
    CAST(sum(serving_ms) AS DOUBLE) AS serving_ms,
    CAST(sum(service_capacity_ms) AS DOUBLE) AS service_capacity_ms,
    CAST(sum(out_of_order) AS DOUBLE) AS out_of_order
  FROM chosen_area_hours
  GROUP BY floor(hour_number / :step_h)
)
SELECT
  t.from_ms,
  t.observed_ms,
  f.out_ms / nullif(t.observed_ms, 0) AS stations,
  f.stale_ms / nullif(t.observed_ms, 0) AS silent,
  f.out_of_order / nullif(f.service_capacity_ms / nullif(f.serving_ms, 0), 0) / nullif(t.observed_ms, 0) AS docks
FROM times AS t
LEFT JOIN figures AS f ON f.step = t.step
ORDER BY t.from_ms
