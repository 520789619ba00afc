-- How did each station serve, hour by hour?
--
-- Grain:  as station_hour; a station is its number in places. Narrow, for a month has a million.
-- Inputs: station_hour; places (places.sql); city_hours (hours.ts).
--
-- ..._ms  Milliseconds, as in area_hours.sql.
-- net     Bikes that came less bikes that left.
-- bikes   Milliseconds x bikes; bikes_ms those in which they were known.
SELECT
  p.station,
  c.hour_number,
  CAST(h.observed_ms AS INTEGER) AS observed_ms,
  CAST(h.empty_ms + h.few_bikes_ms + h.balanced_ms + h.few_docks_ms + h.full_ms AS INTEGER) AS serving_ms,
  CAST(h.empty_ms AS INTEGER) AS empty_ms,
  CAST(h.full_ms AS INTEGER) AS full_ms,
  CAST(h.service_ms AS INTEGER) AS service_ms,
  CAST(h.arrivals - h.departures AS INTEGER) AS net,
  CAST(h.departures AS INTEGER) AS departures,
  h.bikes,
  CAST(h.bikes_ms AS INTEGER) AS bikes_ms
FROM station_hour AS h
JOIN city_hours AS c ON c.hour_at = h.hour_at
JOIN places AS p ON p.station_code = h.station_code
