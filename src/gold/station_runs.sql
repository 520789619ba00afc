-- How did one station's stock go, reading by reading?
--
-- Grain:  one row a run of like readings in the span, oldest first.
-- Inputs: station_stays (station_stays.sql).
--
-- Where one run ends before the next begins, nothing was observed. A figure that was not told is NULL.
SELECT from_ms, to_ms, mechanical, ebikes, docks
FROM station_stays
WHERE to_ms > from_ms
ORDER BY from_ms
