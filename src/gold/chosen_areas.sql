-- Which areas are looked at?
--
-- Grain:  one row an area of places (its number there) that counts.
-- Inputs: places (places.sql); :level, 'quartier' or 'district'; :areas, ids of that level.
--
-- area_id, area_name  Of the level: several numbers may share them.
WITH placed AS (
  SELECT DISTINCT
    area,
    CASE WHEN :level = 'quartier' THEN quartier_id ELSE district_id END AS area_id,
    CASE WHEN :level = 'quartier' THEN quartier_name ELSE district_name END AS area_name
  FROM places
)
SELECT area, area_id, min(area_name) AS area_name
FROM placed
WHERE area_id IN (:areas)
GROUP BY area, area_id
