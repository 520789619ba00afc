-- How many bikes does one station have at each hour of the week?
--
-- Grain:  one row a weekday, 1 (Monday) to 7, and hour of the city's day, 0-23, in which the stock was observed.
-- Inputs: station_quarters (station_quarters.sql).
--
-- bikes, docks  Mean bikes and free docks, weighted by time; docks NULL where never told.
-- observed_ms   Milliseconds behind the bikes, over all weeks of the span.
SELECT
  weekday,
  floor(quarter / 4) AS hour,
  CAST(sum(bikes) AS DOUBLE) / CAST(sum(bikes_ms) AS DOUBLE) AS bikes,
  CAST(sum(docks) AS DOUBLE) / nullif(CAST(sum(docks_ms) AS DOUBLE), 0) AS docks,
  CAST(sum(bikes_ms) AS DOUBLE) AS observed_ms
FROM station_quarters
WHERE bikes_ms > 0
GROUP BY weekday, floor(quarter / 4)
ORDER BY weekday, hour
