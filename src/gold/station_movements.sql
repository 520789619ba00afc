-- How many bikes left one station, and how many came, at least?
--
-- Grain:  one row a step of :step_ms since the span's origin in which the station was observed, oldest first;
--         :step_ms is a multiple of a quarter-hour.
-- Inputs: station_quarters (station_quarters.sql); :step_ms.
--
-- departures, arrivals  Lower bounds, defined and sourced in station_stays.sql.
-- observed_ms           Milliseconds of the step that were observed.
SELECT
  floor(quarter_ms / :step_ms) * :step_ms AS from_ms,
  CAST(sum(departures) AS DOUBLE) AS departures,
  CAST(sum(arrivals) AS DOUBLE) AS arrivals,
  CAST(sum(observed_ms) AS DOUBLE) AS observed_ms
FROM station_quarters
GROUP BY floor(quarter_ms / :step_ms)
ORDER BY from_ms
