-- Where can one count on a bike and on a dock?
--
-- Grain:  one row an area, the one with the lowest share first; equals by area_id.
-- Inputs: chosen_area_hours.
--
-- service_share  Share of the time in service in which a station has at least 2 bikes and 2 free docks. The target is
--                90 % (ValleyBike's service level agreement, 2021).
-- serving_ms     Milliseconds behind it, over all stations of the area.
SELECT
  area_id,
  CAST(sum(service_ms) AS DOUBLE) / CAST(sum(serving_ms) AS DOUBLE) AS service_share,
  CAST(sum(serving_ms) AS DOUBLE) AS serving_ms
FROM chosen_area_hours
WHERE serving_ms > 0
GROUP BY area_id
ORDER BY service_share, area_id
