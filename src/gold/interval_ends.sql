-- What did each station hold, and from when to when?
--
-- Grain:  one row a run of section_interval, oldest or not.
-- Inputs: section_interval, rows of station_interval.sql of any sections; section_ends, a row a section (a UTC day, or a part
--         of one): utc_day, first_at and last_at, its first and last frame, and until_at, when the last one stood no
--         longer.
SELECT station_code, from_at, to_at, state, mechanical, ebikes, bikes, docks, capacity
FROM section_interval
WHERE to_at IS NOT NULL
UNION ALL
SELECT
  i.station_code, i.from_at, e.until_at AS to_at, i.state, i.mechanical, i.ebikes, i.bikes, i.docks, i.capacity
FROM section_interval AS i
JOIN section_ends AS e
  ON e.utc_day = CAST(i.from_at AS DATE) AND e.first_at <= i.from_at AND e.last_at >= i.from_at
WHERE i.to_at IS NULL
