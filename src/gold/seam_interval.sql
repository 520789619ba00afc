-- What did each station hold from the last frame of a section to the first one of the section after?
--
-- Grain:  one row a station in a section's last frame, for as long as that stood; and one in a section's first frame, of
--         no length, so that what moved since is counted with it (station_hour.sql).
-- Inputs: section_edge, rows of station_edge.sql of any sections; section_ends (interval_ends.sql).
SELECT
  i.station_code, e.last_at AS from_at, e.until_at AS to_at,
  i.state, i.mechanical, i.ebikes, i.bikes, i.docks, i.capacity
FROM section_edge AS i
JOIN section_ends AS e
  ON e.utc_day = CAST(i.from_at AS DATE) AND e.first_at <= i.from_at AND e.last_at >= i.from_at
WHERE i.to_at IS NULL
UNION ALL
SELECT
  i.station_code, i.from_at, i.from_at AS to_at,
  i.state, i.mechanical, i.ebikes, i.bikes, i.docks, i.capacity
FROM section_edge AS i
JOIN section_ends AS e ON e.first_at = i.from_at
