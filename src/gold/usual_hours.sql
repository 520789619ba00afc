-- What did each station gain or lose in hours like those to come?
--
-- Grain:  one row of station_hours whose hour of the city's day is one of coming_hours, for each of these.
-- Inputs: station_hours (station_hours.sql); city_hours, coming_hours (hours.ts).
--
-- net, observed_ms  As in station_hours.
-- city_hour, weight The hour to come, and how much of it, 0-1. is_alike: whether the day's type is the same, too.
SELECT
  s.station,
  s.hour_number,
  s.net,
  s.observed_ms,
  h.city_hour,
  h.weight,
  c.day_type = h.day_type AS is_alike
FROM station_hours AS s
JOIN city_hours AS c ON c.hour_number = s.hour_number
JOIN coming_hours AS h ON h.city_hour = c.city_hour
