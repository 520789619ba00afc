-- What did one station hold in each quarter-hour?
--
-- Grain:  one row a quarter-hour of the span in which the station was observed, oldest first.
-- Inputs: station_stays (station_stays.sql); quarters, the span's quarter-hours in the city's calendar (quarters.ts).
--
-- observed_ms      How much of the quarter-hour was observed, in milliseconds.
-- mechanical ...   Sums of milliseconds x figure, exact in any order; ..._ms the milliseconds in which the figure is
--                  known. Their quotient is the mean.
-- departures,      Of the runs that begin in the quarter-hour (station_stays.sql).
-- arrivals
WITH parts AS (
  SELECT
    q.from_ms AS quarter_ms,
    q.city_day,
    q.day_type,
    q.weekday,
    q.quarter,
    least(s.to_ms, q.to_ms) - greatest(s.from_ms, q.from_ms) AS ms,
    CASE WHEN s.from_ms >= q.from_ms THEN s.departures ELSE 0 END AS departures,
    CASE WHEN s.from_ms >= q.from_ms THEN s.arrivals ELSE 0 END AS arrivals,
    s.mechanical,
    s.ebikes,
    s.bikes,
    s.docks
  FROM quarters AS q
  JOIN station_stays AS s ON s.from_ms < q.to_ms AND s.to_ms >= q.from_ms
  WHERE s.to_ms > q.from_ms OR s.from_ms = q.from_ms
)
SELECT
  quarter_ms,
  city_day,
  day_type,
  weekday,
  quarter,
  CAST(sum(ms) AS DOUBLE) AS observed_ms,
  CAST(sum(ms * mechanical) AS DOUBLE) AS mechanical,
  CAST(sum(CASE WHEN mechanical IS NOT NULL THEN ms END) AS DOUBLE) AS mechanical_ms,
  CAST(sum(ms * ebikes) AS DOUBLE) AS ebikes,
  CAST(sum(CASE WHEN ebikes IS NOT NULL THEN ms END) AS DOUBLE) AS ebikes_ms,
  CAST(sum(ms * bikes) AS DOUBLE) AS bikes,
  CAST(sum(CASE WHEN bikes IS NOT NULL THEN ms END) AS DOUBLE) AS bikes_ms,
  CAST(sum(ms * docks) AS DOUBLE) AS docks,
  CAST(sum(CASE WHEN docks IS NOT NULL THEN ms END) AS DOUBLE) AS docks_ms,
  CAST(sum(departures) AS DOUBLE) AS departures,
  CAST(sum(arrivals) AS DOUBLE) AS arrivals
FROM parts
GROUP BY quarter_ms, city_day, day_type, weekday, quarter
ORDER BY quarter_ms
