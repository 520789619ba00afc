-- What did each station tell at each quarter-hour?
--
-- Grain:  one row a station and quarter-hour for which a frame stands.
-- Inputs: section_frame, rows of station_frame.sql of any sections; section_ends (interval_ends.sql).
--
-- Where a section's first frame is of a quarter-hour itself, the last one of the section before does not stand for it.
SELECT f.frame_at, f.station_code, f.state, f.mechanical, f.ebikes, f.docks
FROM section_frame AS f
LEFT JOIN section_ends AS e ON e.first_at = f.frame_at
WHERE e.first_at IS NULL OR f.fetched_at = f.frame_at
