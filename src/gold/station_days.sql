-- How low did each station's stock stand on each day, and did it stand still there?
--
-- Grain:  one row a station and day of the city.
-- Inputs: station_hour; places (places.sql); city_hours (hours.ts).
--
-- lowest       The lowest mean stock of an hour that was observed for at least 55 minutes.
-- still_hours  How many of those hours had exactly that mean: the stock did not move, or came back at once.
-- departures   Bikes that left, a lower bound.
WITH hours AS (
  SELECT
    p.station,
    c.day_number,
    c.hour_number,
    CAST(sum(h.departures) AS DOUBLE) AS departures,
    CAST(sum(h.bikes) AS DOUBLE) AS bikes,
    CAST(sum(h.bikes_ms) AS DOUBLE) AS bikes_ms
  FROM station_hour AS h
  JOIN city_hours AS c ON c.hour_at = h.hour_at
  JOIN places AS p ON p.station_code = h.station_code
  GROUP BY p.station, c.day_number, c.hour_number
),
stocks AS (
  SELECT station, day_number, departures, CASE WHEN bikes_ms >= 3300000 THEN bikes / bikes_ms END AS bikes
  FROM hours
),
days AS (
  SELECT station, day_number, min(bikes) AS lowest, CAST(sum(departures) AS DOUBLE) AS departures
  FROM stocks
  GROUP BY station, day_number
)
SELECT
  d.station,
  d.day_number,
  d.lowest,
  d.departures,
  CAST(count(s.bikes) AS DOUBLE) AS still_hours
FROM days AS d
LEFT JOIN stocks AS s ON s.station = d.station AND s.day_number = d.day_number AND s.bikes = d.lowest
GROUP BY d.station, d.day_number, d.lowest, d.departures
