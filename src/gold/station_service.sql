-- How long could one station lend no bike, or take none back?
--
-- Grain:  one row.
-- Inputs: station_stays (station_stays.sql); the states are defined and sourced in readings.sql.
--
-- runs         Runs of like readings; one without observed time is a snapshot at the span's end.
-- observed_ms  Milliseconds of the span in which the station was observed.
-- known_ms     Those of them in which its state is known: the shares' base.
-- closed_ms    Stale or refused. empty_ms: in service, no bike. full_ms: in service, no free dock but a bike.
-- empty_times, full_times      Stock-outs: stretches in the state. One goes on while readings follow each other without
--                              a gap, so a stretch cut by a gap counts as two.
-- empty_longest_ms, full_...   The longest of them; NULL where there is none. It may have begun before the span.
WITH kinds AS (
  SELECT
    *,
    CASE WHEN state = 1 THEN 'empty' WHEN state = 5 THEN 'full' WHEN state <= 0 THEN 'closed' END AS kind,
    lag(to_ms) OVER (ORDER BY from_ms) AS ended_ms,
    lag(CASE WHEN state = 1 THEN 'empty' WHEN state = 5 THEN 'full' WHEN state <= 0 THEN 'closed' END)
      OVER (ORDER BY from_ms) AS kind_before
  FROM station_stays
  WHERE to_ms > from_ms
),
numbered AS (
  SELECT
    *,
    CAST(sum(CASE WHEN ended_ms = from_ms AND kind_before = kind THEN 0 ELSE 1 END)
      OVER (ORDER BY from_ms) AS DOUBLE) AS stretch
  FROM kinds
),
stretches AS (
  SELECT kind, stretch, CAST(sum(to_ms - from_ms) AS DOUBLE) AS ms
  FROM numbered
  WHERE kind IS NOT NULL
  GROUP BY kind, stretch
),
sums AS (
  SELECT
    CAST(coalesce(sum(CASE WHEN kind = 'closed' THEN ms END), 0) AS DOUBLE) AS closed_ms,
    CAST(coalesce(sum(CASE WHEN kind = 'empty' THEN ms END), 0) AS DOUBLE) AS empty_ms,
    CAST(count(CASE WHEN kind = 'empty' THEN ms END) AS DOUBLE) AS empty_times,
    max(CASE WHEN kind = 'empty' THEN ms END) AS empty_longest_ms,
    CAST(coalesce(sum(CASE WHEN kind = 'full' THEN ms END), 0) AS DOUBLE) AS full_ms,
    CAST(count(CASE WHEN kind = 'full' THEN ms END) AS DOUBLE) AS full_times,
    max(CASE WHEN kind = 'full' THEN ms END) AS full_longest_ms
  FROM stretches
),
observed AS (
  SELECT
    CAST(count(*) AS DOUBLE) AS runs,
    CAST(coalesce(sum(to_ms - from_ms), 0) AS DOUBLE) AS observed_ms,
    CAST(coalesce(sum(CASE WHEN state IS NOT NULL THEN to_ms - from_ms END), 0) AS DOUBLE) AS known_ms
  FROM station_stays
)
SELECT o.runs, o.observed_ms, o.known_ms, s.*
FROM observed AS o
CROSS JOIN sums AS s
