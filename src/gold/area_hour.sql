-- What did the stations of each area hold and do, hour by hour?
--
-- Grain:  one row an area in which a station stood when the hour began (station_areas.sql; ids are empty where nothing is
--         known of it) and UTC hour. All figures but observed_ms are sums: rows of the same area and hour, of several
--         sections or of what lies between them, add up.
-- Inputs: area_parts, rows of station_hour.sql that are summed here; station_areas. States are defined and sourced in
--         readings.sql.
--
-- observed_ms  The longest time for which one station was observed, milliseconds.
-- ..._ms       Milliseconds, summed over stations. out_ms is stale or closed; serving_ms in service with bikes and
--              free docks known: the sum of empty_ms, few bikes, balanced, few docks and full_ms; service_ms the part
--              of it with at least 2 bikes and 2 free docks.
-- mechanical   Sums over stations of (milliseconds listed) x (mean while known); e-bikes and docks alike. Divided by
--              the time observed (observed_hours.sql) they are the area's stock.
-- out_of_order Sum of milliseconds x (capacity - bikes - free docks, where positive), in service with a capacity told:
--              the part service_capacity_ms of serving_ms.
-- departures, arrivals, brought, taken  Bikes, as station_hour counts them.
SELECT
  coalesce(a.quartier_id, '') AS quartier_id,
  coalesce(a.district_id, '') AS district_id,
  h.hour_at,
  CAST(max(h.observed_ms) AS DOUBLE) AS observed_ms,
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
  CAST(sum(h.service_capacity_ms) AS DOUBLE) AS service_capacity_ms,
  CAST(sum(h.departures) AS DOUBLE) AS departures,
  CAST(sum(h.arrivals) AS DOUBLE) AS arrivals,
  CAST(sum(h.brought) AS DOUBLE) AS brought,
  CAST(sum(h.taken) AS DOUBLE) AS taken
FROM area_parts AS h
LEFT JOIN station_areas AS a
  ON a.station_code = h.station_code AND a.from_at <= h.hour_at AND a.until_at > h.hour_at
GROUP BY coalesce(a.quartier_id, ''), coalesce(a.district_id, ''), h.hour_at
