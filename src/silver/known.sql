-- What did each station say in a snapshot, column by column of the contract?
-- Grain: station. Inputs: station_status, station_attributes (Silver), :at.
SELECT
  s.station_code,
  epoch_ms(s.last_reported) AS last_reported,
  s.num_bikes_available,
  s.num_mechanical_available,
  s.num_ebikes_available,
  s.num_docks_available,
  coalesce(s.capacity, a.capacity) AS capacity,
  s.is_installed,
  s.is_renting,
  s.is_returning,
  a.name,
  a.lat,
  a.lon,
  a.commune
FROM station_status AS s
LEFT JOIN station_attributes AS a ON a.attributes_id = s.attributes_id
WHERE s.fetched_at = :at
ORDER BY s.station_code
