-- Where and at what hour were bikes brought and taken by the dozen?
--
-- Grain:  one row an area and hour of the city's day, 0-23, in which it was observed.
-- Inputs: chosen_area_hours.
--
-- brought, taken  Bikes of changes by at least 8 within 5 minutes, runs in one direction merged: more than riders do
--                 (99.9 % of all changes in 5 minutes are by at most 5; public Velib' studies). What comes at once after
--                 the feed stood still for longer than a snapshot stands is not in it (interval_parts.sql).
SELECT
  area_id,
  city_hour,
  CAST(sum(brought) AS DOUBLE) AS brought,
  CAST(sum(taken) AS DOUBLE) AS taken
FROM chosen_area_hours
GROUP BY area_id, city_hour
ORDER BY area_id, city_hour
