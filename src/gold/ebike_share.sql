-- Where and at what hour is how much of the stock electric?
--
-- Grain:  one row an area and hour of the city's day, 0-23, in which a bike stood at one of its stations.
-- Inputs: chosen_area_hours.
--
-- ebikes, mechanical  Milliseconds x bikes, summed over stations. The share is ebikes / (ebikes + mechanical); the
--                     operator aims at a fleet 40 % electric.
SELECT
  area_id,
  city_hour,
  CAST(sum(ebikes) AS DOUBLE) AS ebikes,
  CAST(sum(mechanical) AS DOUBLE) AS mechanical
FROM chosen_area_hours
WHERE ebikes + mechanical > 0
GROUP BY area_id, city_hour
ORDER BY area_id, city_hour
