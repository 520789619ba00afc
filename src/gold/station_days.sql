-- How low did each station's stock stand on each day, and did it stand still there?
--
-- Grain:  one row a station and day of the city.
-- Inputs: station_stocks (station_stocks.sql).
--
-- lowest       The lowest mean stock of an hour of which nearly all is known.
-- still_hours  How many of those hours had exactly that mean: the stock did not move, or came back at once.
-- departures   Bikes that left, a lower bound.
WITH days AS (
  SELECT station, day_number, min(stock) AS lowest, CAST(sum(departures) AS DOUBLE) AS departures
  FROM station_stocks
  GROUP BY station, day_number
)
SELECT
  d.station,
  d.day_number,
  d.lowest,
  d.departures,
  CAST(count(s.stock) AS DOUBLE) AS still_hours
FROM days AS d
LEFT JOIN station_stocks AS s ON s.station = d.station AND s.day_number = d.day_number AND s.stock = d.lowest
GROUP BY d.station, d.day_number, d.lowest, d.departures
