-- What did each station hold, and from when to when?
--
-- Grain:  one row a run of day_interval, oldest or not.
-- Inputs: day_interval, rows of station_interval.sql of any days; day_ends, a row a UTC day: first_at and last_at, its
--         first and last frame, and until_at, when the last one stood no longer.
SELECT station_code, from_at, to_at, state, mechanical, ebikes, bikes, docks, capacity
FROM day_interval
WHERE to_at IS NOT NULL
UNION ALL
SELECT
  i.station_code, i.from_at, e.until_at AS to_at, i.state, i.mechanical, i.ebikes, i.bikes, i.docks, i.capacity
FROM day_interval AS i
JOIN day_ends AS e ON e.utc_day = CAST(i.from_at AS DATE)
WHERE i.to_at IS NULL
