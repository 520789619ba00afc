-- Where is each station that the hours tell of?
--
-- Grain:  one row a station, numbered from 1 by its code; area numbers the quartiers likewise.
-- Inputs: station_hour; station_information (Silver); :to_at, the window's end.
--
-- name ... district_name  From the version of the station valid at :to_at, else from its first one. The quartier is the
--                         area of the station's position; the district is the arrondissement in Paris (as INSEE's
--                         75101-75120) and the same commune outside. Ids are empty where no place is known.
WITH told AS (
  SELECT DISTINCT station_code FROM station_hour
),
versions AS (
  SELECT
    *,
    row_number() OVER (
      PARTITION BY station_code
      ORDER BY CASE WHEN valid_from <= :to_at THEN valid_from END DESC NULLS LAST, valid_from ASC NULLS LAST
    ) AS choice
  FROM station_information
),
attributes AS (
  SELECT * FROM versions WHERE choice = 1
),
placed AS (
  SELECT
    CAST(row_number() OVER (ORDER BY t.station_code) AS INTEGER) AS station,
    t.station_code,
    a.name,
    CAST(a.lat AS DOUBLE) AS lat,
    CAST(a.lon AS DOUBLE) AS lon,
    coalesce(a.area_id, '') AS quartier_id,
    coalesce(a.area_name, a.area_id, '') AS quartier_name,
    CASE
      WHEN a.arrondissement IS NOT NULL THEN concat('751', lpad(CAST(a.arrondissement AS STRING), 2, '0'))
      ELSE coalesce(a.area_id, '')
    END AS district_id,
    CASE
      WHEN a.arrondissement = 1 THEN 'Paris 1er'
      WHEN a.arrondissement IS NOT NULL THEN concat('Paris ', CAST(a.arrondissement AS STRING), 'e')
      ELSE coalesce(a.area_name, a.area_id, '')
    END AS district_name
  FROM told AS t
  LEFT JOIN attributes AS a ON a.station_code = t.station_code
)
SELECT *, CAST(dense_rank() OVER (ORDER BY quartier_id, district_id) AS INTEGER) AS area
FROM placed
