-- How old was what the stations told, in each snapshot?
--
-- Grain:  one row a snapshot with :from_at <= fetched_at <= :to_at in which a station tells when it last reported.
-- Inputs: station_status; :from_at, :to_at.
--
-- median_s, max_s  Seconds from a station's own last report to the snapshot. A station that died years ago is the
--                  maximum of every snapshot that still lists it.
--
-- The seconds are put together from the parts of the interval: see frames.sql.
WITH ages AS (
  SELECT fetched_at, fetched_at - last_reported AS age
  FROM station_status
  WHERE fetched_at >= :from_at AND fetched_at <= :to_at AND last_reported IS NOT NULL
),
told AS (
  SELECT
    fetched_at,
    CAST(EXTRACT(DAY FROM age) AS DOUBLE) * 86400
    + CAST(EXTRACT(HOUR FROM age) AS DOUBLE) * 3600
    + CAST(EXTRACT(MINUTE FROM age) AS DOUBLE) * 60
    + CAST(EXTRACT(SECOND FROM age) AS DOUBLE) AS age_s
  FROM ages
)
SELECT
  fetched_at,
  CAST(percentile_cont(0.5) WITHIN GROUP (ORDER BY age_s) AS DOUBLE) AS median_s,
  CAST(max(age_s) AS DOUBLE) AS max_s
FROM told
GROUP BY fetched_at
ORDER BY fetched_at
