-- Which areas are looked at?
--
-- Grain:  one row an area of areas (its number there) that counts.
-- Inputs: areas (areas.sql); :level, 'quartier' or 'district'; :areas, ids of that level.
--
-- area_id, area_name  Of the level: several numbers may share them.
WITH named AS (
  SELECT
    area,
    CASE WHEN :level = 'quartier' THEN quartier_id ELSE district_id END AS area_id,
    CASE WHEN :level = 'quartier' THEN quartier_name ELSE district_name END AS area_name
  FROM areas
)
SELECT area, area_id, area_name
FROM named
WHERE area_id IN (:areas)
