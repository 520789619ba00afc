-- What did each station hold from the last frame of a day to the first one of the day after?
--
-- Grain:  one row a station in a day's last frame, for as long as that stood; and one in a day's first frame, of no
--         length, so that what moved since is counted with it (station_hour.sql).
-- Inputs: day_edge, rows of station_edge.sql of any days; day_ends (interval_ends.sql).
SELECT
  i.station_code, e.last_at AS from_at, e.until_at AS to_at,
  i.state, i.mechanical, i.ebikes, i.bikes, i.docks, i.capacity
FROM day_edge AS i
JOIN day_ends AS e ON e.utc_day = CAST(i.from_at AS DATE)
WHERE i.to_at IS NULL
UNION ALL
SELECT
  i.station_code, i.from_at, i.from_at AS to_at,
  i.state, i.mechanical, i.ebikes, i.bikes, i.docks, i.capacity
FROM day_edge AS i
JOIN day_ends AS e ON e.first_at = i.from_at
