-- What did each station tell first in a section, and what in its last frame?
--
-- Grain:  one row a run of station_interval that is its station's first in its UTC day's section, or lasts to the section's
--         last frame.
-- Inputs: station_interval: one section of each day.
--
-- The few rows that tell what goes on between two sections (seam_parts.sql), and which stations a section tells of.
WITH firsts AS (
  SELECT station_code, min(from_at) AS from_at
  FROM station_interval
  GROUP BY station_code, CAST(from_at AS DATE)
)
SELECT i.*
FROM station_interval AS i
LEFT JOIN firsts AS f ON f.station_code = i.station_code AND f.from_at = i.from_at
WHERE i.to_at IS NULL OR f.from_at IS NOT NULL
