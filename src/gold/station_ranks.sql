-- Which stations serve worst, and which best?
--
-- Grain:  one row a station among the :top worst or the :top best, the worst first.
-- Inputs: station_hours (station_hours.sql), chosen_hours, chosen_areas, places; :top.
--
-- service_share  Share of its time in service in which it had at least 2 bikes and 2 free docks. Of equals the one
--                with more departures counts as better.
-- empty_share, full_share  Shares of the same time with no bike, and with no free dock but a bike.
-- A station has a rank if it was in service for at least half of the time observed.
WITH figures AS (
  SELECT
    s.station,
    CAST(sum(s.serving_ms) AS DOUBLE) AS serving_ms,
    CAST(sum(s.service_ms) AS DOUBLE) AS service_ms,
    CAST(sum(s.empty_ms) AS DOUBLE) AS empty_ms,
    CAST(sum(s.full_ms) AS DOUBLE) AS full_ms,
    CAST(sum(s.departures) AS DOUBLE) AS departures
  FROM station_hours AS s
  JOIN chosen_hours AS c ON c.hour_number = s.hour_number
  GROUP BY s.station
),
observed AS (
  SELECT CAST(sum(observed_ms) AS DOUBLE) AS ms FROM chosen_hours
),
judged AS (
  SELECT
    p.station_code,
    p.name,
    a.area_name,
    f.service_ms / f.serving_ms AS service_share,
    f.empty_ms / f.serving_ms AS empty_share,
    f.full_ms / f.serving_ms AS full_share,
    f.departures,
    f.serving_ms
  FROM figures AS f
  JOIN places AS p ON p.station = f.station
  JOIN chosen_areas AS a ON a.area = p.area
  CROSS JOIN observed AS o
  WHERE f.serving_ms > 0
    AND f.serving_ms >= o.ms / 2
),
ranked AS (
  SELECT
    *,
    CAST(row_number() OVER (ORDER BY service_share, departures, station_code) AS INTEGER) AS worst,
    CAST(row_number() OVER (ORDER BY service_share DESC, departures DESC, station_code DESC) AS INTEGER) AS best
  FROM judged
)
SELECT station_code, name, area_name, service_share, empty_share, full_share, departures, serving_ms, worst, best
FROM ranked
WHERE worst <= :top OR best <= :top
ORDER BY worst
