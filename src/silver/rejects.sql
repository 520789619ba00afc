-- Silver rejects: rows that could not be trusted, with the reason and the row as it came.
-- Grain: Bronze row. Inputs: observed, bronze_texts (a Bronze row as `name=value` text).
SELECT
  CAST(:source AS VARCHAR) AS source,
  fetched_at,
  reason,
  station_code,
  row_text
FROM observed
JOIN bronze_texts ON bronze_texts.bronze_row = observed.bronze_row
WHERE reason IS NOT NULL
ORDER BY fetched_at, station_code, row_text
