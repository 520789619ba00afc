-- Where is each station that is told of?
--
-- Grain:  one row a station, numbered from 1 by its code; area is the number in areas of where it stands at :to_at.
-- Inputs: section_edge, rows of station_edge.sql of the sections of these hours; station_information (Silver); station_areas, areas; :to_at, the window's end.
--
-- name, lat, lon  From the version of the station valid at :to_at, else from its first one.
WITH told AS (
  SELECT DISTINCT station_code FROM section_edge
),
versions AS (
  SELECT
    *,
    row_number() OVER (
      PARTITION BY station_code
      ORDER BY CASE WHEN valid_from <= :to_at THEN valid_from END DESC NULLS LAST, valid_from ASC NULLS LAST
    ) AS choice
  FROM station_information
)
SELECT
  CAST(row_number() OVER (ORDER BY t.station_code) AS INTEGER) AS station,
  t.station_code,
  v.name,
  CAST(v.lat AS DOUBLE) AS lat,
  CAST(v.lon AS DOUBLE) AS lon,
  a.area
FROM told AS t
LEFT JOIN versions AS v ON v.station_code = t.station_code AND v.choice = 1
LEFT JOIN station_areas AS s ON s.station_code = t.station_code AND s.from_at <= :to_at AND s.until_at > :to_at
JOIN areas AS a ON a.quartier_id = coalesce(s.quartier_id, '') AND a.district_id = coalesce(s.district_id, '')
