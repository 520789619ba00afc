-- What does a snapshot say, in short? Two snapshots with equal hashes have equal rows.
-- Grain: snapshot. Input: met (rows of station_status).
SELECT
  epoch_ms(fetched_at) AS fetched_at,
  min(fetched_at_basis) AS fetched_at_basis,
  CAST(count(*) AS INTEGER) AS stations,
  md5(
    string_agg(
      concat_ws(
        '|',
        station_code,
        coalesce(CAST(last_reported AS VARCHAR), ''),
        coalesce(CAST(num_bikes_available AS VARCHAR), ''),
        coalesce(CAST(num_mechanical_available AS VARCHAR), ''),
        coalesce(CAST(num_ebikes_available AS VARCHAR), ''),
        coalesce(CAST(num_docks_available AS VARCHAR), ''),
        coalesce(CAST(capacity AS VARCHAR), ''),
        coalesce(CAST(is_installed AS VARCHAR), ''),
        coalesce(CAST(is_renting AS VARCHAR), ''),
        coalesce(CAST(is_returning AS VARCHAR), ''),
        coalesce(attributes_id, '')
      ),
      chr(10)
      ORDER BY station_code
    )
  ) AS hash
FROM met
GROUP BY fetched_at
