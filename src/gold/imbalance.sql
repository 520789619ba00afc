-- Which areas fill and which drain, in the morning and in the evening?
--
-- Grain:  one row an area with moves in one of the two, by area_id.
-- Inputs: chosen_area_hours.
--
-- morning, evening  (arrivals - departures) / (arrivals + departures), -1 to 1, of the hours from 7 to 10 and from 17
--                   to 20 of the city: below nought a source, which more bikes leave than reach; above it a sink. NULL
--                   without moves. Moves are lower bounds (movements.sql).
-- ..._moves         Arrivals + departures behind them.
WITH sums AS (
  SELECT
    area_id,
    CAST(sum(CASE WHEN city_hour IN (7, 8, 9) THEN arrivals - departures ELSE 0 END) AS DOUBLE) AS morning_net,
    CAST(sum(CASE WHEN city_hour IN (7, 8, 9) THEN arrivals + departures ELSE 0 END) AS DOUBLE) AS morning_moves,
    CAST(sum(CASE WHEN city_hour IN (17, 18, 19) THEN arrivals - departures ELSE 0 END) AS DOUBLE) AS evening_net,
    CAST(sum(CASE WHEN city_hour IN (17, 18, 19) THEN arrivals + departures ELSE 0 END) AS DOUBLE) AS evening_moves
  FROM chosen_area_hours
  GROUP BY area_id
)
SELECT
  area_id,
  morning_net / nullif(morning_moves, 0) AS morning,
  evening_net / nullif(evening_moves, 0) AS evening,
  morning_moves,
  evening_moves
FROM sums
WHERE morning_moves > 0 OR evening_moves > 0
ORDER BY area_id
