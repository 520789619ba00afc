-- What Silver made of each snapshot of the batch.
-- Grain: snapshot. Input: observed.
SELECT
  epoch_ms(fetched_at) AS fetched_at,
  CAST(sum(CASE WHEN reason IS NULL THEN 1 ELSE 0 END) AS INTEGER) AS accepted,
  CAST(sum(CASE WHEN reason = 'no_poll_time' THEN 1 ELSE 0 END) AS INTEGER) AS no_poll_time,
  CAST(sum(CASE WHEN reason = 'no_station_code' THEN 1 ELSE 0 END) AS INTEGER) AS no_station_code,
  CAST(sum(CASE WHEN reason = 'unknown_station_id' THEN 1 ELSE 0 END) AS INTEGER) AS unknown_station_id,
  CAST(sum(CASE WHEN reason = 'unknown_station_name' THEN 1 ELSE 0 END) AS INTEGER) AS unknown_station_name,
  CAST(sum(CASE WHEN reason = 'ambiguous_station_name' THEN 1 ELSE 0 END) AS INTEGER) AS ambiguous_station_name,
  CAST(sum(CASE WHEN reason = 'misplaced_station' THEN 1 ELSE 0 END) AS INTEGER) AS misplaced_station,
  CAST(sum(CASE WHEN reason = 'duplicate_station' THEN 1 ELSE 0 END) AS INTEGER) AS duplicate_station,
  CAST(sum(CASE WHEN last_reported > fetched_at + INTERVAL 5 MINUTE THEN 1 ELSE 0 END) AS INTEGER) AS future,
  CAST(sum(CASE WHEN reason IS NULL THEN num_bikes_available END) AS INTEGER) AS bikes
FROM observed
GROUP BY fetched_at
ORDER BY fetched_at
