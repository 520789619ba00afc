-- Which hours are looked at?
--
-- Grain:  one row an hour.
-- Inputs: observed_hours (observed_hours.sql); :from_ms, :to_ms, milliseconds since the epoch, the end exclusive;
--         :day_types, :city_hours, those that count.
SELECT *
FROM observed_hours
WHERE hour_ms >= :from_ms AND hour_ms < :to_ms AND day_type IN (:day_types) AND city_hour IN (:city_hours)
