-- How did one station's stock go, step by step?
--
-- Grain:  one row a step of :step_ms since the span's origin in which the station was observed, oldest first;
--         :step_ms is a multiple of a quarter-hour.
-- Inputs: station_quarters (station_quarters.sql); :step_ms.
--
-- mechanical ... docks  Means over the time observed in the step, NULL where never told.
WITH steps AS (
  SELECT
    floor(quarter_ms / :step_ms) * :step_ms AS from_ms,
    CAST(sum(mechanical) AS DOUBLE) AS mechanical,
    CAST(sum(mechanical_ms) AS DOUBLE) AS mechanical_ms,
    CAST(sum(ebikes) AS DOUBLE) AS ebikes,
    CAST(sum(ebikes_ms) AS DOUBLE) AS ebikes_ms,
    CAST(sum(docks) AS DOUBLE) AS docks,
    CAST(sum(docks_ms) AS DOUBLE) AS docks_ms
  FROM station_quarters
  WHERE observed_ms > 0
  GROUP BY floor(quarter_ms / :step_ms)
)
SELECT
  from_ms,
  from_ms + :step_ms AS to_ms,
  mechanical / nullif(mechanical_ms, 0) AS mechanical,
  ebikes / nullif(ebikes_ms, 0) AS ebikes,
  docks / nullif(docks_ms, 0) AS docks
FROM steps
ORDER BY from_ms
