-- What did each station tell in the first frame of a section, and in its last one?
--
-- Grain:  one row a run of station_interval that begins with the first frame of its UTC day's section, or lasts to its
--         last one.
-- Inputs: station_interval, frames: one section of each day.
--
-- The few rows that tell what goes on between two sections (seam_interval.sql).
WITH firsts AS (
  SELECT min(fetched_at) AS first_at FROM frames GROUP BY CAST(fetched_at AS DATE)
)
SELECT i.*
FROM station_interval AS i
LEFT JOIN firsts AS f ON f.first_at = i.from_at
WHERE i.to_at IS NULL OR f.first_at IS NOT NULL
