-- How many bikes does one station have at each hour of the week?
--
-- Grain:  one row a weekday, 1 (Monday) to 7, and hour of the city's day, 0-23, in which the stock was observed.
-- Inputs: station_quarters (station_quarters.sql).
--
-- bikes        Mean stock, weighted by time.
-- observed_ms  Milliseconds behind it, over all weeks of the span.
SELECT
  weekday,
  floor(quarter / 4) AS hour,
  CAST(sum(bikes) AS DOUBLE) / CAST(sum(bikes_ms) AS DOUBLE) AS bikes,
  CAST(sum(bikes_ms) AS DOUBLE) AS observed_ms
FROM station_quarters
WHERE bikes_ms > 0
GROUP BY weekday, floor(quarter / 4)
ORDER BY weekday, hour
