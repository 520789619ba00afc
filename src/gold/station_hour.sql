-- How was each station served in each hour?
--
-- Grain:  one row a station and UTC hour, of the frames of one section of each UTC day. All figures are sums, so that
--         rows of the same hour add up: where a section's last frame stands beyond it, what that comes to in the hour
--         are rows of their own (seam_parts.sql, hour_figures.sql).
-- Inputs: hour_figures (hour_figures.sql, which tells what the figures are).
SELECT
  station_code,
  hour_at,
  CAST(sum(observed_ms) AS INTEGER) AS observed_ms,
  CAST(sum(stale_ms) AS INTEGER) AS stale_ms,
  CAST(sum(closed_ms) AS INTEGER) AS closed_ms,
  CAST(sum(empty_ms) AS INTEGER) AS empty_ms,
  CAST(sum(few_bikes_ms) AS INTEGER) AS few_bikes_ms,
  CAST(sum(balanced_ms) AS INTEGER) AS balanced_ms,
  CAST(sum(few_docks_ms) AS INTEGER) AS few_docks_ms,
  CAST(sum(full_ms) AS INTEGER) AS full_ms,
  CAST(sum(unknown_ms) AS INTEGER) AS unknown_ms,
  CAST(sum(service_ms) AS INTEGER) AS service_ms,
  CAST(sum(mechanical) AS DOUBLE) AS mechanical,
  CAST(sum(mechanical_ms) AS INTEGER) AS mechanical_ms,
  CAST(sum(ebikes) AS DOUBLE) AS ebikes,
  CAST(sum(ebikes_ms) AS INTEGER) AS ebikes_ms,
  CAST(sum(bikes) AS DOUBLE) AS bikes,
  CAST(sum(bikes_ms) AS INTEGER) AS bikes_ms,
  CAST(sum(docks) AS DOUBLE) AS docks,
  CAST(sum(docks_ms) AS INTEGER) AS docks_ms,
  CAST(sum(capacity) AS DOUBLE) AS capacity,
  CAST(sum(capacity_ms) AS INTEGER) AS capacity_ms,
  CAST(sum(out_of_order) AS DOUBLE) AS out_of_order,
  CAST(sum(service_capacity_ms) AS INTEGER) AS service_capacity_ms,
  CAST(sum(departures) AS INTEGER) AS departures,
  CAST(sum(arrivals) AS INTEGER) AS arrivals,
  CAST(sum(brought) AS INTEGER) AS brought,
  CAST(sum(taken) AS INTEGER) AS taken
FROM hour_figures
GROUP BY station_code, hour_at
