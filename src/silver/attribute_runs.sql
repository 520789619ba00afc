-- Unbroken runs of equal attributes over stretches of Silver: what station_information is decided from when
-- snapshots came out of the order of time.
-- Grain: (station, run). Inputs: station_status, station_attributes (Silver). The rows are those of runs.sql.
-- Most stations say the same all day: only those that do not go through the windows.
WITH told AS (
  SELECT station_code, fetched_at, attributes_id FROM station_status WHERE attributes_id IS NOT NULL
),
spans AS (
  SELECT
    station_code,
    min(attributes_id) AS attributes_id,
    max(attributes_id) AS other,
    min(fetched_at) AS since,
    CAST(count(*) AS INTEGER) AS times
  FROM told
  GROUP BY station_code
),
marked AS (
  SELECT
    t.station_code,
    t.fetched_at,
    t.attributes_id,
    CASE
      WHEN t.attributes_id = lag(t.attributes_id) OVER (PARTITION BY t.station_code ORDER BY t.fetched_at) THEN 0
      ELSE 1
    END AS begins
  FROM told AS t
  JOIN spans AS s ON s.station_code = t.station_code
  WHERE s.attributes_id <> s.other
),
numbered AS (
  SELECT
    *,
    sum(begins) OVER (PARTITION BY station_code ORDER BY fetched_at ROWS UNBOUNDED PRECEDING) AS run
  FROM marked
),
runs AS (
  SELECT station_code, min(attributes_id) AS attributes_id, min(fetched_at) AS since, CAST(count(*) AS INTEGER) AS times
  FROM numbered
  GROUP BY station_code, run
  UNION ALL
  SELECT station_code, attributes_id, since, times FROM spans WHERE attributes_id = other
)
SELECT
  r.station_code,
  epoch_ms(r.since) AS since,
  r.times,
  a.attributes_id,
  a.name,
  a.lat,
  a.lon,
  a.capacity,
  a.commune
FROM runs AS r
JOIN station_attributes AS a ON a.attributes_id = r.attributes_id
ORDER BY r.station_code, r.since
