-- What did each station come to from the last frame of a section to the first one of the section after?
--
-- Grain:  one row a station in a section's last frame and hour of seam_hours.
-- Inputs: section_edge, rows of station_edge.sql of any sections; section_ends (interval_ends.sql); seam_hours, a row an
--         hour in which a section's last frame stood or the section after it began: last_at, hour_at, ms; :max_gap_s.
--
-- Columns as in interval_parts.sql. A change of bikes to the first frame of the section after, where that followed at once,
-- counts in the hour of that frame. No stretch of a rebalancing goes on over a seam, so there it is of 8 at once, and none
-- more than :max_gap_s after the newest of the runs that last to the section's end began.
WITH lasts AS (
  SELECT i.*, e.last_at, e.until_at
  FROM section_edge AS i
  JOIN section_ends AS e
    ON e.utc_day = CAST(i.from_at AS DATE) AND e.first_at <= i.from_at AND e.last_at >= i.from_at
  WHERE i.to_at IS NULL
),
news AS (
  SELECT last_at, until_at, max(from_at) AS from_at FROM lasts GROUP BY last_at, until_at
),
hours AS (
  SELECT
    s.last_at,
    s.hour_at,
    s.ms,
    s.hour_at = date_trunc('HOUR', n.until_at) AS has_change,
    n.until_at <= n.from_at + INTERVAL '1' SECOND * :max_gap_s AS is_near
  FROM seam_hours AS s
  JOIN news AS n ON n.last_at = s.last_at
),
parts AS (
  SELECT
    l.*,
    h.hour_at,
    h.ms,
    h.is_near,
    CASE WHEN h.has_change THEN coalesce(CAST(f.bikes AS INTEGER) - l.bikes, 0) ELSE 0 END AS change
  FROM lasts AS l
  LEFT JOIN section_edge AS f ON f.station_code = l.station_code AND f.from_at = l.until_at
  JOIN hours AS h ON h.last_at = l.last_at
)
SELECT
  station_code,
  hour_at,
  state,
  mechanical,
  ebikes,
  bikes,
  docks,
  capacity,
  ms,
  CASE WHEN change < 0 THEN -change ELSE 0 END AS departures,
  CASE WHEN change > 0 THEN change ELSE 0 END AS arrivals,
  CASE WHEN is_near AND change >= 8 THEN change ELSE 0 END AS brought,
  CASE WHEN is_near AND change <= -8 THEN -change ELSE 0 END AS taken
FROM parts
