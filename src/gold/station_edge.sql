-- What did each station tell in a day's first frame, and in its last one?
--
-- Grain:  one row a run of station_interval that begins with its UTC day's first frame, or lasts to its last one.
-- Inputs: station_interval, frames.
--
-- The few rows that tell what goes on between two days (midnight_interval.sql).
WITH firsts AS (
  SELECT min(fetched_at) AS first_at FROM frames GROUP BY CAST(fetched_at AS DATE)
)
SELECT i.*
FROM station_interval AS i
LEFT JOIN firsts AS f ON f.first_at = i.from_at
WHERE i.to_at IS NULL OR f.first_at IS NOT NULL
