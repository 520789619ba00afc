-- Which areas can be looked at?
--
-- Grain:  one row an area of the level, by name.
-- Inputs: places (places.sql); :level, 'quartier' or 'district'.
WITH placed AS (
  SELECT
    CASE WHEN :level = 'quartier' THEN quartier_id ELSE district_id END AS id,
    CASE WHEN :level = 'quartier' THEN quartier_name ELSE district_name END AS name
  FROM places
)
SELECT id, min(name) AS name, CAST(count(*) AS INTEGER) AS stations
FROM placed
GROUP BY id
ORDER BY name, id
