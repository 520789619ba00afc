-- Silver station_attributes: what stations have said of themselves, each distinct set once. With the attributes_id in
-- station_status, station_information can be decided anew when older snapshots are brought in.
-- Grain: (source, attributes_id). Input: attributes.
SELECT
  CAST(:source AS VARCHAR) AS source,
  attributes_id,
  name,
  lat,
  lon,
  capacity,
  commune
FROM attributes
ORDER BY attributes_id
