-- How did each station serve, hour by hour?
--
-- Grain:  one row a station (its number in places) and hour in which it was observed. Narrow, for a month has a million.
-- Inputs: station_hour; places (places.sql); city_hours (hours.ts).
--
-- ..._ms  Milliseconds, as in area_hours.sql.
-- net     Bikes that came less bikes that left.
-- stock   The mean of its bikes where they were known for at least 55 minutes.
SELECT
  p.station,
  CAST(c.hour_number AS INTEGER) AS hour_number,
  CAST(min(c.day_number) AS INTEGER) AS day_number,
  CAST(sum(h.observed_ms) AS INTEGER) AS observed_ms,
  CAST(sum(h.empty_ms + h.few_bikes_ms + h.balanced_ms + h.few_docks_ms + h.full_ms) AS INTEGER) AS serving_ms,
  CAST(sum(h.empty_ms) AS INTEGER) AS empty_ms,
  CAST(sum(h.full_ms) AS INTEGER) AS full_ms,
  CAST(sum(h.service_ms) AS INTEGER) AS service_ms,
  CAST(sum(h.arrivals - h.departures) AS INTEGER) AS net,
  CAST(sum(h.departures) AS INTEGER) AS departures,
  CASE
    WHEN CAST(sum(h.bikes_ms) AS DOUBLE) >= 3300000 THEN CAST(sum(h.bikes) AS DOUBLE) / CAST(sum(h.bikes_ms) AS DOUBLE)
  END AS stock
FROM station_hour AS h
JOIN city_hours AS c ON c.hour_at = h.hour_at
JOIN places AS p ON p.station_code = h.station_code
GROUP BY p.station, c.hour_number
