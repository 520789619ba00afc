-- At what hour do bikes move, on what kind of day?
--
-- Grain:  one row a day type and hour of the city's day, 0-23, of which something is known.
-- Inputs: chosen_hours, chosen_area_hours.
--
-- departures, arrivals  Bikes an hour, at least: changes of a station's stock from one snapshot to the next, over the time
--                       between such snapshots. Moves in and out between two snapshots cancel (Médard de Chardon and
--                       Caruso, Transp. Res. B 2015); bikes that a truck brings or takes count like any other.
--                       An hour that was observed for a few minutes tells a rate, and not what left in it.
-- observed_ms, hours    That time, and in how many hours it was: moving_ms of observed_hours.sql. An hour of one date in
--                       which nothing of the whole network moved, whatever areas are looked at, counts in neither.
WITH times AS (
  SELECT
    day_type,
    city_hour,
    CAST(sum(moving_ms) AS DOUBLE) AS observed_ms,
    CAST(count(*) AS INTEGER) AS hours
  FROM chosen_hours
  WHERE moving_ms > 0
  GROUP BY day_type, city_hour
),
figures AS (
  SELECT
    day_type,
    city_hour,
    CAST(sum(departures) AS DOUBLE) AS departures,
    CAST(sum(arrivals) AS DOUBLE) AS arrivals
  FROM chosen_area_hours
  GROUP BY day_type, city_hour
)
SELECT
  t.day_type,
  t.city_hour,
  t.observed_ms,
  t.hours,
  coalesce(f.departures, 0) * 3600000 / t.observed_ms AS departures,
  coalesce(f.arrivals, 0) * 3600000 / t.observed_ms AS arrivals
FROM times AS t
LEFT JOIN figures AS f ON f.day_type = t.day_type AND f.city_hour = t.city_hour
ORDER BY t.day_type, t.city_hour
