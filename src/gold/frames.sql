-- Which snapshots stand for the selection, and for how long?
--
-- Grain:  one row a good snapshot (outcome 'ok') with :from_at <= fetched_at <= :to_at.
-- Inputs: snapshots(fetched_at, outcome); :from_at, :to_at, :max_gap_s.
--
-- weight_s  Seconds until the next good snapshot, or until :to_at after the last one, but at most :max_gap_s:
--           beyond that the network is unknown, not unchanged. Sum of weight_s / (:to_at - :from_at) is the
--           share of the span that was observed. Where no snapshot stands for any time (an instant is the
--           range with :from_at = :to_at), each weighs 1.
--
-- No function gives the seconds between two timestamps in both DuckDB and Spark, so they are put together from
-- the parts of the interval; a thousand times the interval, since DuckDB's seconds are whole numbers.
WITH good AS (
  SELECT DISTINCT fetched_at
  FROM snapshots
  WHERE outcome = 'ok' AND fetched_at >= :from_at AND fetched_at <= :to_at
),
stood AS (
  SELECT
    fetched_at,
    (coalesce(lead(fetched_at) OVER (ORDER BY fetched_at), :to_at) - fetched_at) * 1000 AS thousandfold
  FROM good
),
weighed AS (
  SELECT
    fetched_at,
    least(
      (
        CAST(EXTRACT(DAY FROM thousandfold) AS DOUBLE) * 86400
        + CAST(EXTRACT(HOUR FROM thousandfold) AS DOUBLE) * 3600
        + CAST(EXTRACT(MINUTE FROM thousandfold) AS DOUBLE) * 60
        + CAST(EXTRACT(SECOND FROM thousandfold) AS DOUBLE)
      ) / 1000,
      CAST(:max_gap_s AS DOUBLE)
    ) AS seconds
  FROM stood
),
total AS (
  SELECT CAST(sum(seconds) AS DOUBLE) AS seconds FROM weighed
)
SELECT
  w.fetched_at,
  CASE WHEN t.seconds > 0 THEN w.seconds ELSE CAST(1 AS DOUBLE) END AS weight_s
FROM weighed AS w
CROSS JOIN total AS t
ORDER BY w.fetched_at
