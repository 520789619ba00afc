-- In which area did each station stand, from when until when?
--
-- Grain:  one row a station and stretch of time in which its area is the same.
-- Inputs: station_information (known_stations.sql).
--
-- quartier_id ... district_name  The quartier is the area of the station's position; the district is the arrondissement in
--                    Paris (as INSEE's 75101-75120) and the same commune outside. Ids are empty where no place is known.
-- from_at, until_at  The end exclusive. A station's first version counts for all time before it, its last for all after.
WITH placed AS (
  SELECT
    station_code,
    valid_from,
    coalesce(area_id, '') AS quartier_id,
    coalesce(area_name, area_id, '') AS quartier_name,
    CASE
      WHEN arrondissement IS NOT NULL THEN concat('751', lpad(CAST(arrondissement AS STRING), 2, '0'))
      ELSE coalesce(area_id, '')
    END AS district_id,
    CASE
      WHEN arrondissement = 1 THEN 'Paris 1er'
      WHEN arrondissement IS NOT NULL THEN concat('Paris ', CAST(arrondissement AS STRING), 'e')
      ELSE coalesce(area_name, area_id, '')
    END AS district_name
  FROM station_information
),
compared AS (
  SELECT
    *,
    lag(concat(quartier_id, ' ', district_id)) OVER (
      PARTITION BY station_code ORDER BY valid_from ASC NULLS LAST
    ) AS before
  FROM placed
),
begun AS (
  SELECT * FROM compared WHERE before IS NULL OR before <> concat(quartier_id, ' ', district_id)
)
SELECT
  station_code,
  quartier_id,
  quartier_name,
  district_id,
  district_name,
  CASE WHEN before IS NULL THEN TIMESTAMP '1970-01-01 00:00:00' ELSE valid_from END AS from_at,
  lead(valid_from, 1, TIMESTAMP '9999-01-01 00:00:00') OVER (
    PARTITION BY station_code ORDER BY valid_from ASC NULLS LAST
  ) AS until_at
FROM begun
