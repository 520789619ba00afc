-- Where were bikes brought and taken by the dozen?
--
-- Grain:  one row an area in which some were, most moved first; equals by area_id.
-- Inputs: chosen_area_hours.
--
-- brought, taken  Bikes of changes by at least 8 within 5 minutes, runs in one direction merged: more than riders do
--                 (99.9 % of all changes in 5 minutes are by at most 5; public Velib' studies).
WITH sums AS (
  SELECT
    area_id,
    CAST(sum(brought) AS DOUBLE) AS brought,
    CAST(sum(taken) AS DOUBLE) AS taken
  FROM chosen_area_hours
  WHERE brought > 0 OR taken > 0
  GROUP BY area_id
)
SELECT area_id, brought, taken
FROM sums
ORDER BY brought + taken DESC, area_id
