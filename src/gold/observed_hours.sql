-- How much of each hour was observed?
--
-- Grain:  one row an hour of the window, observed or not.
-- Inputs: city_hours, the window's hours in the city's calendar (hours.ts); station_stocks (station_stocks.sql).
--
-- observed_ms  The longest time for which one station was observed: a snapshot tells of nearly all of them at once.
--              Figures of the network are sums over stations divided by it, so that a station counts for as long as
--              it was there; the sum of observed_ms / span_ms is the share of time observed that stands beside them.
WITH told AS (
  SELECT hour_number, CAST(max(observed_ms) AS DOUBLE) AS observed_ms
  FROM station_stocks
  GROUP BY hour_number
)
SELECT
  c.hour_number,
  c.hour_ms,
  c.day_number,
  c.day_type,
  c.city_hour,
  c.span_ms,
  coalesce(t.observed_ms, 0) AS observed_ms
FROM city_hours AS c
LEFT JOIN told AS t ON t.hour_number = c.hour_number
