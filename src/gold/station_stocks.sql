-- What did each station hold in each hour?
--
-- Grain:  one row a station and hour in which it was observed.
-- Inputs: station_hours (station_hours.sql); seam_hours (seam_parts.sql): only these hours come in parts, which are
--         summed; city_hours (hours.ts).
--
-- observed_ms  Milliseconds.
-- stock        The mean of its bikes where they were known for at least 55 minutes.
-- departures   Bikes that left, a lower bound.
WITH in_parts AS (
  SELECT DISTINCT c.hour_number
  FROM seam_hours AS s
  JOIN city_hours AS c ON c.hour_at = s.hour_at
),
whole AS (
  SELECT s.station, s.hour_number, s.observed_ms, s.bikes, s.bikes_ms, s.departures
  FROM station_hours AS s
  LEFT JOIN in_parts AS p ON p.hour_number = s.hour_number
  WHERE p.hour_number IS NULL
  UNION ALL
  SELECT
    s.station,
    s.hour_number,
    CAST(sum(s.observed_ms) AS DOUBLE) AS observed_ms,
    CAST(sum(s.bikes) AS DOUBLE) AS bikes,
    CAST(sum(s.bikes_ms) AS DOUBLE) AS bikes_ms,
    CAST(sum(s.departures) AS DOUBLE) AS departures
  FROM station_hours AS s
  JOIN in_parts AS p ON p.hour_number = s.hour_number
  GROUP BY s.station, s.hour_number
)
SELECT
  w.station,
  w.hour_number,
  c.day_number,
  w.observed_ms,
  CASE WHEN w.bikes_ms >= 3300000 THEN w.bikes / w.bikes_ms END AS stock,
  w.departures
FROM whole AS w
JOIN city_hours AS c ON c.hour_number = w.hour_number
