-- What did the stations of each quartier hold and do, hour by hour?
--
-- Grain:  one row an area of places (its number there: a quartier in Paris, a commune outside) and hour in which one of
--         its stations was observed.
-- Inputs: station_hour; places (places.sql); city_hours (hours.ts). States are defined and sourced in readings.sql.
--
-- ..._ms       Milliseconds, summed over stations. out_ms is stale or closed; serving_ms in service with bikes and
--              free docks known: the sum of empty_ms, few bikes, balanced, few docks and full_ms; service_ms the part
--              of it with at least 2 bikes and 2 free docks.
-- mechanical   Sums over stations of (milliseconds listed) x (mean while known); e-bikes and docks alike. Divided by
--              the time observed (observed_hours.sql) they are the area's stock.
-- out_of_order Sum of milliseconds x (capacity - bikes - free docks, where positive), in service.
-- departures, arrivals, brought, taken  Bikes, as station_hour counts them.
SELECT
  p.area,
  c.hour_number,
  CAST(sum(h.stale_ms + h.closed_ms) AS DOUBLE) AS out_ms,
  CAST(sum(h.stale_ms) AS DOUBLE) AS stale_ms,
  CAST(sum(h.empty_ms + h.few_bikes_ms + h.balanced_ms + h.few_docks_ms + h.full_ms) AS DOUBLE) AS serving_ms,
  CAST(sum(h.empty_ms) AS DOUBLE) AS empty_ms,
  CAST(sum(h.full_ms) AS DOUBLE) AS full_ms,
  CAST(sum(h.service_ms) AS DOUBLE) AS service_ms,
  CAST(sum(h.observed_ms * (h.mechanical / nullif(h.mechanical_ms, 0))) AS DOUBLE) AS mechanical,
  CAST(sum(h.observed_ms * (h.ebikes / nullif(h.ebikes_ms, 0))) AS DOUBLE) AS ebikes,
  CAST(sum(h.observed_ms * (h.docks / nullif(h.docks_ms, 0))) AS DOUBLE) AS docks,
  CAST(sum(h.out_of_order) AS DOUBLE) AS out_of_order,
  CAST(sum(h.departures) AS DOUBLE) AS departures,
  CAST(sum(h.arrivals) AS DOUBLE) AS arrivals,
  CAST(sum(h.brought) AS DOUBLE) AS brought,
  CAST(sum(h.taken) AS DOUBLE) AS taken
FROM station_hour AS h
JOIN city_hours AS c ON c.hour_at = h.hour_at
JOIN places AS p ON p.station_code = h.station_code
GROUP BY p.area, c.hour_number
