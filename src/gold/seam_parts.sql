-- What did each station come to from the last frame of a section to the first one of the section after?
--
-- Grain:  one row a station in a section's last frame and hour in which that stood, and one a change of bikes to the first
--         frame of the section after, where that followed at once.
-- Inputs: section_edge, rows of station_edge.sql of any sections; section_ends (interval_ends.sql); seam_hours, a row an
--         hour in which a section's last frame stood: last_at, hour_at, ms; :max_gap_s.
--
-- Columns as in interval_parts.sql. No stretch of a rebalancing goes on over a seam, so there it is of 8 at once, and none
-- more than :max_gap_s after the newest of the runs that last to the section's end began.
WITH lasts AS (
  SELECT i.*, e.last_at, e.until_at
  FROM section_edge AS i
  JOIN section_ends AS e
    ON e.utc_day = CAST(i.from_at AS DATE) AND e.first_at <= i.from_at AND e.last_at >= i.from_at
  WHERE i.to_at IS NULL
),
news AS (
  SELECT last_at, max(from_at) AS from_at FROM lasts GROUP BY last_at
),
changes AS (
  SELECT
    f.station_code,
    date_trunc('HOUR', f.from_at) AS hour_at,
    CAST(f.bikes AS INTEGER) - l.bikes AS change,
    f.from_at <= n.from_at + INTERVAL '1' SECOND * :max_gap_s AS is_near
  FROM lasts AS l
  JOIN news AS n ON n.last_at = l.last_at
  JOIN section_edge AS f ON f.station_code = l.station_code AND f.from_at = l.until_at
)
SELECT
  l.station_code,
  s.hour_at,
  l.state,
  l.mechanical,
  l.ebikes,
  l.bikes,
  l.docks,
  l.capacity,
  s.ms,
  0 AS departures,
  0 AS arrivals,
  0 AS brought,
  0 AS taken
FROM lasts AS l
JOIN seam_hours AS s ON s.last_at = l.last_at
UNION ALL
SELECT
  station_code,
  hour_at,
  NULL AS state,
  NULL AS mechanical,
  NULL AS ebikes,
  NULL AS bikes,
  NULL AS docks,
  NULL AS capacity,
  0 AS ms,
  CASE WHEN change < 0 THEN -change ELSE 0 END AS departures,
  CASE WHEN change > 0 THEN change ELSE 0 END AS arrivals,
  CASE WHEN is_near AND change >= 8 THEN change ELSE 0 END AS brought,
  CASE WHEN is_near AND change <= -8 THEN -change ELSE 0 END AS taken
FROM changes
WHERE change <> 0
