-- What did each station tell at each quarter-hour?
--
-- Grain:  one row a station and quarter-hour (UTC) for which a frame stands.
-- Inputs: frames (frames.sql), readings (readings.sql); :max_gap_s.
--
-- frame_at    The quarter-hour.
-- fetched_at  The frame that stands for it: the newest at or before it, at most :max_gap_s before. No other section is
--             asked: the last frame may stand for the quarter-hour that the next one begins with (frame_ends.sql).
-- state       As in readings.sql.
WITH hours AS (
  SELECT fetched_at, date_trunc('HOUR', fetched_at) AS hour_at FROM frames
),
next_quarters AS (
  SELECT
    fetched_at,
    CASE
      WHEN fetched_at = hour_at THEN hour_at
      WHEN fetched_at <= hour_at + INTERVAL '15' MINUTE THEN hour_at + INTERVAL '15' MINUTE
      WHEN fetched_at <= hour_at + INTERVAL '30' MINUTE THEN hour_at + INTERVAL '30' MINUTE
      WHEN fetched_at <= hour_at + INTERVAL '45' MINUTE THEN hour_at + INTERVAL '45' MINUTE
      ELSE hour_at + INTERVAL '1' HOUR
    END AS frame_at
  FROM hours
),
standing AS (
  SELECT max(fetched_at) AS fetched_at, frame_at
  FROM next_quarters
  WHERE frame_at < fetched_at + INTERVAL '1' SECOND * :max_gap_s
  GROUP BY CAST(fetched_at AS DATE), frame_at
)
SELECT
  s.frame_at,
  s.fetched_at,
  r.station_code,
  r.state,
  r.mechanical,
  r.ebikes,
  r.docks
FROM readings AS r
JOIN standing AS s ON s.fetched_at = r.fetched_at
