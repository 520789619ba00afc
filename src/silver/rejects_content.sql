-- What was left out of a snapshot, in short? Two snapshots with equal hashes have equal rejects.
-- Grain: snapshot. Input: met (rows of rejects).
SELECT
  epoch_ms(fetched_at) AS fetched_at,
  md5(
    string_agg(concat_ws('|', reason, coalesce(station_code, ''), row_text), chr(10) ORDER BY row_text, reason, station_code)
  ) AS hash
FROM met
GROUP BY fetched_at
