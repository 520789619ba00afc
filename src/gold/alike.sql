-- What did the stations tell, readings alike taken together?
--
-- Grain:  one row a station, state, set of unknown figures, and, where a status tells no capacity, stock.
-- Inputs: readings (readings.sql). The only scan of Silver: station_summary.sql makes every figure from these few
--         rows, and the rollups of days that are over hold such rows too.
--
-- state     As in readings.sql.
-- unknowns  Which figures are NULL, so that a sum is of known figures or NULL: 1 mechanical, 2 e-bikes, 4 bikes,
--           8 docks, 16 capacity.
-- stock     Bikes + free docks where the status tells no capacity: it is then station_information's, and which
--           version counts depends on the question. NULL elsewhere.
-- ms        How long the frames stood.
-- mechanical ... capacity, out_of_order  Sums of ms x figure; out_of_order is capacity - bikes - free docks,
--           where positive.
WITH states AS (
  SELECT
    station_code,
    state,
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
    CASE WHEN capacity IS NULL THEN CAST(bikes AS INTEGER) + docks END AS stock,
    ms,
    mechanical,
    ebikes,
    bikes,
    docks,
    capacity
  FROM readings
  WHERE ms > 0
)
SELECT
  station_code,
  CAST(state AS INTEGER) AS state,
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
