-- What did each station hold in each hour?
--
-- Grain:  one row a station and hour in which it was observed.
-- Inputs: station_hours (station_hours.sql), which may tell of an hour in parts; city_hours (hours.ts).
--
-- observed_ms  Milliseconds.
-- stock        The mean of its bikes where they were known for at least 55 minutes.
-- departures   Bikes that left, a lower bound.
WITH sums AS (
  SELECT
    station,
    hour_number,
    CAST(sum(observed_ms) AS DOUBLE) AS observed_ms,
    CAST(sum(bikes) AS DOUBLE) AS bikes,
    CAST(sum(bikes_ms) AS DOUBLE) AS bikes_ms,
    CAST(sum(departures) AS DOUBLE) AS departures
  FROM station_hours
  GROUP BY station, hour_number
)
SELECT
  s.station,
  s.hour_number,
  c.day_number,
  s.observed_ms,
  CASE WHEN s.bikes_ms >= 3300000 THEN s.bikes / s.bikes_ms END AS stock,
  s.departures
FROM sums AS s
JOIN city_hours AS c ON c.hour_number = s.hour_number
