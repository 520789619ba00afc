-- How did one station's stock go, reading by reading?
--
-- Grain:  one row a run of like readings in the span, oldest first.
-- Inputs: station_stays (station_stays.sql).
--
-- Where one run ends before the next begins, nothing was observed. A figure that was not told is NULL. What the snapshot at
-- the span's end told anew is a run without length: its figures are among the fewest and the most (station_range.sql).
SELECT from_ms, to_ms, mechanical, ebikes, docks
FROM station_stays
ORDER BY from_ms
