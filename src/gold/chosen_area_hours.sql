-- What is looked at?
--
-- Grain:  one row a quartier and hour.
-- Inputs: area_hours (area_hours.sql); :level, 'quartier' or 'district', which area_id is one of; :areas, those that
--         count; :from_ms, :to_ms, :day_types, :city_hours as in chosen_hours.sql.
WITH placed AS (
  SELECT CASE WHEN :level = 'quartier' THEN quartier_id ELSE district_id END AS area_id, *
  FROM area_hours
)
SELECT *
FROM placed
WHERE area_id IN (:areas)
  AND hour_ms >= :from_ms AND hour_ms < :to_ms AND day_type IN (:day_types) AND city_hour IN (:city_hours)
