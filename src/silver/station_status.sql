-- Silver station_status: what every station said in every snapshot.
-- Grain: (source, station_code, fetched_at). Input: observed.
SELECT
  CAST(:source AS VARCHAR) AS source,
  station_code,
  fetched_at,
  CAST(:basis AS VARCHAR) AS fetched_at_basis,
  last_reported,
  num_bikes_available,
  num_mechanical_available,
  num_ebikes_available,
  num_docks_available,
  capacity,
  is_installed,
  is_renting,
  is_returning,
  attributes_id
FROM observed
WHERE reason IS NULL
ORDER BY station_code, fetched_at
