-- Which areas are there?
--
-- Grain:  one row an area in which a station ever stood, numbered from 1 by its ids, and one of what has no place.
-- Inputs: station_areas (station_areas.sql, which tells what the ids and names are).
WITH told AS (
  SELECT quartier_id, quartier_name, district_id, district_name FROM station_areas
  UNION ALL
  SELECT '' AS quartier_id, '' AS quartier_name, '' AS district_id, '' AS district_name
)
SELECT
  CAST(row_number() OVER (ORDER BY quartier_id, district_id) AS INTEGER) AS area,
  quartier_id,
  min(quartier_name) AS quartier_name,
  district_id,
  min(district_name) AS district_name
FROM told
GROUP BY quartier_id, district_id
