-- What did the stations of each area hold and do, in each hour of the window?
--
-- Grain:  one row an area (its number in areas: a quartier in Paris, a commune outside) and hour in which one of its
--         stations was observed.
-- Inputs: area_hour (area_hour.sql, which tells what the figures are); areas (areas.sql); city_hours (hours.ts).
SELECT
  a.area,
  c.hour_number,
  CAST(sum(h.out_ms) AS DOUBLE) AS out_ms,
  CAST(sum(h.stale_ms) AS DOUBLE) AS stale_ms,
  CAST(sum(h.serving_ms) AS DOUBLE) AS serving_ms,
  CAST(sum(h.empty_ms) AS DOUBLE) AS empty_ms,
  CAST(sum(h.full_ms) AS DOUBLE) AS full_ms,
  CAST(sum(h.service_ms) AS DOUBLE) AS service_ms,
  CAST(sum(h.mechanical) AS DOUBLE) AS mechanical,
  CAST(sum(h.ebikes) AS DOUBLE) AS ebikes,
  CAST(sum(h.docks) AS DOUBLE) AS docks,
  CAST(sum(h.out_of_order) AS DOUBLE) AS out_of_order,
  CAST(sum(h.service_capacity_ms) AS DOUBLE) AS service_capacity_ms,
  CAST(sum(h.departures) AS DOUBLE) AS departures,
  CAST(sum(h.arrivals) AS DOUBLE) AS arrivals,
  CAST(sum(h.brought) AS DOUBLE) AS brought,
  CAST(sum(h.taken) AS DOUBLE) AS taken
FROM area_hour AS h
JOIN city_hours AS c ON c.hour_at = h.hour_at
JOIN areas AS a ON a.quartier_id = h.quartier_id AND a.district_id = h.district_id
GROUP BY a.area, c.hour_number
