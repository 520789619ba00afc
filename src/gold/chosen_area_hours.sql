-- What is looked at?
--
-- Grain:  one row a quartier and hour.
-- Inputs: area_hours (area_hours.sql), chosen_areas, chosen_hours.
SELECT a.area_id, c.hour_ms, c.day_type, c.city_hour, h.*
FROM area_hours AS h
JOIN chosen_hours AS c ON c.hour_number = h.hour_number
JOIN chosen_areas AS a ON a.area = h.area
