-- Silver station_information: what each station was, from when on.
-- Grain: (source, station_code, valid_from). Input: versions.
SELECT
  CAST(:source AS VARCHAR) AS source,
  station_code,
  name,
  lat,
  lon,
  capacity,
  commune,
  commune_insee,
  arrondissement,
  quartier,
  area_id,
  area_name,
  valid_from
FROM versions
ORDER BY station_code, valid_from
