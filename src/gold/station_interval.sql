-- What did each station hold, and from when to when?
--
-- Grain:  one row a run of like readings of a station, in frames of one UTC day that follow each other without a gap.
-- Inputs: frames (frames.sql), readings (readings.sql), of one section of each day: all of it, or one without a gap
--         of other frames; :max_gap_s.
--
-- from_at  The run's first frame. Runs begin anew with each UTC day and each section, so that their rows follow from
--          that section alone.
-- to_at    Exclusive: when the run's last frame stood no longer, since another followed or :max_gap_s were over. NULL
--          where it is the last frame of its section: how long that one stood, the next one tells (interval_ends.sql).
-- state    As in readings.sql. A figure that was not told is NULL.
WITH dated AS (
  SELECT fetched_at, CAST(fetched_at AS DATE) AS utc_day FROM frames
),
followed AS (
  SELECT *, lead(fetched_at) OVER (PARTITION BY utc_day ORDER BY fetched_at) AS next_at FROM dated
),
stands AS (
  SELECT
    fetched_at,
    utc_day,
    CASE
      WHEN next_at IS NOT NULL THEN least(next_at, fetched_at + INTERVAL '1' SECOND * :max_gap_s)
    END AS until_at
  FROM followed
),
compared AS (
  SELECT
    r.station_code,
    s.utc_day,
    r.fetched_at,
    r.state,
    r.mechanical,
    r.ebikes,
    r.bikes,
    r.docks,
    r.capacity,
    lag(s.until_at) OVER in_day AS ended_at,
    lag(r.state) OVER in_day AS state_before,
    lag(r.mechanical) OVER in_day AS mechanical_before,
    lag(r.ebikes) OVER in_day AS ebikes_before,
    lag(r.bikes) OVER in_day AS bikes_before,
    lag(r.docks) OVER in_day AS docks_before,
    lag(r.capacity) OVER in_day AS capacity_before
  FROM readings AS r
  JOIN stands AS s ON s.fetched_at = r.fetched_at
  WINDOW in_day AS (PARTITION BY r.station_code, s.utc_day ORDER BY r.fetched_at)
),
starts AS (
  SELECT *
  FROM compared
  WHERE ended_at IS NULL
    OR ended_at <> fetched_at
    OR state IS DISTINCT FROM state_before
    OR mechanical IS DISTINCT FROM mechanical_before
    OR ebikes IS DISTINCT FROM ebikes_before
    OR bikes IS DISTINCT FROM bikes_before
    OR docks IS DISTINCT FROM docks_before
    OR capacity IS DISTINCT FROM capacity_before
),
lasts AS (
  SELECT r.station_code, s.utc_day, max(r.fetched_at) AS last_at
  FROM readings AS r
  JOIN stands AS s ON s.fetched_at = r.fetched_at
  GROUP BY r.station_code, s.utc_day
),
ends AS (
  SELECT l.station_code, l.utc_day, s.until_at
  FROM lasts AS l
  JOIN stands AS s ON s.fetched_at = l.last_at
),
runs AS (
  SELECT
    *,
    lead(fetched_at) OVER in_day AS next_from_at,
    lead(ended_at) OVER in_day AS next_ended_at
  FROM starts
  WINDOW in_day AS (PARTITION BY station_code, utc_day ORDER BY fetched_at)
)
SELECT
  r.station_code,
  r.fetched_at AS from_at,
  CASE WHEN r.next_from_at IS NULL THEN e.until_at ELSE r.next_ended_at END AS to_at,
  r.state,
  r.mechanical,
  r.ebikes,
  r.bikes,
  r.docks,
  r.capacity
FROM runs AS r
JOIN ends AS e ON e.station_code = r.station_code AND e.utc_day = r.utc_day
