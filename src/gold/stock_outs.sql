-- Where and at what hour are stations empty or full?
--
-- Grain:  one row an area and hour of the city's day, 0-23, in which one of its stations was in service.
-- Inputs: chosen_area_hours.
--
-- empty_ms, full_ms  Milliseconds with no bike, and with no free dock but a bike, over all stations of the area.
-- serving_ms         Milliseconds in service with both known: the shares' base (operations literature: stock-outs
--                    are weighted by time).
SELECT
  area_id,
  city_hour,
  CAST(sum(empty_ms) AS DOUBLE) AS empty_ms,
  CAST(sum(full_ms) AS DOUBLE) AS full_ms,
  CAST(sum(serving_ms) AS DOUBLE) AS serving_ms
FROM chosen_area_hours
WHERE serving_ms > 0
GROUP BY area_id, city_hour
ORDER BY area_id, city_hour
