-- What does each part of an hour come to, in the figures of station_hour?
--
-- Grain:  one row a row of hour_parts.
-- Inputs: hour_parts, rows of interval_parts.sql or of seam_parts.sql.
--
-- Figures are milliseconds, or milliseconds x figure, whole numbers that add up exactly in any order.
-- observed_ms        In which the station was listed. stale_ms ... full_ms, unknown_ms: by its state (readings.sql).
-- service_ms         In service with at least 2 bikes and at least 2 free docks (ValleyBike's service level of 2021).
-- mechanical ...     Of the time in which the figure was told, ..._ms: their quotient is the mean.
-- out_of_order       Capacity - bikes - free docks where positive, in service with a capacity told; service_capacity_ms
--                    is that time: what tells no capacity says nothing of docks out of order.
-- departures, arrivals, brought, taken  Bikes, as interval_parts.sql defines them.
SELECT
  station_code,
  hour_at,
  ms AS observed_ms,
  CASE WHEN state = -1 THEN ms ELSE 0 END AS stale_ms,
  CASE WHEN state = 0 THEN ms ELSE 0 END AS closed_ms,
  CASE WHEN state = 1 THEN ms ELSE 0 END AS empty_ms,
  CASE WHEN state = 2 THEN ms ELSE 0 END AS few_bikes_ms,
  CASE WHEN state = 3 THEN ms ELSE 0 END AS balanced_ms,
  CASE WHEN state = 4 THEN ms ELSE 0 END AS few_docks_ms,
  CASE WHEN state = 5 THEN ms ELSE 0 END AS full_ms,
  CASE WHEN state IS NULL THEN ms ELSE 0 END AS unknown_ms,
  CASE WHEN state > 0 AND bikes >= 2 AND docks >= 2 THEN ms ELSE 0 END AS service_ms,
  ms * coalesce(mechanical, 0) AS mechanical,
  CASE WHEN mechanical IS NULL THEN 0 ELSE ms END AS mechanical_ms,
  ms * coalesce(ebikes, 0) AS ebikes,
  CASE WHEN ebikes IS NULL THEN 0 ELSE ms END AS ebikes_ms,
  ms * coalesce(bikes, 0) AS bikes,
  CASE WHEN bikes IS NULL THEN 0 ELSE ms END AS bikes_ms,
  ms * coalesce(docks, 0) AS docks,
  CASE WHEN docks IS NULL THEN 0 ELSE ms END AS docks_ms,
  ms * coalesce(capacity, 0) AS capacity,
  CASE WHEN capacity IS NULL THEN 0 ELSE ms END AS capacity_ms,
  CASE
    WHEN state > 0 AND CAST(capacity AS INTEGER) - bikes - docks > 0
      THEN ms * (CAST(capacity AS INTEGER) - bikes - docks)
    ELSE 0
  END AS out_of_order,
  CASE WHEN state > 0 AND capacity IS NOT NULL THEN ms ELSE 0 END AS service_capacity_ms,
  departures,
  arrivals,
  brought,
  taken
FROM hour_parts
