-- What share of the stations was of no use to somebody?
--
-- Grain:  one row a step of :step_h hours since the window's beginning, oldest first.
-- Inputs: chosen_hours, chosen_area_hours; :step_h.
--
-- empty_share, full_share  Of the stations in service whose bikes and free docks are known, weighted by time: those
--                          with no bike, and those with no free dock. Their sum is the NotSpot index, read in bands
--                          at 5, 10, 15 and 20 % (bikesharenyc; CityLab 2014).
-- service_share            Those with at least 2 bikes and 2 free docks: the service level (ValleyBike 2021).
-- observed_ms              How much of the step was observed; shares are NULL where nothing was.
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
    CAST(sum(empty_ms) AS DOUBLE) AS empty_ms,
    CAST(sum(full_ms) AS DOUBLE) AS full_ms,
    CAST(sum(service_ms) AS DOUBLE) AS service_ms,
    CAST(sum(serving_ms) AS DOUBLE) AS serving_ms
  FROM chosen_area_hours
  GROUP BY floor(hour_number / :step_h)
)
SELECT
  t.from_ms,
  t.observed_ms,
  f.empty_ms / nullif(f.serving_ms, 0) AS empty_share,
  f.full_ms / nullif(f.serving_ms, 0) AS full_share,
  f.service_ms / nullif(f.serving_ms, 0) AS service_share
FROM times AS t
LEFT JOIN figures AS f ON f.step = t.step
ORDER BY t.from_ms
