-- Which areas can be looked at?
--
-- Grain:  one row an area of the level that the window's hours tell of, by name.
-- Inputs: areas (areas.sql), area_hours (area_hours.sql); :level, 'quartier' or 'district'.
WITH told AS (
  SELECT DISTINCT area FROM area_hours
),
named AS (
  SELECT
    CASE WHEN :level = 'quartier' THEN a.quartier_id ELSE a.district_id END AS id,
    CASE WHEN :level = 'quartier' THEN a.quartier_name ELSE a.district_name END AS name
  FROM areas AS a
  JOIN told AS t ON t.area = a.area
)
SELECT id, min(name) AS name
FROM named
GROUP BY id
ORDER BY name, id
