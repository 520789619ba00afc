-- How few bikes did one station have, and how many, and when first?
--
-- Grain:  one row; none where its bikes were never known while it was open.
-- Inputs: station_stays (station_stays.sql).
--
-- least, most        As they were read: no means. What it held while it was closed could not be lent, and does not count.
-- least_ms, most_ms  When that was first so; the span's beginning where it was so before.
WITH known AS (
  SELECT from_ms, bikes FROM station_stays WHERE bikes IS NOT NULL AND (state IS NULL OR state > 0)
),
ends AS (
  SELECT min(bikes) AS least, max(bikes) AS most FROM known
)
SELECT
  e.least,
  min(CASE WHEN k.bikes = e.least THEN k.from_ms END) AS least_ms,
  e.most,
  min(CASE WHEN k.bikes = e.most THEN k.from_ms END) AS most_ms
FROM known AS k
JOIN ends AS e ON k.bikes = e.least OR k.bikes = e.most
GROUP BY e.least, e.most
