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
  h.observed_ms,
  h.empty_ms + h.few_bikes_ms + h.balanced_ms + h.few_docks_ms + h.full_ms AS serving_ms,
  h.empty_ms,
  h.full_ms,
  h.service_ms,
  h.arrivals - h.departures AS net,
  h.departures,
  h.bikes,
  h.bikes_ms
FROM station_hour AS h
JOIN city_hours AS c ON c.hour_at = h.hour_at
JOIN places AS p ON p.station_code = h.station_code
