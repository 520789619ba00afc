-- On which days did a station's stock come down to one or two bikes, and stand there?
--
-- Grain:  one row a station and day of the city on which the lowest of its hours is 1 or 2.
-- Inputs: station_hours (station_hours.sql); seam_hours (seam_parts.sql): only these hours come in parts, which are
--         summed; city_hours (hours.ts); observed_hours (observed_hours.sql).
--
-- lowest       The lowest mean stock of an hour in which it was known for at least 55 minutes, and bikes moved somewhere:
--              where nothing of the whole network did, the feed stood still, and what stands still tells nothing.
-- still_hours  How many of those hours had exactly that mean: the stock did not move, or came back at once.
-- departures   Bikes that left that day, a lower bound.
WITH in_parts AS (
  SELECT DISTINCT hour_at FROM seam_hours
),
calendar AS (
  SELECT c.hour_number, c.day_number, p.hour_at IS NOT NULL AS is_in_parts
  FROM city_hours AS c
  JOIN observed_hours AS o ON o.hour_number = c.hour_number AND o.moving_ms > 0
  LEFT JOIN in_parts AS p ON p.hour_at = c.hour_at
),
hours AS (
  SELECT s.station, c.day_number, s.bikes, s.bikes_ms, s.departures
  FROM station_hours AS s
  JOIN calendar AS c ON c.hour_number = s.hour_number
  WHERE NOT c.is_in_parts
  UNION ALL
  SELECT
    s.station,
    c.day_number,
    CAST(sum(s.bikes) AS DOUBLE) AS bikes,
    CAST(sum(s.bikes_ms) AS DOUBLE) AS bikes_ms,
    CAST(sum(s.departures) AS DOUBLE) AS departures
  FROM station_hours AS s
  JOIN calendar AS c ON c.hour_number = s.hour_number
  WHERE c.is_in_parts
  GROUP BY s.station, s.hour_number, c.day_number
),
stocks AS (
  SELECT
    station,
    day_number,
    CASE WHEN bikes_ms >= 3300000 THEN bikes / bikes_ms END AS stock,
    departures
  FROM hours
),
days AS (
  SELECT
    station,
    day_number,
    min(stock) AS lowest,
    CAST(count(CASE WHEN stock = 1 THEN 1 END) AS DOUBLE) AS at_one,
    CAST(count(CASE WHEN stock = 2 THEN 1 END) AS DOUBLE) AS at_two,
    CAST(sum(departures) AS DOUBLE) AS departures
  FROM stocks
  GROUP BY station, day_number
)
SELECT
  station,
  day_number,
  lowest,
  CASE WHEN lowest = 1 THEN at_one ELSE at_two END AS still_hours,
  departures
FROM days
WHERE lowest IN (1, 2)
