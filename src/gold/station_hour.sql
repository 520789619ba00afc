-- How was each station served in each hour?
--
-- Grain:  one row a station and UTC hour, of the frames of one section of each UTC day, or of what lies between sections.
--         All figures are sums, so that rows of the same hour add up: where a section's last frame stands beyond it, its
--         part of the hour is a row of its own.
-- Inputs: hour_parts, rows of interval_parts.sql or of seam_parts.sql.
--
-- Figures are milliseconds, or milliseconds x figure, whole numbers that add up exactly in any order.
-- observed_ms        In which the station was listed. stale_ms ... full_ms, unknown_ms: by its state (readings.sql).
-- service_ms         In service with at least 2 bikes and at least 2 free docks (ValleyBike's service level of 2021).
-- mechanical ...     Of the time in which the figure was told, ..._ms: their quotient is the mean.
-- out_of_order       Capacity - bikes - free docks where positive, in service with a capacity told; service_capacity is
--                    the capacity of that time, the share's base.
-- departures, arrivals, brought, taken  Bikes, as interval_parts.sql defines them.
SELECT
  station_code,
  hour_at,
  CAST(sum(ms) AS INTEGER) AS observed_ms,
  CAST(sum(CASE WHEN state = -1 THEN ms ELSE 0 END) AS INTEGER) AS stale_ms,
  CAST(sum(CASE WHEN state = 0 THEN ms ELSE 0 END) AS INTEGER) AS closed_ms,
  CAST(sum(CASE WHEN state = 1 THEN ms ELSE 0 END) AS INTEGER) AS empty_ms,
  CAST(sum(CASE WHEN state = 2 THEN ms ELSE 0 END) AS INTEGER) AS few_bikes_ms,
  CAST(sum(CASE WHEN state = 3 THEN ms ELSE 0 END) AS INTEGER) AS balanced_ms,
  CAST(sum(CASE WHEN state = 4 THEN ms ELSE 0 END) AS INTEGER) AS few_docks_ms,
  CAST(sum(CASE WHEN state = 5 THEN ms ELSE 0 END) AS INTEGER) AS full_ms,
  CAST(sum(CASE WHEN state IS NULL THEN ms ELSE 0 END) AS INTEGER) AS unknown_ms,
  CAST(sum(CASE WHEN state > 0 AND bikes >= 2 AND docks >= 2 THEN ms ELSE 0 END) AS INTEGER) AS service_ms,
  CAST(sum(ms * coalesce(mechanical, 0)) AS DOUBLE) AS mechanical,
  CAST(sum(CASE WHEN mechanical IS NULL THEN 0 ELSE ms END) AS INTEGER) AS mechanical_ms,
  CAST(sum(ms * coalesce(ebikes, 0)) AS DOUBLE) AS ebikes,
  CAST(sum(CASE WHEN ebikes IS NULL THEN 0 ELSE ms END) AS INTEGER) AS ebikes_ms,
  CAST(sum(ms * coalesce(bikes, 0)) AS DOUBLE) AS bikes,
  CAST(sum(CASE WHEN bikes IS NULL THEN 0 ELSE ms END) AS INTEGER) AS bikes_ms,
  CAST(sum(ms * coalesce(docks, 0)) AS DOUBLE) AS docks,
  CAST(sum(CASE WHEN docks IS NULL THEN 0 ELSE ms END) AS INTEGER) AS docks_ms,
  CAST(sum(ms * coalesce(capacity, 0)) AS DOUBLE) AS capacity,
  CAST(sum(CASE WHEN capacity IS NULL THEN 0 ELSE ms END) AS INTEGER) AS capacity_ms,
  CAST(sum(
    CASE
      WHEN state > 0 AND CAST(capacity AS INTEGER) - bikes - docks > 0
        THEN ms * (CAST(capacity AS INTEGER) - bikes - docks)
      ELSE 0
    END
  ) AS DOUBLE) AS out_of_order,
  CAST(sum(CASE WHEN state > 0 THEN ms * coalesce(capacity, 0) ELSE 0 END) AS DOUBLE) AS service_capacity,
  CAST(sum(departures) AS INTEGER) AS departures,
  CAST(sum(arrivals) AS INTEGER) AS arrivals,
  CAST(sum(brought) AS INTEGER) AS brought,
  CAST(sum(taken) AS INTEGER) AS taken
FROM hour_parts
GROUP BY station_code, hour_at
