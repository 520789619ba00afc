-- What do riders find around each station at the end of the window?
--
-- Grain:  one row a station in service that has another within 400 m, some five minutes on foot.
-- Inputs: latest_stock (latest_stock.sql), places (places.sql).
--
-- near_bikes, near_docks, near_stations  Bikes and free docks of the others in service, and how many stations that is.
WITH present AS (
  SELECT p.station, p.lat, p.lon, l.bikes, l.docks
  FROM latest_stock AS l
  JOIN places AS p ON p.station_code = l.station_code
  WHERE l.state > 0
)
SELECT
  u.station,
  CAST(sum(n.bikes) AS DOUBLE) AS near_bikes,
  CAST(sum(n.docks) AS DOUBLE) AS near_docks,
  CAST(count(*) AS DOUBLE) AS near_stations
FROM present AS u
JOIN present AS n
  ON n.lat >= u.lat - 0.004 AND n.lat <= u.lat + 0.004 AND n.lon >= u.lon - 0.006 AND n.lon <= u.lon + 0.006
WHERE n.station <> u.station
  AND (n.lat - u.lat) * 111195 * ((n.lat - u.lat) * 111195)
    + (n.lon - u.lon) * 111195 * cos(radians(u.lat)) * ((n.lon - u.lon) * 111195 * cos(radians(u.lat)))
    <= 160000
GROUP BY u.station
