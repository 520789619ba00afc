-- Which stations hold bikes that nobody can take?
--
-- Grain:  one row a station, the longest run first; equals by code.
-- Inputs: station_days (station_days.sql), chosen_hours, chosen_areas, places.
--
-- A station that many bikes leave (at least 10 a day), but whose stock keeps coming back to the same 1 or 2 and stands
-- there for at least an hour, three days running (public Velib' studies): those bikes are taken by nobody, likely
-- because they cannot be. An hour counts from one full hour of the clock to the next.
-- days  The length of the station's longest run of such days, 3 or more; of equals, the newest. bikes: the 1 or 2 in it.
--       last_day: its last one.
WITH chosen_days AS (
  SELECT DISTINCT day_number FROM chosen_hours
),
still AS (
  SELECT
    d.station,
    d.lowest,
    d.day_number,
    -- The same for days that follow each other.
    d.day_number - row_number() OVER (PARTITION BY d.station, d.lowest ORDER BY d.day_number) AS run
  FROM station_days AS d
  JOIN chosen_days AS c ON c.day_number = d.day_number
  WHERE d.still_hours >= 1 AND d.departures >= 10
),
runs AS (
  SELECT
    station,
    lowest AS bikes,
    CAST(count(*) AS INTEGER) AS days,
    max(day_number) AS last_day
  FROM still
  GROUP BY station, lowest, run
  HAVING count(*) >= 3
),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY station ORDER BY days DESC, last_day DESC) AS choice
  FROM runs
)
SELECT
  p.station_code,
  p.name,
  a.area_name,
  s.bikes,
  s.days,
  s.last_day
FROM ranked AS s
JOIN places AS p ON p.station = s.station
JOIN chosen_areas AS a ON a.area = p.area
WHERE s.choice = 1
ORDER BY s.days DESC, p.station_code
