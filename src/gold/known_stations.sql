-- What is known of each station, from when on?
--
-- Grain:  one row a version of a station.
-- Inputs: station_versions, the rows of Silver's station_information.
--
-- A recording without names and positions (codes and counts are what most people keep) opens versions that tell
-- neither: those have the name and the place that the station is first told with later. The capacity stays its own.
WITH placed AS (
  SELECT
    *,
    row_number() OVER (PARTITION BY station_code ORDER BY valid_from ASC NULLS LAST) AS choice
  FROM station_versions
  WHERE name IS NOT NULL OR lat IS NOT NULL
)
SELECT
  station_code, name, lat, lon, capacity, commune, commune_insee, arrondissement, area_id, area_name, valid_from
FROM placed
UNION ALL
SELECT
  v.station_code,
  p.name,
  p.lat,
  p.lon,
  v.capacity,
  coalesce(v.commune, p.commune) AS commune,
  p.commune_insee,
  p.arrondissement,
  p.area_id,
  p.area_name,
  v.valid_from
FROM station_versions AS v
LEFT JOIN placed AS p ON p.station_code = v.station_code AND p.choice = 1
WHERE v.name IS NULL AND v.lat IS NULL
