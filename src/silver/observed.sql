-- What each row of the batch says, in the contract's types, and why it cannot be trusted: one row a Bronze row.
-- Grain: Bronze row. Input: cast_rows (fetched_at, bronze_row, row_text, the contract's columns, a `lost_` flag for
-- each text that became NULL, attributes_id, reason).
-- A station that stands twice in a snapshot is kept once: the row with the newer last_reported, else the more
-- complete one. `reason` is NULL in the row that is kept.
SELECT
  ranked.* EXCLUDE (reason, key_rank),
  CASE WHEN reason IS NULL AND key_rank > 1 THEN 'duplicate_station' ELSE reason END AS reason
FROM (
  SELECT
    cast_rows.* EXCLUDE (row_text),
    row_number() OVER (
      PARTITION BY fetched_at, station_code
      ORDER BY
        last_reported DESC NULLS LAST,
        CASE WHEN num_bikes_available IS NULL THEN 0 ELSE 1 END
          + CASE WHEN num_docks_available IS NULL THEN 0 ELSE 1 END
          + CASE WHEN num_mechanical_available IS NULL THEN 0 ELSE 1 END
          + CASE WHEN num_ebikes_available IS NULL THEN 0 ELSE 1 END
          + CASE WHEN capacity IS NULL THEN 0 ELSE 1 END
          + CASE WHEN name IS NULL THEN 0 ELSE 1 END
          + CASE WHEN lat IS NULL THEN 0 ELSE 1 END DESC,
        bronze_row
    ) AS key_rank
  FROM cast_rows
) AS ranked
