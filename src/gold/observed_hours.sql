-- How much of each hour was observed?
--
-- Grain:  one row an hour of the window, observed or not.
-- Inputs: city_hours, the window's hours in the city's calendar (hours.ts); section_area, rows of area_hour.sql, no
--         two sections in one hour; seam_hours (seam_parts.sql); paired_hours (history.ts): hour_at, ms; area_hours
--         (area_hours.sql).
--
-- observed_ms  The longest time for which one station was observed within a section, and the time between sections in
--              which the last snapshot stood: a snapshot tells of nearly all stations at once. Figures of the network are
--              sums over stations divided by it, so that a station counts for as long as it was there; the sum of
--              observed_ms / span_ms is the share of time observed that stands beside them.
-- moving_ms    The time in which moves are seen: between snapshots that follow each other without a gap, in the hour of the
--              later one, in which what moved counts (interval_parts.sql). What the last one before a gap stood for tells
--              of no move, and is not in it. 0 where no bike left or reached any station of the whole network: of
--              thousands that do not move for an hour, the feed stood still, and tells nothing about movements.
WITH told AS (
  SELECT hour_at, max(observed_ms) AS observed_ms FROM section_area GROUP BY hour_at
  UNION ALL
  SELECT hour_at, ms AS observed_ms FROM seam_hours
),
hours AS (
  SELECT hour_at, CAST(sum(observed_ms) AS DOUBLE) AS observed_ms FROM told GROUP BY hour_at
),
moves AS (
  SELECT hour_number, CAST(sum(departures + arrivals) AS DOUBLE) AS moves FROM area_hours GROUP BY hour_number
)
SELECT
  c.hour_number,
  c.hour_ms,
  c.day_number,
  c.day_type,
  c.city_hour,
  c.span_ms,
  coalesce(h.observed_ms, 0) AS observed_ms,
  CASE WHEN m.moves > 0 THEN coalesce(p.ms, 0) ELSE 0 END AS moving_ms
FROM city_hours AS c
LEFT JOIN hours AS h ON h.hour_at = c.hour_at
LEFT JOIN paired_hours AS p ON p.hour_at = c.hour_at
LEFT JOIN moves AS m ON m.hour_number = c.hour_number
