-- What does each station hold at the end of the window?
--
-- Grain:  one row a station that the newest good snapshot tells of.
-- Inputs: station_interval; :newest_at, fetched_at of that snapshot.
WITH touching AS (
  SELECT
    *,
    row_number() OVER (PARTITION BY station_code ORDER BY from_at DESC) AS choice
  FROM station_interval
  WHERE from_at <= :newest_at AND to_at >= :newest_at
)
SELECT
  station_code,
  CAST(state AS INTEGER) AS state,
  CAST(bikes AS DOUBLE) AS bikes,
  CAST(docks AS DOUBLE) AS docks
FROM touching
WHERE choice = 1
