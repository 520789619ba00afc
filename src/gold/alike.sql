-- What did the stations tell, readings alike taken together?
--
-- Grain:  one row a station, state, set of unknown figures, and, where a status tells no capacity, stock.
-- Inputs: frames (frames.sql); station_status (Silver); :stale_h. The only scan of Silver: station_summary.sql
--         makes every figure from these few rows, and the rollups of days that are over hold such rows too.
--
-- state     The first that fits: -1 stale, a last report older than :stale_h hours (gbfs-toolkit's audits);
--           0 refused, a flag that says NO, or capacity 0; NULL unknown, bikes or free docks not told; 1 empty,
--           no bike; 5 full, no free dock; 2 few bikes, 1 or 2; 4 few free docks, 1 or 2; 3 balanced, at least 3
--           of each. So a station without bikes and without docks is empty and not full. (bikesharenyc, CityLab
--           2014; at least 2 of each is ValleyBike's service level of 2021, here told apart as "few".)
--           An unknown flag or report says nothing.
-- unknowns  Which figures are NULL, so that a sum is of known figures or NULL: 1 mechanical, 2 e-bikes, 4 bikes,
--           8 docks, 16 capacity.
-- stock     Bikes + free docks where the status tells no capacity: it is then station_information's, and which
--           version counts depends on the question. NULL elsewhere.
-- ms        How long the frames stood, in whole milliseconds, so that every sum is exact in any order.
-- mechanical ... capacity, out_of_order  Sums of ms x figure; out_of_order is capacity - bikes - free docks,
--           where positive.
WITH weights AS (
  SELECT
    fetched_at,
    round(weight_s * 1000) AS ms,
    fetched_at - INTERVAL '1' HOUR * :stale_h AS stale_before
  FROM frames
  WHERE weight_s > 0
),
readings AS (
  SELECT
    s.station_code,
    w.ms,
    s.num_mechanical_available AS mechanical,
    s.num_ebikes_available AS ebikes,
    s.num_bikes_available AS bikes,
    s.num_docks_available AS docks,
    s.capacity,
    NOT s.is_installed OR NOT s.is_renting OR NOT s.is_returning AS refused,
    s.last_reported < w.stale_before AS stale
  FROM station_status AS s
  JOIN weights AS w ON w.fetched_at = s.fetched_at
),
states AS (
  SELECT
    *,
    CASE
      WHEN stale THEN -1
      WHEN refused OR capacity = 0 THEN 0
      WHEN bikes IS NULL OR docks IS NULL THEN NULL
      WHEN bikes = 0 THEN 1
      WHEN docks = 0 THEN 5
      WHEN bikes <= 2 THEN 2
      WHEN docks <= 2 THEN 4
      ELSE 3
    END AS state,
    CASE
      WHEN mechanical IS NOT NULL AND ebikes IS NOT NULL AND bikes IS NOT NULL
        AND docks IS NOT NULL AND capacity IS NOT NULL THEN 0
      ELSE
        CASE WHEN mechanical IS NULL THEN 1 ELSE 0 END
        + CASE WHEN ebikes IS NULL THEN 2 ELSE 0 END
        + CASE WHEN bikes IS NULL THEN 4 ELSE 0 END
        + CASE WHEN docks IS NULL THEN 8 ELSE 0 END
        + CASE WHEN capacity IS NULL THEN 16 ELSE 0 END
    END AS unknowns,
    CASE WHEN capacity IS NULL THEN CAST(bikes AS INTEGER) + docks END AS stock
  FROM readings
)
SELECT
  station_code,
  state,
  unknowns,
  stock,
  CAST(sum(ms) AS DOUBLE) AS ms,
  CAST(sum(ms * mechanical) AS DOUBLE) AS mechanical,
  CAST(sum(ms * ebikes) AS DOUBLE) AS ebikes,
  CAST(sum(ms * bikes) AS DOUBLE) AS bikes,
  CAST(sum(ms * docks) AS DOUBLE) AS docks,
  CAST(sum(ms * capacity) AS DOUBLE) AS capacity,
  CAST(sum(ms * greatest(CAST(capacity AS INTEGER) - bikes - docks, 0)) AS DOUBLE) AS out_of_order
FROM states
GROUP BY station_code, state, unknowns, stock
