-- Which stations hold bikes that nobody can take?
--
-- Grain:  one row a station, most days first; equals by code.
-- Inputs: station_days (station_days.sql), chosen_hours, chosen_areas, places.
--
-- A station that many bikes leave (at least 10 a day), but whose stock keeps coming back to the same 1 or 2 and stands
-- there for at least an hour, three days running (public Velib' studies): those bikes are taken by nobody, likely
-- because they cannot be. An hour counts from one full hour of the clock to the next.
-- bikes  The 1 or 2. days: how many days close such a run of three. last_day: the newest of them.
WITH chosen_days AS (
  SELECT DISTINCT day_number FROM chosen_hours
),
still AS (
  SELECT d.station, d.day_number, d.lowest
  FROM station_days AS d
  JOIN chosen_days AS c ON c.day_number = d.day_number
  WHERE d.still_hours >= 1 AND d.departures >= 10
),
runs AS (
  SELECT a.station, a.lowest, a.day_number
  FROM still AS a
  JOIN still AS b ON b.station = a.station AND b.lowest = a.lowest AND b.day_number = a.day_number - 1
  JOIN still AS c ON c.station = a.station AND c.lowest = a.lowest AND c.day_number = a.day_number - 2
),
stuck AS (
  SELECT
    station,
    max_by(lowest, day_number) AS bikes,
    CAST(count(*) AS INTEGER) AS days,
    max(day_number) AS last_day
  FROM runs
  GROUP BY station
)
SELECT
  p.station_code,
  p.name,
  a.area_name,
  s.bikes,
  s.days,
  s.last_day
FROM stuck AS s
JOIN places AS p ON p.station = s.station
JOIN chosen_areas AS a ON a.area = p.area
ORDER BY s.days DESC, p.station_code
