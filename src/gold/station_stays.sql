-- What did one station hold, and for how long?
--
-- Grain:  one row a run of station_interval that touches the span, cut to it, oldest first.
-- Inputs: station_interval; :station_code, :origin_at, :from_at, :to_at, whole milliseconds.
--         :origin_at is the quarter-hour that the span begins in.
--
-- from_ms, to_ms  Milliseconds since :origin_at, the end exclusive. A run that begins at :to_at has no length: its figures
--                 weigh nothing, its moves count.
-- state           As in readings.sql.
-- departures,     Bikes fewer, or more, than in the run before, where that one ended as this one begins; 0 after a
-- arrivals        gap. Moves in and out between two snapshots cancel, so these are lower bounds (Médard de Chardon
--                 and Caruso, Transp. Res. B 2015); bikes that a truck brings or takes count like any other.
--
-- The milliseconds are put together from the parts of the interval: see frames.sql.
WITH touching AS (
  SELECT
    *,
    lag(to_at) OVER (ORDER BY from_at) AS ended_at,
    lag(bikes) OVER (ORDER BY from_at) AS bikes_before
  FROM station_interval
  WHERE station_code = :station_code AND from_at <= :to_at AND to_at > :from_at
),
spans AS (
  SELECT
    *,
    (greatest(from_at, :from_at) - :origin_at) * 1000 AS begins,
    (least(to_at, :to_at) - :origin_at) * 1000 AS ends,
    CASE WHEN ended_at = from_at THEN CAST(bikes AS INTEGER) - bikes_before END AS change
  FROM touching
)
SELECT
  CAST(EXTRACT(DAY FROM begins) AS DOUBLE) * 86400
  + CAST(EXTRACT(HOUR FROM begins) AS DOUBLE) * 3600
  + CAST(EXTRACT(MINUTE FROM begins) AS DOUBLE) * 60
  + CAST(EXTRACT(SECOND FROM begins) AS DOUBLE) AS from_ms,
  CAST(EXTRACT(DAY FROM ends) AS DOUBLE) * 86400
  + CAST(EXTRACT(HOUR FROM ends) AS DOUBLE) * 3600
  + CAST(EXTRACT(MINUTE FROM ends) AS DOUBLE) * 60
  + CAST(EXTRACT(SECOND FROM ends) AS DOUBLE) AS to_ms,
  CAST(state AS INTEGER) AS state,
  CAST(mechanical AS DOUBLE) AS mechanical,
  CAST(ebikes AS DOUBLE) AS ebikes,
  CAST(bikes AS DOUBLE) AS bikes,
  CAST(docks AS DOUBLE) AS docks,
  CAST(capacity AS DOUBLE) AS capacity,
  CAST(coalesce(greatest(-change, 0), 0) AS DOUBLE) AS departures,
  CAST(coalesce(greatest(change, 0), 0) AS DOUBLE) AS arrivals
FROM spans
ORDER BY from_ms
