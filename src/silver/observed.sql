-- What each row of the batch says, in the contract's types: one row a Bronze row, the key's rank decided.
-- Grain: Bronze row. Input: cast_rows (fetched_at, bronze_row, the contract's columns, and a `lost_` flag
-- for each text that became NULL).
-- A station that stands twice in a snapshot is kept once: the row with the newer last_reported, else the more
-- complete one.
SELECT
  cast_rows.*,
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
